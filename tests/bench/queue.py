"""The work queue of a street with 500 cases. Goal: 25 queries, and an answer that nobody waits for."""

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relief.officers.models import Role
from relief.trail import clock
from tests import databases
from tests.bench import Figure, half_and_tail, milliseconds
from tests.bench.ground import own_database
from tests.factories import cases
from tests.factories.district import make_district

CASES = 500
TURNS = 20


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()), clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        for _turn in range(CASES):
            cases.submitted(district)
        client = Client()
        client.force_login(district.officer(Role.STREET_ACCEPTOR, "101").account)
        client.get("/desk/queue/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/queue/")
        asked = len(queries)  # the next request empties the log
        half, _tail = half_and_tail([milliseconds(lambda: client.get("/desk/queue/")) for _ in range(TURNS)])
    yield Figure(f"queue of {CASES} cases", asked, "queries", 25)
    yield Figure(f"queue of {CASES} cases, p50 of {TURNS}, in process", half, "ms", 200)
