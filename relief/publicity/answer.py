"""Answer a response (答复): upheld or not, in words that the respondent reads, with what follows from it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.applications.accept import required_words
from relief.applications.models import Application
from relief.confidential.vault import vault_of
from relief.errors import Invalid, Reason, WrongState
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.publicity.case_list import counts_changed
from relief.publicity.handlers import answered_by_opinion, answering, area_of
from relief.publicity.models import PublicList, Response, ResponseKind, ResponseState
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import hold, record, set_if
from relief.trail.verb import verb


class ReasonClass(models.TextChoices):
    """Why a response was upheld or not, as a class that may be counted."""

    CASE_OPENED = "case-opened", gettext_lazy("a case was opened")
    TOLD_HOW = "told-how", gettext_lazy("told how to apply")
    HAS_A_CASE = "has-a-case", gettext_lazy("has a case already")
    NO_GROUND = "no-ground", gettext_lazy("no ground found")
    ENTERED_WRONGLY = "entered-wrongly", gettext_lazy("entered wrongly")
    CHANGED_SINCE = "changed-since", gettext_lazy("changed after the list was made")
    AS_IN_THE_CASE = "as-in-the-case", gettext_lazy("the row is as the case says")
    SAFETY = "safety", gettext_lazy("danger to the person")
    MINORS = "minors", gettext_lazy("minors in the household")
    HEALTH = "health", gettext_lazy("health would be made known")
    LAW_ASKS = "law-asks", gettext_lazy("the law asks that the name is shown")
    CONFIRMED = "confirmed", gettext_lazy("what was said is confirmed")


R = ReasonClass
#: kind → classes of an answer that upholds, and of one that doesn't
CLASSES: dict[str, tuple[tuple[ReasonClass, ...], tuple[ReasonClass, ...]]] = {
    ResponseKind.NOT_ELIGIBLE: ((R.CONFIRMED,), (R.NO_GROUND,)),
    ResponseKind.LEFT_OUT: ((R.CASE_OPENED, R.TOLD_HOW), (R.HAS_A_CASE, R.NO_GROUND)),
    ResponseKind.WRONG_DATA: ((R.ENTERED_WRONGLY, R.CHANGED_SINCE), (R.AS_IN_THE_CASE,)),
    ResponseKind.WITHHOLD_NAME: ((R.SAFETY, R.MINORS, R.HEALTH), (R.LAW_ASKS, R.NO_GROUND)),
}


@verb("answer-response")
def answer_response(
    response: Response,
    *,
    by: Officer,
    version: int,
    upheld: bool,
    words: str,
    reason_class: str = "",
    lead_case: Application | None = None,
) -> Response:
    """Answer for the handler. A name is withheld with a reason class; left out may name a `lead_case`.

    Upheld, "withhold my name" marks the case (申请不公开): the name goes with the list's next correction and
    from every later list. Raises WrongState (answered, escalated, or the new opinion answers it), NotAllowed,
    Invalid, Stale.
    """
    public_list, response = held(response, version)
    if reason := why_not_answered(response):
        raise WrongState(reason)
    actor = acting(by, answering(response), area_of(response))
    words = required_words(words, "words")
    _check(response, upheld, reason_class, lead_case)
    event = _answered(public_list, response, actor, upheld, reason_class)
    changes: dict[str, Any] = {
        "state": ResponseState.UPHELD if upheld else ResponseState.REJECTED,
        "answered_on": clock.today(),
        "answer": vault_of(response).seal("response.answer", words),
        "reason_class": reason_class or None,
        "lead_case": lead_case,
    }
    answered = set_if(response, version, changes, event, state=ResponseState.OPEN)
    if upheld:
        withhold(answered, event, actor)
    counts_changed(public_list, event)
    return answered


def why_not_answered(response: Response) -> Reason | None:
    """Why the handler can't answer now."""
    if response.state != ResponseState.OPEN:
        return Reason("answered", _("This response has been answered or withdrawn already."))
    if response.escalated_on is not None:
        return Reason("escalated", _("This response went up to the district: the district answers it."))
    if answered_by_opinion(response):
        words = _("An objection is answered by the street's new opinion on the case, after it looked again.")
        return Reason("new-opinion-answers", words)
    return None


def held(response: Response, version: int) -> tuple[PublicList, Response]:
    """List, case and response, locked in this order. Raises Stale."""
    public_list = PublicList.objects.select_for_update(no_key=True).get(pk=response.public_list_id)
    if response.application_id:
        Application.objects.select_for_update(no_key=True).get(pk=response.application_id)
    return public_list, hold(response, version)


def withhold(response: Response, event: Event, actor: Actor) -> None:
    """Mark the case whose applicant's name is withheld on request; announcements and new lists obey it."""
    case = response.application
    if response.kind != ResponseKind.WITHHOLD_NAME or case is None or case.name_withheld:
        return
    marked = record(
        "withhold-name",
        case,
        actor=actor,
        area=case.area,
        from_state=case.state,
        to_state=case.state,
        reason=response.reason_class or "escalation",
        clause="local",
        cause_id=event.pk,
    )
    set_if(case, case.version, {"name_withheld": True}, marked)


def _check(response: Response, upheld: bool, reason_class: str, lead_case: Application | None) -> None:
    """Raises Invalid: a class that doesn't fit, a name withheld without one, a case of elsewhere."""
    problems: dict[str, list[Reason]] = {}
    fitting = CLASSES[response.kind][0 if upheld else 1]
    if reason_class and reason_class not in fitting:
        problems["reason_class"] = [Reason("class", _("This reason doesn't fit the answer: choose again."))]
    if not reason_class and response.kind == ResponseKind.WITHHOLD_NAME:
        words = _("Choose the reason: it is recorded with the decision.")
        problems["reason_class"] = [Reason("required", words)]
    if lead_case is not None:
        if response.kind != ResponseKind.LEFT_OUT or not upheld:
            words = _("A case is named only where somebody was left out and that is upheld.")
            problems["lead_case"] = [Reason("no-lead", words)]
        elif lead_case.community_id != response.community_id:
            words = _("This case lies in another community.")
            problems["lead_case"] = [Reason("foreign-lead", words)]
    if problems:
        raise Invalid(problems)


def _answered(
    public_list: PublicList, response: Response, actor: Actor, upheld: bool, reason_class: str
) -> Event:
    return record(
        "answer-response",
        response,
        actor=actor,
        area=area_of(response),
        from_state=response.state,
        to_state=ResponseState.UPHELD if upheld else ResponseState.REJECTED,
        reason=reason_class or response.kind,
        clause="local",
    )
