"""Whose work a case is, with what no step of the road names: the district's cross-check and its own visit."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from relief.applications.models import Application
from relief.applications.queries import queue, tab_counts
from relief.decisions.cross_check import CHECKED_AT, needed_sources, stored_source
from relief.decisions.models import CrossCheck, HomeVisit
from relief.decisions.visit import VISITS_AT
from relief.errors import MissingStandard
from relief.officers.authority import appointments_of
from relief.officers.models import Appointment, Officer, Role, ScopeKind
from relief.places.models import Level
from relief.places.scope import within_any
from relief.trail import clock

DISTRICT_VISITS = {state: roles for state, (level, roles) in VISITS_AT.items() if level == Level.DISTRICT}


def work_queue(officer: Officer, tab: str) -> QuerySet[Application]:
    """One tab of the queue (`todo`, `waiting`, `open`, `done`).

    Cases without a cross-check are the checking clerk's turn too, and those that need the district's own
    visit the turn of whoever enters it, also where the street confirms (57号 arts 2, 17, 20).
    """
    return queue(officer, tab, also=_beside_the_road(officer))


def work_counts(officer: Officer) -> dict[str, int]:
    """Cases in each tab of `work_queue`, in one look at the table."""
    return tab_counts(officer, also=_beside_the_road(officer))


def _beside_the_road(officer: Officer) -> Q:
    """Cases that wait for the officer without a step of the road."""
    held = appointments_of(officer)
    return _unchecked(_scopes(held, {Role.DISTRICT_CHECKER})) | _unvisited(held)


def _unchecked(scopes: list[str]) -> Q:
    """Cases in survey within `scopes` to which a source that the setting names has not answered yet.

    Where the setting is missing no case can be said to be checked.
    """
    if not scopes:
        return Q(pk__in=[])
    in_survey = Q(state__in=CHECKED_AT) & within_any(scopes, "community__number")
    try:
        needed = needed_sources(clock.today())
    except MissingStandard:
        return in_survey
    answers = CrossCheck.objects.filter(application=OuterRef("pk"), checked_on__gte=OuterRef("survey_from"))
    missing = Q(pk__in=[])
    for source in needed:
        missing |= ~Q(Exists(answers.filter(source=stored_source(source))))
    return in_survey & missing


def _unvisited(held: list[Appointment]) -> Q:
    """Cases that wait for a visit of the district in this survey, not before the newest complaint."""
    wanted = Q(pk__in=[])
    for state, roles in DISTRICT_VISITS.items():
        wanted |= Q(state=state) & within_any(_scopes(held, roles), "community__number")
    special = Q(kin_registered=True) | Q(complaint_registered=True) | Q(spot_check=True)
    visited = HomeVisit.objects.filter(
        application=OuterRef("pk"),
        level=Level.DISTRICT,
        visited_on__gte=OuterRef("survey_from"),
    ).filter(visited_on__gte=Coalesce(OuterRef("complaint_on"), OuterRef("survey_from")))
    return wanted & special & ~Q(Exists(visited))


def _scopes(held: list[Appointment], roles: Collection[str]) -> list[str]:
    return [one.scope_code for one in held if one.role in roles and one.scope_kind == ScopeKind.AREA]
