"""Why a deadline is the day it is (期限怎么算): rule, value since when, and every day with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from relief.applications.deadlines import pauses_of
from relief.applications.models import Application, ClockAct, ClockChange
from relief.standards.calendar import Calendar, DayReason
from relief.standards.in_force import InForce, in_force
from relief.standards.legal_clock import explain
from relief.standards.models import Clause


@dataclass(frozen=True)
class Explanation:
    """One last day: `start` doesn't count, `count` working days do. `standard` is the value as it was used.

    While the clock is stopped the days end with the first that doesn't count.
    """

    column: str
    last: date
    provisional: bool
    start: date
    count: int
    standard: InForce
    clause: Clause
    days: list[DayReason]


def explanations(
    application: Application, changes: Sequence[ClockChange], calendar: Calendar
) -> list[Explanation]:
    """The next act's deadline and the whole case's limit, as far as the case has them."""
    case, pauses = application, pauses_of(changes)
    extended = [one.from_date for one in changes if one.act == ClockAct.EXTEND]
    ruled_on = extended[-1] if extended else case.accepted_on
    due = (case.due_from, case.due_days, case.due_standard, case.due_from)
    limit = (case.accepted_on, case.limit_days, case.limit_standard, ruled_on)
    found = []
    for column, last, provisional, (start, count, name, day) in (
        ("due_on", case.due_on, case.due_provisional, due),
        ("limit_on", case.limit_on, bool(case.limit_provisional), limit),
    ):
        if last and start and count is not None and name and day:
            standard = in_force(name, day)
            clause = Clause.objects.get(key=standard.clause)
            days = explain(start, count, pauses, calendar)
            found.append(Explanation(column, last, provisional, start, count, standard, clause, days))
    return found
