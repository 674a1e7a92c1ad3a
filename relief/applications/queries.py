"""Read cases: whose turn it is, what waits, what is done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from relief.applications.deadlines import overdue
from relief.applications.models import Application
from relief.applications.roads import all_roads
from relief.applications.states import ENDED
from relief.officers.authority import appointments_of
from relief.officers.models import SITE_ROLES, Appointment, Officer, Role, ScopeKind
from relief.places.scope import within, within_any
from relief.trail.models import Event

#: roles that bring no case with them: who writes pages reads no cases, leaders see counts and no names
NO_CASES = SITE_ROLES | {Role.STREET_LEADER, Role.DISTRICT_LEADER}

#: acts that brought a case to another stage
_MOVES = Event.objects.filter(subject_kind="application", to_state__gt="").exclude(from_state=F("to_state"))


def visible_to(officer: Officer, appointments: list[Appointment] | None = None) -> QuerySet[Application]:
    """Cases of the officer's areas, by the appointments in force today (or those given, read before)."""
    held = appointments_of(officer) if appointments is None else appointments
    scopes = [a.scope_code for a in held if a.scope_kind == ScopeKind.AREA and a.role not in NO_CASES]
    return (
        Application.objects.filter(within_any(scopes, "community__number"))
        .select_related("household", "community", "applicant", "owner")
        .order_by("due_on", "pk")
    )


def late(today: date) -> Q:
    """Filter for open cases that are late today: with the next act, or with the whole case."""
    return overdue(today) | overdue(today, "limit_on")


def turn_of(appointments: list[Appointment], act: str = "") -> Q:
    """Filter for cases whose next act (or just `act`) belongs to one of these appointments.

    While a case's clock is stopped it is nobody's turn.
    """
    query = Q(pk__in=[])
    for appointment in appointments:
        for road in all_roads():
            states = {
                state
                for step in road.steps
                if appointment.role in step.roles and not step.aside and act in ("", step.act)
                for state in step.from_states
            }
            if states:
                query |= Q(road_key=road.key, state__in=states) & within(
                    appointment.scope_code, "community__number"
                )
    return query & Q(clock_stopped_on=None)


def queue(officer: Officer, tab: str, also: Q | None = None) -> QuerySet[Application]:
    """One tab of the officer's work queue: `todo` (my turn), `waiting` (on its way), `open` (both), `done`.

    `also` names cases that wait for the officer without a step of the road (the data cross-check).
    """
    appointments = appointments_of(officer)
    cases = visible_to(officer, appointments)
    mine = turn_of(appointments) | also if also is not None else turn_of(appointments)
    if tab == "done":
        return cases.filter(state__in=ENDED).order_by("-pk")
    cases = cases.exclude(state__in=ENDED)
    if tab == "open":
        return cases
    return cases.exclude(mine) if tab == "waiting" else cases.filter(mine)


def tab_counts(officer: Officer, also: Q | None = None) -> dict[str, int]:
    """Cases in each tab of `queue`, in one look at the table."""
    appointments = appointments_of(officer)
    mine = turn_of(appointments) | also if also is not None else turn_of(appointments)
    opened = ~Q(state__in=ENDED)
    cases = visible_to(officer, appointments).select_related(None).order_by()
    counts: dict[str, int] = cases.aggregate(
        todo=Count("pk", filter=opened & mine),
        open=Count("pk", filter=opened),
        done=Count("pk", filter=~opened),
    )
    return {**counts, "waiting": counts["open"] - counts["todo"]}


def arrived_at() -> Subquery:
    """Annotation: when a case came to its stage."""
    return Subquery(_MOVES.filter(subject_code=OuterRef("code")).order_by("-pk").values("at")[:1])


def standing_before(act: str, area: str) -> QuerySet[Application]:
    """Cases within `area` whose road has `act` from where they stand.

    A case whose clock is stopped waits for a later list.
    """
    stands = Q(pk__in=[])
    for road in all_roads():
        states = {state for step in road.steps if step.act == act for state in step.from_states}
        stands |= Q(road_key=road.key, state__in=states)
    return Application.objects.filter(stands, within(area, "community__number"), clock_stopped_on=None)


def listable(area: str) -> QuerySet[Application]:
    """Cases within `area` that may go on a list now: their road publishes from where they stand."""
    return standing_before("publish", area)


def standing_since(cases: Iterable[Application]) -> dict[Any, datetime]:
    """When each case came to its stage, by the case's code; one query."""
    moves = _MOVES.filter(subject_code__in=[case.code for case in cases])
    return dict(
        moves.order_by().values("subject_code").annotate(since=Max("at")).values_list("subject_code", "since")
    )
