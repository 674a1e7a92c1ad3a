"""An empty portal at a set moment, with its own storage, and the export of a small site."""

from collections.abc import Iterator

import pytest

from relief.trail import clock
from tests.portal.transfer.site import MOMENT, Exported, exported


@pytest.fixture
def small(db, settings, tmp_path) -> Iterator[Exported]:
    with clock.moved_to(MOMENT):
        made = exported(tmp_path)
        settings.MEDIA_ROOT = str(tmp_path / "new")
        yield made
