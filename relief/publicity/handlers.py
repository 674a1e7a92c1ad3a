"""Whose staff answers a response, until when, and who may read it: one table for the four kinds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from relief.officers.models import Appointment, Role, ScopeKind
from relief.places.models import DISTRICT, Level
from relief.places.scope import contains
from relief.publicity.models import Response, ResponseKind
from relief.standards.in_force import in_force
from relief.standards.legal_clock import add_working_days

#: who answers at each level; the road's new opinion answers an objection instead
ANSWERS: dict[Level, frozenset[str]] = {
    Level.COMMUNITY: frozenset({Role.COMMUNITY_CLERK, Role.COMMUNITY_EXAMINER}),
    Level.STREET: frozenset({Role.STREET_ACCEPTOR, Role.STREET_REVIEWER}),
    Level.DISTRICT: frozenset({Role.DISTRICT_CHECKER, Role.DISTRICT_APPROVER}),
}
#: withholding a name is a decision
DECIDES = frozenset({Role.DISTRICT_APPROVER})
#: who reads what was said, at the handler's level or above it
READS = frozenset(
    {
        *ANSWERS[Level.COMMUNITY],
        *ANSWERS[Level.STREET],
        *ANSWERS[Level.DISTRICT],
        Role.STREET_PUBLISHER,
        Role.STREET_APPROVER,
    }
)
ESCALATION = "days.respond.escalation"


@dataclass(frozen=True)
class Due:
    """The last day for an answer, and the standard that says so, as an Event keeps it."""

    day: date
    standards: dict[str, str]


def handler_of(kind: str, *, street: str, community: str = "", about_staff: bool = False) -> str:
    """Number of the area whose staff answers; about a member of staff one level up."""
    usual = {ResponseKind.LEFT_OUT: community, ResponseKind.WITHHOLD_NAME: DISTRICT}.get(
        ResponseKind(kind), street
    )
    return one_level_up(usual) if about_staff else usual


def one_level_up(area: str) -> str:
    """Community → street → district, where the way ends."""
    return area[:3] if len(area) > 3 else DISTRICT


def level_at(area: str) -> Level:
    """The level of an area, by its number."""
    if area == DISTRICT:
        return Level.DISTRICT
    return Level.STREET if len(area) == 3 else Level.COMMUNITY


def due_for(kind: str, received: date) -> Due:
    """Until when a response received today is answered. Raises MissingStandard."""
    if kind == ResponseKind.NOT_ELIGIBLE:
        return due_by("days.reinvestigate", received)
    return due_by(f"days.respond.{kind}", received)


def due_by(standard: str, start: date) -> Due:
    """The last of the standard's working days after `start`. Raises MissingStandard."""
    days = in_force(standard, start)
    return Due(add_working_days(start, days.number).day, days.used())


def answered_by_opinion(response: Response) -> bool:
    """Whether the street's new opinion answers it, and no answer of its own."""
    return response.kind == ResponseKind.NOT_ELIGIBLE and not response.about_staff


def area_of(response: Response) -> str:
    """Number of the handler; of a response older than handlers, the street of its list."""
    return response.handler or response.public_list.area_id


def answering(response: Response) -> frozenset[str]:
    """Roles that answer the response at its handler; none where the new opinion does."""
    if answered_by_opinion(response):
        return frozenset()
    if response.kind == ResponseKind.WITHHOLD_NAME:
        return DECIDES
    return ANSWERS[level_at(area_of(response))]


def may_answer(response: Response, held: Collection[Appointment]) -> bool:
    """Whether one of the appointments answers it, at the handler itself and not from above."""
    roles, area = answering(response), area_of(response)
    return any(
        one.role in roles and one.scope_kind == ScopeKind.AREA and one.scope_code == area for one in held
    )


def may_read(response: Response, held: Collection[Appointment]) -> bool:
    """Whether one of the appointments reads what was said: the handler's level and those above it."""
    area = area_of(response)
    return any(
        one.role in READS and one.scope_kind == ScopeKind.AREA and contains(one.scope_code, area)
        for one in held
    )
