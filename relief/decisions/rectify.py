"""Rectify what the street proposed while the case is before the public (更正初审意见): a slip, in words.

The list isn't touched: its row is outdated until a correction by two persons shows the new values, and until
then the district can't approve.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from relief.applications.accept import required_words
from relief.applications.models import Application
from relief.applications.move import actor_on, seal_words
from relief.applications.states import State
from relief.decisions.decide import write_opinion
from relief.errors import Blocked, Invalid, Reason, WrongState
from relief.officers.models import Officer, Role
from relief.trail.record import record, set_if
from relief.trail.verb import verb

RECTIFIED_BY = frozenset({Role.STREET_REVIEWER})
RECTIFIED_AT = (State.IN_PUBLICITY, State.UNDER_REINVESTIGATION)
MOST = Decimal("9999999.99")


def why_not_rectified(application: Application) -> Reason | None:
    """Why the proposal can't be rectified now: before publicity it is reviewed, after it returned."""
    if application.state in RECTIFIED_AT and application.recommended:
        return None
    words = _("What the street proposed is rectified only while the case is before the public.")
    return Reason("not-before-the-public", words)


@verb("rectify")
def rectify(
    application: Application,
    *,
    by: Officer,
    version: int,
    persons: int,
    amount: Decimal,
    top_up: Decimal,
    words: str,
) -> Application:
    """Set the persons counted and the monthly amounts (yuan) that the street proposes, with the reason.

    `top_up` is part of `amount`. Raises WrongState, NotAllowed, Invalid, Blocked (nothing changes), Stale.
    """
    if reason := why_not_rectified(application):
        raise WrongState(reason)
    actor = actor_on(application, by, RECTIFIED_BY)
    words = required_words(words, "words")
    _check(application, persons, amount, top_up)
    changes = {"proposed_persons": persons, "proposed_amount": amount, "proposed_top_up": top_up}
    if all(getattr(application, name) == value for name, value in changes.items()):
        raise Blocked(Reason("nothing-changed", _("These are the values that the case has already.")))
    event = record(
        "rectify",
        application,
        actor=actor,
        area=application.area,
        from_state=application.state,
        to_state=application.state,
        reason="correction",
        words=seal_words(application, words),
        clause="57-19",
    )
    rectified = set_if(application, version, changes, event, state=application.state)
    write_opinion(rectified, event, favourable=True, words=words, amount=amount)
    return rectified


def _check(application: Application, persons: int, amount: Decimal, top_up: Decimal) -> None:
    """Raises Invalid by field."""
    problems: dict[str, list[Reason]] = {}
    if not 1 <= persons <= max(application.persons, 1):
        words = _("Count at least one person and at most the %(count)d of the household.")
        problems["persons"] = [Reason("range", words % {"count": application.persons})]
    if not Decimal(0) < amount <= MOST or amount != round(amount, 2):
        problems["amount"] = [Reason("amount", _("Enter an amount in yuan, with at most two decimals."))]
    if not Decimal(0) <= top_up <= amount or top_up != round(top_up, 2):
        problems["top_up"] = [Reason("part", _("The top-up is part of the amount."))]
    if problems:
        raise Invalid(problems)
