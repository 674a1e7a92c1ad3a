"""Turn to the district once (提级): when an answer doesn't convince, or doesn't come in time."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relief.applications.accept import required_words
from relief.confidential.vault import vault_of
from relief.errors import Reason, WrongState
from relief.officers.authority import acting
from relief.officers.models import Appointment, Officer, ScopeKind
from relief.places.models import DISTRICT, Level
from relief.places.scope import contains
from relief.publicity.answer import held, withhold
from relief.publicity.case_list import counts_changed
from relief.publicity.handlers import ANSWERS, ESCALATION, answered_by_opinion, area_of, due_by
from relief.publicity.models import Response, ResponseState
from relief.publicity.receive import TAKES_DOWN
from relief.trail import clock
from relief.trail.actor import Actor, Robot
from relief.trail.record import record, set_if
from relief.trail.verb import verb

ANSWERED = (ResponseState.UPHELD, ResponseState.REJECTED)


@verb("escalate-response")
def escalate(response: Response, *, by: Officer | Robot, words: str, version: int | None = None) -> Response:
    """Take a response up to the district for whoever made it; the district answers until a day.

    Once, after the answer, or after the day on which it was due. At the desk with the `version` that was
    read. Raises WrongState, NotAllowed, Invalid, Stale.
    """
    public_list, response = held(response, response.version if version is None else version)
    if reason := why_not_escalated(response):
        raise WrongState(reason)
    actor = turning(response, by)
    words = required_words(words, "words")
    due = due_by(ESCALATION, clock.today())
    event = record(
        "escalate-response",
        response,
        actor=actor,
        area=DISTRICT,
        from_state=response.state,
        to_state=response.state,
        reason=response.kind,
        clause="local",
        standards=due.standards,
    )
    changes = {
        "escalated_on": clock.today(),
        "escalation_due_on": due.day,
        "escalation": vault_of(response).seal("response.escalation", words),
    }
    escalated = set_if(response, response.version, changes, event, escalated_on=None)
    counts_changed(public_list, event)
    return escalated


@verb("answer-escalation")
def answer_escalation(response: Response, *, by: Officer, version: int, upheld: bool, words: str) -> Response:
    """The district's answer, the last one here. It ends a response that nobody had answered.

    Upheld, it turns a refusal round; an objection's case goes on by its own acts. Raises WrongState,
    NotAllowed, Invalid, Stale.
    """
    public_list, response = held(response, version)
    actor = acting(by, ANSWERS[Level.DISTRICT], DISTRICT)
    if response.escalated_on is None or response.escalation_answered_on is not None:
        raise WrongState(Reason("no-escalation", _("No escalation of this response waits for an answer.")))
    words = required_words(words, "words")
    today = clock.today()
    changes: dict[str, Any] = {
        "escalation_answered_on": today,
        "escalation_upheld": upheld,
        "escalation_answer": vault_of(response).seal("response.escalation-answer", words),
    }
    changes |= _outcome(response, upheld)
    event = record(
        "answer-escalation",
        response,
        actor=actor,
        area=DISTRICT,
        from_state=response.state,
        to_state=changes.get("state", response.state),
        reason="upheld" if upheld else "rejected",
        clause="local",
    )
    answered = set_if(response, version, changes, event)
    if upheld:
        withhold(answered, event, actor)
    counts_changed(public_list, event)
    return answered


def turning(response: Response, by: Officer | Robot) -> Actor:
    """As whom somebody takes the response up: staff of the place it is about. Raises NotAllowed."""
    return acting(by, TAKES_DOWN, _place_of(response))


def may_turn(response: Response, held: Collection[Appointment]) -> bool:
    """Whether one of the appointments is of staff of the place that the response is about."""
    return any(
        one.role in TAKES_DOWN
        and one.scope_kind == ScopeKind.AREA
        and contains(one.scope_code, _place_of(response))
        for one in held
    )


def _place_of(response: Response) -> str:
    area = response.community_id or (response.application.area if response.application else "")
    return area or response.public_list.area_id


def why_not_escalated(response: Response) -> Reason | None:
    """Why the respondent can't turn to the district now, in words that say what else to do."""
    if response.escalated_on is not None:
        words = _("The district was asked already: its answer is the last one here.")
        return Reason("escalated-already", words)
    if area_of(response) == DISTRICT:
        words = _(
            "The district itself answers this response. "
            "Beyond it lead the director's mailbox and the hotline."
        )
        return Reason("district-answers", words)
    if response.state in ANSWERED:
        return None
    if response.state != ResponseState.OPEN:
        return Reason("ended", _("This response was taken back or ended with its case or list."))
    if response.due_on is None or clock.today() <= response.due_on:
        day = date_format(response.due_on) if response.due_on else ""
        words = _("The answer is due by %(day)s: after that day you can turn to the district.") % {"day": day}
        return Reason("not-due", words)
    return None


def _outcome(response: Response, upheld: bool) -> dict[str, Any]:
    """What becomes of the response itself; an objection without a new opinion waits for it."""
    if response.state == ResponseState.OPEN:
        if answered_by_opinion(response):
            return {}
        state = ResponseState.UPHELD if upheld else ResponseState.REJECTED
        return {"state": state, "answered_on": clock.today()}
    if upheld and response.state == ResponseState.REJECTED:
        return {"state": ResponseState.UPHELD}
    return {}
