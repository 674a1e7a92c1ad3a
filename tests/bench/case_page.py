"""The page of a case with 200 rows of history: 25 queries, as for a case with one."""

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relief.officers.models import Role
from relief.projects.sunshine.income import enter_income
from relief.projects.sunshine.models import Stage
from relief.trail import clock
from tests import databases
from tests.bench import Figure, half_and_tail, milliseconds
from tests.bench.ground import own_database
from tests.factories import cases
from tests.factories.district import make_district

ROWS, TURNS = 200, 40


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()), clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        case = cases.ready_for_review(district)
        reviewer = district.officer(Role.STREET_REVIEWER, "101")
        while case.history.count() < ROWS:
            enter_income(case, by=reviewer, version=case.version, stage=Stage.VERIFIED, persons=1,
                         amounts={"wages": case.version})  # fmt: skip
            case = cases.fresh(case)
        client = Client()
        client.force_login(reviewer.account)
        for what, tail in (("case page", ""), ("its whole history, page 2", "history/?page=2")):
            address = f"/desk/cases/{case.number}/{tail}"
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked = len(queries)  # the next request empties the log
            times = [milliseconds(lambda: client.get(address)) for _ in range(TURNS)]  # noqa: B023  called at once
            yield Figure(f"{what}, {ROWS} history rows", asked, "queries", 25)
            yield Figure(f"{what}, p95 of {TURNS}, in process", half_and_tail(times)[1], "ms", 500)
