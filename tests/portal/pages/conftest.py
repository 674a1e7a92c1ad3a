"""A seeded site for tests of texts."""

from collections.abc import Iterator

import pytest

from portal.pages import seed
from portal.pages.models import HomePage
from relief.trail import clock
from tests.portal.pages.texts import TODAY


@pytest.fixture
def home(db, monkeypatch) -> Iterator[HomePage]:
    """The Chinese home page of a seeded site on TODAY; what groups may do is not asked here."""
    monkeypatch.setattr(seed, "set_rights", lambda: None)
    monkeypatch.setattr(seed, "give_pages", lambda _homes: None)
    with clock.moved_to(clock.at(TODAY)):
        yield seed.seed_site()["zh-hans"]
