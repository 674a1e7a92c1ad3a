"""A district in March 2026 and seats at its desk."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from relief.officers.models import Officer
from relief.trail import clock
from tests.factories.district import District, make_district


@pytest.fixture
def district(db: None) -> Iterator[District]:
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        yield make_district()


@pytest.fixture
def seat(district: District) -> Callable[..., Client]:
    """A signed-in browser without a screen: `seat(Role.STREET_REVIEWER, "101")`, or of an officer."""

    def sit(role: str | Officer, area: str = "") -> Client:
        officer = role if isinstance(role, Officer) else district.officer(role, area)
        client = Client()
        client.force_login(officer.account)
        return client

    return sit
