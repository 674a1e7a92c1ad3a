"""The objections to a case, and the cases of a list that are looked into again, for their desk pages."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q

from relief.applications.models import Application
from relief.applications.queries import visible_to
from relief.applications.road_57 import STAFF
from relief.applications.states import State
from relief.officers.models import Appointment, Officer, ScopeKind
from relief.places.scope import contains
from relief.publicity.editions import current_entries
from relief.publicity.models import ListKind, PublicList, ResponseKind, ResponseState
from relief.publicity.read_responses import READ_RESPONDENT, read_responses
from relief.publicity.respond import why_not_open
from relief.publicity.response_queue import open_by_kind


def responses_context(case: Application, officer: Officer, held: list[Appointment]) -> dict[str, Any]:
    """The section of the case page; nothing while nobody has ever objected."""
    if case.reinvestigation_from is None:
        return {}
    step = case.road.step("withdraw-objection", case.state)
    return {
        "responses": read_responses(case, by=officer, held=held),
        "may_take_back": step is not None and _holds(held, step.roles, case.area),
        "reads_respondent": _holds(held, READ_RESPONDENT, case.area),
    }


def list_context(one: PublicList, officer: Officer, held: list[Appointment]) -> dict[str, Any]:
    """The part of a list's monitor: cases under re-investigation, and whether somebody may object today."""
    if one.kind != ListKind.PRE_APPROVAL or not one.number:
        return {}
    counts = open_by_kind(one.pk)
    keys = current_entries(one).order_by().values("application_id")
    cases = visible_to(officer, held).filter(pk__in=keys, state=State.UNDER_REINVESTIGATION)
    still_open = Count(
        "responses", filter=Q(responses__state=ResponseState.OPEN, responses__kind=ResponseKind.NOT_ELIGIBLE)
    )
    return {
        "reinvestigated": cases.annotate(objections=still_open),
        "under_way": [(kind.label, counts[kind.value]) for kind in ResponseKind],
        "can_object": why_not_open(one) is None and any(role.role in STAFF for role in held),
    }


def _holds(held: list[Appointment], roles: Collection[str], area: str) -> bool:
    return any(
        one.role in roles and one.scope_kind == ScopeKind.AREA and contains(one.scope_code, area)
        for one in held
    )
