"""Whose work a case is, with the part that no step of the road names: the district's data cross-check."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from relief.applications.models import Application
from relief.applications.queries import queue
from relief.decisions.cross_check import CHECKED_AT
from relief.decisions.models import CrossCheck
from relief.officers.authority import scopes_of
from relief.officers.models import Officer, Role
from relief.places.scope import within_any


def work_queue(officer: Officer, tab: str) -> QuerySet[Application]:
    """One tab of the queue (`todo`, `waiting`, `done`); unchecked cases are the checking clerk's turn too."""
    return queue(officer, tab, also=_unchecked(scopes_of(officer, {Role.DISTRICT_CHECKER})))


def _unchecked(scopes: list[str]) -> Q | None:
    """Cases in survey within `scopes` that have no cross-check since the survey began."""
    if not scopes:
        return None
    checked = CrossCheck.objects.filter(application=OuterRef("pk"), checked_on__gte=OuterRef("survey_from"))
    return Q(state__in=CHECKED_AT) & within_any(scopes, "community__number") & ~Q(Exists(checked))
