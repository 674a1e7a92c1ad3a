"""What each level says on a case: 社区审查, 街道审核, 审核确认, 不予确认, 退回."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.applications.accept import kept_words, required_words
from relief.applications.benefits import Assessment
from relief.applications.benefits import benefit as benefit_of
from relief.applications.models import Application
from relief.applications.move import move
from relief.confidential.vault import vault_of
from relief.decisions.blockers import ready
from relief.decisions.models import Opinion
from relief.errors import Blocked, Invalid, Reason
from relief.officers.models import LEVEL_OF, Officer, Role
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.verb import verb


class RefusalReason(models.TextChoices):
    """Grounds for not recommending or refusing a case (不予确认理由)."""

    INCOME = "income-above-standard", gettext_lazy("income per head is not below the standard")
    PROPERTY = "property-above-limit", gettext_lazy("property is above the limit")
    HOUSEHOLD = "household-not-entitled", gettext_lazy("the household or its members are not entitled")
    UNTRUE = "untrue-declaration", gettext_lazy("the declaration was not true")


@verb("examine")
def examine(
    application: Application, *, by: Officer, version: int, favourable: bool, words: str
) -> Application:
    """The community's opinion after its home visit (社区审查意见)."""
    ready(application, "examine", by)
    words = required_words(words, "words")
    moved, event = move(application, "examine", by=by, version=version, words=words)
    write_opinion(moved, event, favourable=favourable, words=words)
    return moved


@verb("review")
def review(
    application: Application, *, by: Officer, version: int, recommended: bool, words: str, reason: str = ""
) -> Application:
    """The street's first-review opinion (初审意见, 57号 art 19): with the amount by the rules, or against.

    A case that isn't recommended goes to the district, which can refuse or return it only.
    """
    act = "review" if recommended else "advise-against"
    ready(application, act, by)
    words = required_words(words, "words")
    reason = "" if recommended else ground(reason)
    result = benefit_of(application.benefit).assess(application, clock.today())
    if recommended and not result.eligible:
        raise Blocked(not_eligible())
    changes = {
        "recommended": recommended,
        "income_per_head": result.income_per_head,
        "proposed_persons": result.persons if recommended else None,
        "proposed_amount": result.amount if recommended else None,
        "proposed_top_up": result.top_up if recommended else None,
    }
    if not recommended:
        changes["forwarded_on"] = clock.today()
    moved, event = move(
        application,
        act,
        by=by,
        version=version,
        changes=changes,
        words=words,
        reason=reason,
        standards=result.standards,
    )
    write_opinion(
        moved,
        event,
        favourable=recommended,
        words=words,
        reason=reason,
        result=result if recommended else None,
    )
    return moved


@verb("propose")
def propose(application: Application, *, by: Officer, version: int, words: str = "") -> Application:
    """The district proposes to approve, before a second publicity (拟批准, 220号 art 26).

    Raises Blocked while the spot check of the case's list isn't drawn or a visit of the district is missing.
    """
    ready(application, "propose", by)
    words = kept_words(words, "words")
    moved, event = move(application, "propose", by=by, version=version, words=words)
    write_opinion(moved, event, favourable=True, words=words, amount=moved.proposed_amount)
    return moved


@verb("approve")
def approve(application: Application, *, by: Officer, version: int, words: str = "") -> Application:
    """The district confirms the amount that the street proposed and the public saw (57号 arts 20–21)."""
    ready(application, "approve", by)
    words = kept_words(words, "words")
    moved, event = move(
        application,
        "approve",
        by=by,
        version=version,
        changes={
            "decided_on": clock.today(),
            "decided_persons": application.proposed_persons,
            "decided_amount": application.proposed_amount,
            "decided_top_up": application.proposed_top_up,
        },
        words=words,
    )
    write_opinion(moved, event, favourable=True, words=words, amount=moved.decided_amount)
    return moved


@verb("refuse")
def refuse(application: Application, *, by: Officer, version: int, reason: str, words: str) -> Application:
    """The district doesn't confirm; the reasons are given in writing within the days of 57号 art 21."""
    ready(application, "refuse", by)
    words, reason = required_words(words, "words"), ground(reason)
    moved, event = move(
        application,
        "refuse",
        by=by,
        version=version,
        changes={"decided_on": clock.today()},
        words=words,
        reason=reason,
    )
    write_opinion(moved, event, favourable=False, words=words, reason=reason)
    return moved


@verb("return")
def return_for_correction(application: Application, *, by: Officer, version: int, words: str) -> Application:
    """Send the case back to the survey with a reason (退回补正): visits and opinions are made anew.

    What was registered of kin and complaints stays: the district visits such a case anew too.
    """
    ready(application, "return", by)
    moved, _event = move(
        application,
        "return",
        by=by,
        version=version,
        words=required_words(words, "words"),
        reason="correction",
        changes={
            "survey_from": clock.today(),
            "recommended": None,
            "income_per_head": None,
            "proposed_persons": None,
            "proposed_amount": None,
            "proposed_top_up": None,
            "forwarded_on": None,
            "reinvestigation_from": None,
            "spot_check": None,
        },
    )
    return moved


def not_eligible() -> Reason:
    return Reason("not-eligible", _("By the income entered the household isn't below the standard."))


def ground(reason: str) -> str:
    """One of the grounds. Raises Invalid."""
    if reason not in RefusalReason.values:
        raise Invalid({"reason": [Reason("choice", _("Choose the ground on which the case is refused."))]})
    return reason


def write_opinion(
    application: Application,
    event: Event,
    *,
    favourable: bool,
    words: str,
    reason: str = "",
    result: Assessment | None = None,
    amount: Decimal | None = None,
) -> None:
    """Keep what an officer said by `event`, sealed under the household's key."""
    assert event.actor_id is not None  # opinions are given by officers
    Opinion.objects.create(
        application=application,
        level=LEVEL_OF[Role(event.actor_role)],
        act=event.act,
        favourable=favourable,
        reason=reason,
        persons=application.proposed_persons,
        amount=result.amount if result else amount,
        top_up=result.top_up if result else None,
        words=vault_of(application.household).seal_optional("opinion.words", words),
        officer_id=event.actor_id,
        officer_name=event.actor_name,
        event_id=event.pk,
        at=event.at,
    )
