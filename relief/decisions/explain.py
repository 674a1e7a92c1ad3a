"""The street says why a finding doesn't stand against the case (说明): mismatches, matches with registers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from relief.applications.accept import required_words
from relief.applications.models import Application
from relief.applications.move import actor_on, wrong_state
from relief.confidential.vault import vault_of
from relief.decisions.cross_check import CHECKED_AT, unexplained
from relief.decisions.models import CrossCheck, RegisterHit
from relief.errors import Reason, WrongState
from relief.officers.models import Officer, Role
from relief.trail.actor import Actor
from relief.trail.record import hold, record, set_if, touch
from relief.trail.verb import verb

CLAUSE = "57-17"


@verb("explain-mismatch")
def explain_mismatch(
    application: Application, *, by: Officer, version: int, check: CrossCheck, words: str
) -> Application:
    """Say why the household's declaration holds although a source answered otherwise.

    Raises WrongState (nothing to explain), NotAllowed, Invalid, Stale.
    """
    actor = may_explain_mismatch(application, by)
    words = required_words(words, "words")
    hold(application, version)
    event = record("explain-mismatch", application, actor=actor, area=application.area, clause=CLAUSE)
    sealed = vault_of(application.household).seal("cross-check.explanation", words)
    set_if(check, check.version, {"explanation": sealed}, event, application=application, explanation=None)
    return touch(application, version, event, state=application.state)


def may_explain_mismatch(application: Application, by: Officer) -> Actor:
    """Who explains now. Raises WrongState (in no survey, nothing to explain), NotAllowed."""
    if application.state not in CHECKED_AT:
        raise WrongState(wrong_state(application))
    actor = actor_on(application, by, {Role.STREET_REVIEWER})
    if not unexplained(application):
        raise WrongState(_nothing())
    return actor


@verb("explain-hit")
def explain_hit(
    application: Application, *, by: Officer, version: int, hit: RegisterHit, words: str
) -> Application:
    """Say why a match with a register doesn't keep the case off the list.

    Raises WrongState (the match is not open), NotAllowed, Invalid, Stale.
    """
    actor = may_explain_hit(application, by)
    words = required_words(words, "words")
    hold(application, version)
    event = record(
        "explain-hit", application, actor=actor, area=application.area, reason=hit.kind, clause=CLAUSE
    )
    sealed = vault_of(application.household).seal("register-hit.explanation", words)
    set_if(
        hit, hit.version, {"open": False, "explanation": sealed}, event, application=application, open=True
    )
    left = RegisterHit.objects.filter(application=application, open=True).count()
    return set_if(application, version, {"open_hits": left}, event)


def may_explain_hit(application: Application, by: Officer) -> Actor:
    """Who explains now. Raises NotAllowed, WrongState (no match is open)."""
    actor = actor_on(application, by, {Role.STREET_REVIEWER})
    if not application.open_hits:
        raise WrongState(_nothing())
    return actor


def _nothing() -> Reason:
    return Reason("nothing-to-explain", _("Nothing waits for an explanation on this case."))
