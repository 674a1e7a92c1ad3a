"""400 approvals by four writer processes at once, pausing 100 ms between two and then not at all."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from statistics import quantiles

from relief.applications.models import Application
from relief.applications.states import State
from relief.decisions.decide import approve
from relief.officers.appoint import appoint, register_officer
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.trail import clock
from tests import databases
from tests.bench import Figure, milliseconds
from tests.bench.ground import own_database
from tests.factories.crowd import crowd
from tests.factories.district import SINCE, make_district
from tests.processes import in_processes, kind_of

WRITERS, EACH = 4, 100
PAUSE_S = 0.1
START = clock.at(date(2026, 3, 2))


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()), clock.moved_to(START):
        district = make_district()
        approvers = [_approver(number) for number in range(WRITERS)]
        for pause, p99_goal, worst_goal in ((PAUSE_S, 100, 500), (0, None, None)):
            crowd(district, WRITERS * EACH, state=State.CLEARED)
            cases = list(Application.objects.filter(state=State.CLEARED).select_related("household"))
            answers = in_processes(
                *(
                    partial(_approve_all, by, cases[number::WRITERS], pause)
                    for number, by in enumerate(approvers)
                )
            )
            what = f"{len(cases)} approvals by {WRITERS} writers, pausing {pause * 1000:.0f} ms"
            times = [spent for answer in answers for spent, _kind in answer]
            others = [kind for answer in answers for _spent, kind in answer if kind != "done"]
            assert set(others) <= {"lock"}, others[:3]
            yield Figure(f"{what}: lock errors", len(others), "", 0)
            yield Figure(f"{what}: p99", quantiles(times, n=100, method="inclusive")[98], "ms", p99_goal)
            yield Figure(f"{what}: worst", max(times), "ms", worst_goal)


def _approver(number: int) -> Officer:
    officer = register_officer(
        f"writer-{number}", password="sunshine-demo-1", name=f"{number}", office="区", by=SETUP
    )
    appoint(officer, role=Role.DISTRICT_APPROVER, area="000", from_date=SINCE, by=SETUP)
    return officer


def _approve_all(by: Officer, cases: Sequence[Application], pause: float) -> list[tuple[float, str]]:
    """Milliseconds and outcome of each approval: `done`, or `lock` where the database gave up waiting."""
    answers: list[tuple[float, str]] = []
    kinds: list[str] = []
    for case in cases:
        approving = partial(approve, case, by=by, version=case.version)
        spent = milliseconds(lambda: kinds.append(kind_of(approving)))  # noqa: B023  called at once
        answers.append((spent, "lock" if "OperationalError" in kinds[-1] else kinds[-1]))
        time.sleep(pause)
    return answers
