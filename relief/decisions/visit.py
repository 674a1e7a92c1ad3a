"""Record a home visit (入户调查)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from relief.applications.accept import WORDS_LIMIT
from relief.applications.models import Application
from relief.applications.move import actor_on, wrong_state
from relief.applications.states import State
from relief.confidential.vault import vault_of
from relief.decisions.models import HomeVisit
from relief.errors import Invalid, Reason, WrongState
from relief.households.models import Person
from relief.households.queries import memberships_on
from relief.officers.models import Officer, Role
from relief.places.models import Level
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.record import record, touch
from relief.trail.verb import verb
from relief.trail.written import unwritable

MOST_VISITORS = 12

#: at which stage which level visits, and who enters the visit
VISITS_AT: dict[str, tuple[Level, tuple[str, ...]]] = {
    State.ACCEPTED: (Level.COMMUNITY, (Role.COMMUNITY_EXAMINER, Role.COMMUNITY_CLERK)),
    State.EXAMINED: (Level.STREET, (Role.STREET_REVIEWER, Role.STREET_ACCEPTOR)),
    State.UNDER_REINVESTIGATION: (Level.STREET, (Role.STREET_REVIEWER, Role.STREET_ACCEPTOR)),
    State.CLEARED: (Level.DISTRICT, (Role.DISTRICT_APPROVER, Role.DISTRICT_CHECKER)),
    State.CONFIRMABLE: (Level.DISTRICT, (Role.DISTRICT_APPROVER, Role.DISTRICT_CHECKER)),
}


@verb("visit")
def record_visit(
    application: Application,
    *,
    by: Officer,
    version: int,
    visited_on: date,
    visitors: Sequence[str],
    member_present: Person,
    all_signed: bool,
    findings: str,
) -> HomeVisit:
    """Enter a visit of the level at which the case stands; raises the case's version.

    Raises WrongState, NotAllowed, Invalid (fewer than two visitors, no signatures, a day ahead or before
    acceptance), Stale.
    """
    level, actor = may_visit(application, by)
    names = [name.strip() for name in visitors if name.strip()]
    problems = visit_problems(application, visited_on, names, member_present, all_signed, findings)
    if problems:
        raise Invalid(problems)
    event = record("visit", application, actor=actor, area=application.area, clause="57-16")
    visit = HomeVisit(
        application=application,
        level=level,
        visited_on=visited_on,
        visitors=names,
        member_present=member_present,
        findings=vault_of(application.household).seal("visit.findings", findings.strip()),
    )
    visit.save(event=event)
    touch(application, version, event, state=application.state)
    return visit


def may_visit(application: Application, by: Officer) -> tuple[Level, Actor]:
    """The level that visits now, and who enters it. Raises WrongState, NotAllowed."""
    if application.state not in VISITS_AT:
        raise WrongState(wrong_state(application))
    level, roles = VISITS_AT[application.state]
    return level, actor_on(application, by, roles)


def looked_into_since(application: Application) -> date | None:
    """First day of the survey that the case is in, or of its re-investigation."""
    if application.state == State.UNDER_REINVESTIGATION:
        return application.reinvestigation_from
    return application.survey_from


def visit_problems(
    application: Application,
    visited_on: date,
    visitors: list[str],
    member: Person,
    all_signed: bool,
    findings: str,
) -> dict[str, list[Reason]]:
    """What is wrong with a visit as entered, by field."""
    problems: dict[str, list[Reason]] = {}
    if visited_on > clock.today():
        problems["visited_on"] = [
            Reason("future-day", _("The visit lies in the future: enter the day it took place."))
        ]
    elif (since := looked_into_since(application)) and visited_on < since:
        problems["visited_on"] = [
            Reason("before-survey", _("The visit lies before this survey of the case began."))
        ]
    if len(set(visitors)) < 2:
        problems["visitors"] = [Reason("two-visitors", _("At least two visitors go: enter both names."))]
    elif any(len(name) > 40 for name in visitors) or len(visitors) > MOST_VISITORS:
        problems["visitors"] = [Reason("too-long", _("Use at most %(limit)d characters.") % {"limit": 40})]
    elif broken := unwritable("".join(visitors)):
        problems["visitors"] = broken
    present = {row.person_id for row in memberships_on(application.household, visited_on)}
    if member.pk not in present | {application.applicant_id}:
        problems["member_present"] = [Reason("not-a-member", _("Choose a member of the household."))]
    if not all_signed:
        problems["all_signed"] = [
            Reason("signatures", _("Each visitor and the member present must have signed the visit form."))
        ]
    if not findings.strip():
        problems["findings"] = [Reason("required", _("Say what was found."))]
    elif len(findings) > WORDS_LIMIT:
        problems["findings"] = [
            Reason("too-long", _("Use at most %(limit)d characters.") % {"limit": WORDS_LIMIT})
        ]
    elif broken := unwritable(findings):
        problems["findings"] = broken
    return problems
