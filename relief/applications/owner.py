"""Who works on a case (承办人): take it (接办), hand it over (移交).

Ownership orders the work and excludes nobody: whoever may act still may. Each step of the road makes the
case nobody's again (`deadlines.arrival`). Neither act counts as a deed against four eyes.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from relief.applications.accept import required_words
from relief.applications.models import Application
from relief.applications.move import actor_on, breaks_four_eyes, deeds_on, seal_words, wrong_state
from relief.applications.states import State
from relief.errors import Blocked, Invalid, Reason, WrongState
from relief.officers.models import Appointment, Officer, Role, ScopeKind
from relief.places.scope import contains
from relief.trail import clock
from relief.trail.record import record, set_if
from relief.trail.verb import verb

#: the survey also waits for the district's data cross-check, which no step of the road names
IN_SURVEY = frozenset({State.ACCEPTED, State.EXAMINED})


@verb("take")
def take(application: Application, *, by: Officer, version: int) -> Application:
    """Make the case one's own (接办), from nobody or from a colleague.

    Raises WrongState (nobody acts any more), NotAllowed (role, area, four eyes), Blocked (already one's own).
    """
    actor = actor_on(application, by, _roles_or_refuse(application))
    if application.owner_id == by.pk:
        raise Blocked(Reason("already-owner", _("You have this case already.")))
    event = record("take", application, actor=actor, area=application.area)
    return set_if(application, version, {"owner": by}, event, state=application.state)


@verb("hand-over")
def hand_over(application: Application, *, by: Officer, version: int, to: Officer, words: str) -> Application:
    """Give the case to a colleague with words (移交): what was done, what is to be done.

    Raises WrongState, NotAllowed, and Invalid when `to` could not act on the case or has it already.
    """
    roles = _roles_or_refuse(application)
    actor = actor_on(application, by, roles)
    words = required_words(words, "words")
    if to.pk == application.owner_id:
        raise Invalid({"to": [Reason("already-owner", _("This colleague has the case already."))]})
    if to not in who_may_take(application):
        reason = Reason(
            "not-fitting", _("This colleague has no fitting role here, or acted at another level.")
        )
        raise Invalid({"to": [reason]})
    event = record(
        "hand-over", application, actor=actor, area=application.area, words=seal_words(application, words)
    )
    return set_if(application, version, {"owner": to}, event, state=application.state)


def who_may_take(application: Application) -> list[Officer]:
    """Officers whose role and area fit the next acts and whom four eyes does not shut out, by name."""
    roles = roles_at(application)
    appointments = Appointment.objects.on(clock.today()).filter(role__in=roles, scope_kind=ScopeKind.AREA)
    here = [
        held for held in appointments.select_related("officer") if contains(held.scope_code, application.area)
    ]
    deeds = deeds_on([application], {held.officer_id for held in here}).get(application.code, [])
    officers = {
        held.officer_id: held.officer for held in here if not breaks_four_eyes(held.actor(), deeds, ())
    }
    return sorted(officers.values(), key=lambda officer: (officer.name, officer.pk))


def roles_at(application: Application) -> set[str]:
    """Roles for whose next act the case waits; none when it has ended."""
    steps = application.road.steps_from(application.state)
    roles = {role for step in steps if not step.aside for role in step.roles if role != "robot"}
    return roles | {Role.DISTRICT_CHECKER} if application.state in IN_SURVEY else roles


def _roles_or_refuse(application: Application) -> set[str]:
    roles = roles_at(application)
    if not roles:
        raise WrongState(wrong_state(application))
    return roles
