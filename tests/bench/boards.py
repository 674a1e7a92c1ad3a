"""Boards: reading a telephone's photo in its own process, and the matrix of 45 communities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relief.confidential.pictures import decode
from relief.officers.models import Role
from relief.places.set_up import enter_area, enter_board
from relief.trail import clock
from tests import databases
from tests.bench import Figure, milliseconds
from tests.bench.ground import own_database
from tests.factories import cases
from tests.factories.district import District, make_district, seat_officer
from tests.relief.confidential.pictures import jpeg, scene

STREETS, COMMUNITIES = range(103, 112), range(1, 6)


def measure() -> Iterator[Figure]:
    small, large = jpeg(scene(size=(800, 600))), jpeg(scene(size=(4032, 3024)), quality=92)
    decode(small)
    yield Figure("photo of 0.5 megapixels, the slowest of three", _slowest(small), "ms", 1_000)
    yield Figure("photo of 12 megapixels, the slowest of three", _slowest(large), "ms", 2_000)
    with own_database(databases.migrated_template()), clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        for street in STREETS:
            _hang(district, str(street))
        reader = Client()
        reader.force_login(district.officer(Role.DISTRICT_LEADER).account)
        reader.get("/desk/boards/")
        with CaptureQueriesContext(connection) as seen:
            spent = milliseconds(lambda: reader.get("/desk/boards/"))
        queries = len(seen)
        lines = reader.get("/desk/boards/").content.count(b'href="/desk/lists/')
        assert lines >= len(STREETS) * len(COMMUNITIES)
    yield Figure("matrix of 45 communities", spent, "ms", 1_000)
    yield Figure("matrix of 45 communities: queries", queries, "", 25)


def _slowest(data: bytes) -> float:
    return max(milliseconds(lambda: decode(data)) for _turn in range(3))


def _hang(district: District, street: str) -> None:
    """A street of five communities, each with a board and a case on the street's list."""
    district.areas[street] = enter_area(street, name_zh=f"街道{street}", name_en=f"Street {street}")
    for number in COMMUNITIES:
        place = f"{street}{number:02d}"
        district.areas[place] = enter_area(place, name_zh=f"社区{place}", name_en=f"Community {place}")
        district.boards[place] = enter_board(
            district.areas[place], name_zh=f"公告栏{place}", name_en=f"Board {place}"
        )
    for role in (Role.COMMUNITY_CLERK, Role.COMMUNITY_EXAMINER):
        for number in COMMUNITIES:
            seat_officer(district, role, f"{street}{number:02d}")
    for role in (Role.STREET_ACCEPTOR, Role.STREET_REVIEWER, Role.STREET_PUBLISHER):
        seat_officer(district, role, street)
    for number in COMMUNITIES:
        cases.reviewed(district, f"{street}{number:02d}")
    cases.posted(district, cases.published(district, street))
