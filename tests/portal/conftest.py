"""Ground of the tests of pages and screens."""

import pytest

from portal.particulars import current


@pytest.fixture
def no_particulars(monkeypatch: pytest.MonkeyPatch) -> None:
    """For pages that are drawn without a database: the foot shows the installation's own values."""
    monkeypatch.setattr(current, "_newest", list)
