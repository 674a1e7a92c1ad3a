"""One approval: conditional update, event, opinion, history, commit. Goal: half within 20 ms on SQLite."""

from collections.abc import Iterator
from datetime import date

from relief.applications.models import Application
from relief.applications.states import State
from relief.decisions.decide import approve
from relief.trail import clock
from tests import databases
from tests.bench import Figure, half_and_tail, milliseconds
from tests.bench.ground import own_database
from tests.factories import cases
from tests.factories.district import make_district

CASES = 60


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()), clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        for _turn in range(CASES):
            cases.reviewed(district)
        cases.closed(district, cases.posted(district, cases.published(district)))
        with clock.moved_to(clock.at(date(2026, 3, 10))):
            by = district.officer("district-approver")
            waiting = list(Application.objects.filter(state=State.CLEARED).values_list("pk", flat=True))
            times = [
                milliseconds(lambda: approve(case, by=by, version=case.version))  # noqa: B023  called at once
                for case in (cases.fresh(Application(pk=pk)) for pk in waiting)
            ]
    half, tail = half_and_tail(times)
    yield Figure(f"one approval, p50 of {len(times)}", half, "ms", 20)
    yield Figure(f"one approval, p95 of {len(times)}", tail, "ms", 60)
