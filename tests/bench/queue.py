"""The work queue of a district with 5,000 open cases: 25 queries, and p95 within half a second, warm.

One case is walked to the district through the verbs; its row, events and history are then multiplied in the
database, for what is measured is the reading of many.
"""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relief.applications.models import Application
from relief.ledger.codes import random_code
from relief.officers.models import Role
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.record import unguarded
from tests import databases
from tests.bench import Figure, half_and_tail, milliseconds
from tests.bench.ground import own_database
from tests.factories import cases
from tests.factories.district import make_district

CASES = 5_000
TURNS = 40
DAY = date(2026, 3, 2)
PAGES = {
    "the approver's turn": (Role.DISTRICT_APPROVER, "/desk/queue/"),
    "longest waiting first": (Role.DISTRICT_APPROVER, "/desk/queue/?tab=open&sort=waiting&page=100"),
    "the checking clerk's turn": (Role.DISTRICT_CHECKER, "/desk/queue/"),
    "late, of one street": (Role.DISTRICT_APPROVER, "/desk/queue/?tab=open&mark=late&street=101"),
    "start page": (Role.DISTRICT_APPROVER, "/desk/"),
    "overview of the leader": (Role.DISTRICT_LEADER, "/desk/overview/"),
}


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()), clock.moved_to(clock.at(DAY)):
        district = make_district()
        for make, share in ((cases.submitted, 0.3), (cases.examined, 0.3), (cases.cleared, 0.4)):
            multiply(make(district), round(CASES * share) - 1)
        for what, (role, address) in PAGES.items():
            client = Client()
            client.force_login(district.officer(role).account)
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked = len(queries)  # the next request empties the log
            times = [milliseconds(lambda: client.get(address)) for _ in range(TURNS)]  # noqa: B023  called at once
            yield Figure(f"{what}, {Application.objects.count():,} cases", asked, "queries", 25)
            yield Figure(f"{what}, p95 of {TURNS}, in process", half_and_tail(times)[1], "ms", 500)


def multiply(case: Application, count: int) -> None:
    """More cases like this one, with their acts, due on different days."""
    events = list(Event.objects.filter(subject_code=case.code).order_by("pk"))
    rows, acts = [], []
    for index in range(count):
        copy = Application.objects.get(pk=case.pk) if index == 0 else _again(rows[-1])
        copy.pk, copy.code, copy.row_code = None, uuid.uuid4(), random_code()
        copy.number = f"2026-{case.community_id[:3]}-{case.pk:02d}{index:04d}"
        copy.due_on = DAY + timedelta(days=index % 40 - 5)
        rows.append(copy)
        acts += [_act(event, copy.code) for event in events]
    unguarded(Application).bulk_create(rows, batch_size=500)
    Event.objects.bulk_create(acts, batch_size=500)


def _again(row: Application) -> Application:
    return Application(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})


def _act(event: Event, code: uuid.UUID) -> Event:
    columns = {field.attname: getattr(event, field.attname) for field in event._meta.concrete_fields}
    return Event(**{**columns, "id": None, "subject_code": code})
