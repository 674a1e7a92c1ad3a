"""A seeded site for tests of texts."""

from collections.abc import Iterator

import pytest

from portal.pages.models import HomePage
from relief.trail import clock
from tests.factories.pages import seeded
from tests.portal.pages.texts import TODAY


@pytest.fixture
def home(db) -> Iterator[HomePage]:
    """The Chinese home page of a seeded site on TODAY."""
    with clock.moved_to(clock.at(TODAY)):
        yield seeded()["zh-hans"]
