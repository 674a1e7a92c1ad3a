"""The street's new opinion after a re-investigation or democratic review (重新提出初审意见, 57号 art 19)."""

from __future__ import annotations

from typing import Any

from relief.applications.accept import required_words
from relief.applications.listing import listing
from relief.applications.models import Application
from relief.applications.move import move
from relief.applications.states import State
from relief.decisions.blockers import ready
from relief.decisions.decide import ground, write_opinion
from relief.officers.models import Officer
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.verb import verb

AGAIN = "publicity.again-after-objection"


@verb("new-opinion")
def new_opinion(
    application: Application,
    *,
    by: Officer,
    version: int,
    recommended: bool,
    words: str,
    answer: str,
    reason: str = "",
) -> Application:
    """Uphold or reject the open objections to a case and say what follows.

    Recommended: in publicity again for the days left, forwarded to the district when its list has closed, or
    on a new list for a full period where the dated switch asks it. Not recommended: forwarded, to be refused
    or returned only. `words` are the opinion; `answer` is what the objectors are told. Raises WrongState,
    NotAllowed, Blocked (not looked into again, another amount than the public saw), Invalid, Stale.
    """
    act = "new-opinion" if recommended else "new-opinion-against"
    ready(application, act, by)
    words, answer = required_words(words, "words"), required_words(answer, "answer")
    reason = "" if recommended else ground(reason)
    target, standards = _target(application, act, closed=listing().hold(application))
    moved, event = move(
        application,
        act,
        by=by,
        version=version,
        changes=_changes(recommended, target),
        words=words,
        reason=reason,
        standards=standards,
        to_state=target,
    )
    write_opinion(
        moved,
        event,
        favourable=recommended,
        words=words,
        reason=reason,
        amount=moved.proposed_amount,
    )
    listing().answer(moved, upheld=not recommended, words=answer, event=event)
    return moved


def _changes(recommended: bool, target: State) -> dict[str, Any]:
    changes: dict[str, Any] = {"recommended": recommended}
    if not recommended:
        changes |= dict.fromkeys(("proposed_persons", "proposed_amount", "proposed_top_up"))
    if target == State.CLEARED:
        changes["forwarded_on"] = clock.today()
    return changes


def where_it_leads(application: Application, *, recommended: bool, closed: bool) -> State:
    """Where a new opinion would take the case today, for the screen that asks first."""
    act = "new-opinion" if recommended else "new-opinion-against"
    return _target(application, act, closed=closed)[0]


def _target(application: Application, act: str, *, closed: bool) -> tuple[State, dict[str, str]]:
    """The state to which the step leads now, and the standards that say so."""
    step = application.road.step(act, application.state)
    assert step is not None  # `ready` has asked
    usual = step.if_closed if closed and step.if_closed else step.to_state
    if step.if_again is None:
        return usual, {}
    again = in_force(AGAIN, clock.today())
    return (step.if_again if again.on else usual), again.used()
