"""Read cases: whose turn it is, what waits, what is done."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from relief.applications.models import Application
from relief.applications.roads import ROADS
from relief.applications.states import ENDED
from relief.officers.authority import appointments_of
from relief.officers.models import Appointment, Officer, ScopeKind
from relief.places.scope import within, within_any


def visible_to(officer: Officer) -> QuerySet[Application]:
    """Cases of the officer's areas, by the appointments in force today."""
    scopes = [a.scope_code for a in appointments_of(officer) if a.scope_kind == ScopeKind.AREA]
    return (
        Application.objects.filter(within_any(scopes, "community__number"))
        .select_related("household", "community", "applicant")
        .order_by("due_on", "pk")
    )


def turn_of(appointments: list[Appointment]) -> Q:
    """Filter for cases whose next act belongs to one of these appointments."""
    query = Q(pk__in=[])
    for appointment in appointments:
        for road in ROADS:
            states = {
                state for step in road.steps if appointment.role in step.roles for state in step.from_states
            }
            if states:
                query |= Q(road_key=road.key, state__in=states) & within(
                    appointment.scope_code, "community__number"
                )
    return query


def queue(officer: Officer, tab: str) -> QuerySet[Application]:
    """One tab of the officer's work queue: `todo` (my turn), `waiting` (on its way), `done` (ended)."""
    cases = visible_to(officer)
    mine = turn_of(appointments_of(officer))
    if tab == "done":
        return cases.filter(state__in=ENDED).order_by("-pk")
    if tab == "waiting":
        return cases.exclude(state__in=ENDED).exclude(mine)
    return cases.filter(mine).exclude(state__in=ENDED)
