"""Register a case separately because a member is a near relative of relief staff (单独登记备案)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from relief.applications.accept import required_words
from relief.applications.models import Application, KinDeclaredBy
from relief.applications.move import actor_on, seal_words, wrong_state
from relief.applications.states import ENDED, State
from relief.errors import Blocked, Reason, WrongState
from relief.officers.models import Officer, Role
from relief.trail.actor import Actor
from relief.trail.record import record, set_if
from relief.trail.verb import verb

#: whoever works on a case before the decision may learn of the kinship
REGISTERED_BY = (
    Role.COMMUNITY_CLERK,
    Role.COMMUNITY_EXAMINER,
    Role.STREET_ACCEPTOR,
    Role.STREET_REVIEWER,
    Role.DISTRICT_CHECKER,
    Role.DISTRICT_APPROVER,
)


@verb("register-kin")
def register_kin(application: Application, *, by: Officer, version: int, words: str) -> Application:
    """Register the case separately on an officer's word, at any stage before approval (57号 art 11).

    `words` say who is related to whom and are sealed. Raises WrongState, NotAllowed, Blocked (registered
    already), Invalid, Stale.
    """
    actor = may_register_kin(application, by)
    if application.kin_registered:
        raise Blocked(Reason("kin-registered", _("This case is registered separately already.")))
    words = required_words(words, "words")
    event = record(
        "register-kin",
        application,
        actor=actor,
        area=application.area,
        clause="57-11",
        words=seal_words(application, words),
        reason=KinDeclaredBy.OFFICER,
    )
    changes = {"kin_registered": True, "kin_declared_by": KinDeclaredBy.OFFICER}
    return set_if(application, version, changes, event, state=application.state)


def may_register_kin(application: Application, by: Officer) -> Actor:
    """Who registers now. Raises WrongState, NotAllowed."""
    if not before_approval(application):
        raise WrongState(wrong_state(application))
    return actor_on(application, by, REGISTERED_BY)


def before_approval(application: Application) -> bool:
    return application.state not in ENDED | {State.APPROVED}
