"""Remind of deadlines: once on the working day before, once when it is passed (催办); an Event, no change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relief.applications.models import Application
from relief.applications.states import ENDED
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.standards.calendar import Calendar, read_calendar
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.models import Event
from relief.trail.record import hold, record
from relief.trail.verb import verb

REMINDER = Robot("reminder")
#: no row of days off is longer
HORIZON = timedelta(days=15)


class Remind(models.TextChoices):
    """What an officer is reminded of."""

    DUE_SOON = "due-soon", _("the deadline is near")
    OVERDUE = "overdue", _("the deadline has passed")
    LIMIT_SOON = "limit-soon", _("the limit of the whole case is near")
    LIMIT_PASSED = "limit-passed", _("the limit of the whole case has passed")


#: column → (near, passed)
COLUMNS = {"due_on": (Remind.DUE_SOON, Remind.OVERDUE), "limit_on": (Remind.LIMIT_SOON, Remind.LIMIT_PASSED)}
PASSED = frozenset(passed for _near, passed in COLUMNS.values())


@dataclass(frozen=True)
class Reminder:
    """One reminder that is due: of what, and of which day."""

    case: Application
    what: Remind
    day: date

    @property
    def said(self) -> dict[str, str]:
        """What its Event keeps, so that it is said once for this day."""
        return {"day": self.day.isoformat()}


def due_reminders() -> list[Reminder]:
    """Reminders of open cases whose clock runs that were not given yet."""
    today = clock.today()
    near = Q(due_on__lte=today + HORIZON) | Q(limit_on__lte=today + HORIZON)
    cases = list(
        Application.objects.filter(near, clock_stopped_on=None).exclude(state__in=ENDED).order_by("pk")
    )
    calendar = read_calendar()
    wanted = [one for case in cases for one in _reminders(case, today, calendar)]
    given = _given(cases)
    return [one for one in wanted if (one.case.code, one.what.value, one.day.isoformat()) not in given]


@verb("remind")
def remind(reminder: Reminder, *, by: Officer | Robot = REMINDER) -> Event | None:
    """Write the reminder on its case, once; the case keeps its version. None when it was given meanwhile.

    Raises NotAllowed (a robot's act), Stale (the case has moved on).
    """
    actor = acting(by, {"robot"}, reminder.case.area)
    case = hold(reminder.case, reminder.case.version)
    if (case.code, reminder.what.value, reminder.day.isoformat()) in _given([case]):
        return None
    return record("remind", case, actor=actor, area=case.area, reason=reminder.what, standards=reminder.said)


def reminders_that_hold(cases: Sequence[Application]) -> list[tuple[Application, Remind, date]]:
    """Reminders given on `cases` whose day is still the case's; the newest word on each day, by day."""
    now: dict[tuple[Any, str], tuple[Application, Remind, date]] = {}
    by_code = {case.code: case for case in cases}
    for code, reason, said in sorted(_given(cases), key=lambda one: one[1] in PASSED):
        case = by_code[code]
        for column, words in COLUMNS.items():
            last = getattr(case, column)
            if reason in words and last is not None and last.isoformat() == said:
                now[code, column] = (case, Remind(reason), last)
    return sorted(now.values(), key=lambda one: (one[2], one[0].pk))


def _reminders(case: Application, today: date, calendar: Calendar) -> Iterator[Reminder]:
    for column, (near, passed) in COLUMNS.items():
        last = getattr(case, column)
        if last is None:
            continue
        if last < today:
            yield Reminder(case, passed, last)
        elif calendar.working_days(today, last) <= 1:
            yield Reminder(case, near, last)


def _given(cases: Sequence[Application]) -> set[tuple[UUID, str, str]]:
    """(case, of what, which day) of the reminders that were given."""
    given: set[tuple[UUID, str, str]] = set()
    for start in range(0, len(cases), 500):
        codes = [case.code for case in cases[start : start + 500]]
        events = Event.objects.filter(subject_kind="application", subject_code__in=codes, act="remind")
        for code, reason, said in events.order_by().values_list("subject_code", "reason", "standards"):
            given.add((code, reason, said.get("day", "")))
    return given
