"""Give open cases their new last days when the calendar has changed (期限重算); nothing else changes."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db.models import Exists, OuterRef, Q

from relief.applications.deadlines import pauses_of, recomputed
from relief.applications.models import Application
from relief.applications.states import ENDED
from relief.errors import Stale
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.standards.calendar import Calendar, read_calendar
from relief.standards.models import CalendarDay
from relief.trail.actor import Robot
from relief.trail.record import hold, record, set_if
from relief.trail.verb import verb

CALENDAR_KEEPER = Robot("calendar-keeper")


def due_for_recomputing() -> list[Application]:
    """Open cases whose last days the calendar as it stands now gives otherwise.

    Looked at are provisional ones and those within whose days the bureau's own word falls. A case whose
    clock is stopped gets its days when the clock starts.
    """
    calendar = read_calendar()
    own = CalendarDay.objects.order_by()
    touched = (
        Q(due_provisional=True)
        | Q(limit_provisional=True)
        | Exists(own.filter(day__gt=OuterRef("due_from"), day__lte=OuterRef("due_on")))
        | Exists(own.filter(day__gt=OuterRef("accepted_on"), day__lte=OuterRef("limit_on")))
    )
    cases = Application.objects.filter(touched, clock_stopped_on=None).exclude(state__in=ENDED)
    return [case for case in cases.prefetch_related("clock_changes") if _differences(case, calendar)]


@verb("recompute")
def recompute(application: Application, *, by: Officer | Robot = CALENDAR_KEEPER) -> Application:
    """Give one case its new last days; the Event says old → new. Changes nothing when they stand already.

    Raises NotAllowed (a robot's act), Stale.
    """
    actor = acting(by, {"robot"}, application.area)
    application = hold(application, application.version)
    if application.clock_stopped_on is not None or application.state in ENDED:
        return application
    changes = _differences(application, read_calendar())
    if not changes:
        return application
    said = {name: f"{getattr(application, name)} → {new}" for name, new in changes.items()}
    event = record(
        "recompute",
        application,
        actor=actor,
        area=application.area,
        reason="calendar",
        standards=said,
    )
    return set_if(application, application.version, changes, event)


def _differences(application: Application, calendar: Calendar) -> dict[str, Any]:
    pauses = pauses_of(application.clock_changes.all())
    now = recomputed(application, pauses, calendar)
    return {name: value for name, value in now.items() if getattr(application, name) != value}


def recompute_open() -> int:
    """Recompute every open case now, each in its own transaction; how many got new days.

    A case that somebody is changing meanwhile is left to the next scheduled round.
    """
    done = 0
    for case in due_for_recomputing():
        with suppress(Stale):
            recompute(case)
            done += 1
    return done
