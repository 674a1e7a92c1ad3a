"""Deadlines of a case: the day by which the next act is due, in working days from a dated standard.

`due_on` is the next act's, `limit_on` the whole case's. Days on which the clock stood still don't count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q

from relief.applications.models import Application, ClockAct, ClockChange
from relief.applications.road import Step
from relief.applications.states import ENDED, State
from relief.standards.calendar import ONE_DAY, Calendar
from relief.standards.in_force import in_force
from relief.standards.legal_clock import Pause, add_working_days
from relief.trail import clock


def arrival(step: Step, state: State) -> dict[str, Any]:
    """Columns that a step sets by itself: the new state, nobody's case, and the deadline of the next act.

    A case that ends has no clock left to stand still. Raises MissingStandard.
    """
    if step.keeps_due:
        return {"state": state}
    ended = {"clock_stopped_on": None} if state in ENDED else {}
    return {"state": state, "owner": None, **ended, **deadline(step.due_at(state))}


def deadline(name: str) -> dict[str, Any]:
    """The deadline's columns by the standard `name`, from today; all empty where the rule sets none."""
    if not name:
        return {
            "due_on": None,
            "due_provisional": False,
            "due_standard": None,
            "due_from": None,
            "due_days": None,
        }
    today = clock.today()
    days = in_force(name, today).number
    due = add_working_days(today, days)
    return {
        "due_on": due.day,
        "due_provisional": due.provisional,
        "due_standard": name,
        "due_from": today,
        "due_days": days,
    }


def deadline_standard(step: Step, state: State) -> dict[str, str]:
    """What the Event keeps of the deadline that begins: name → value since date."""
    name = step.due_at(state)
    return in_force(name, clock.today()).used() if name else {}


def pauses_of(changes: Iterable[ClockChange]) -> list[Pause]:
    """The days on which a case's clock stood still, from its changes in order (中止期间)."""
    pauses: list[Pause] = []
    for change in changes:
        if change.act == ClockAct.STOP:
            pauses.append(Pause(change.from_date, None))
        elif change.act == ClockAct.START:
            pauses[-1] = Pause(pauses[-1].first, change.from_date - ONE_DAY)
    return pauses


def recomputed(
    application: Application,
    pauses: Sequence[Pause],
    calendar: Calendar | None = None,
    *,
    limit_days: int | None = None,
) -> dict[str, Any]:
    """Both last days as calendar and pauses give them now; `limit_days` replaces those of the whole case."""
    changes: dict[str, Any] = {}
    if application.due_from is not None and application.due_days is not None:
        due = add_working_days(application.due_from, application.due_days, pauses, calendar)
        changes |= {"due_on": due.day, "due_provisional": due.provisional}
    days = limit_days or application.limit_days
    if application.accepted_on is not None and days is not None:
        limit = add_working_days(application.accepted_on, days, pauses, calendar)
        changes |= {"limit_on": limit.day, "limit_provisional": limit.provisional}
    return changes


def overdue(day: date, column: str = "due_on") -> Q:
    """Filter for cases that are late on `day`. While the clock stands still nobody becomes late."""
    late = Q(clock_stopped_on=None, **{f"{column}__lt": day}) | Q(**{f"{column}__lt": F("clock_stopped_on")})
    return late & ~Q(state__in=ENDED)


def counted_until(application: Application, today: date) -> date:
    """The last day that the case's clock has seen: today, or the eve of the day on which it was stopped."""
    stopped = application.clock_stopped_on
    return stopped - ONE_DAY if stopped is not None else today
