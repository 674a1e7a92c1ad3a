"""Enter a household's income totals: declared with the application, verified by the street."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from relief.applications.models import Application
from relief.applications.move import actor_on, wrong_state
from relief.applications.states import State
from relief.errors import Invalid, Reason, WrongState
from relief.officers.models import Officer, Role
from relief.projects.sunshine.models import IncomeTotals, Stage
from relief.trail.actor import Actor
from relief.trail.record import record, set_if, touch
from relief.trail.verb import verb

#: no monthly figure of a household in question comes near it, yuan
LARGEST = Decimal(1_000_000)
AMOUNTS = (*IncomeTotals.PARTS, "deductions", "top_up")

WHEN = {
    Stage.DECLARED: ((State.DRAFT, State.RETURNED), (Role.COMMUNITY_CLERK,)),
    Stage.VERIFIED: ((State.EXAMINED,), (Role.STREET_REVIEWER,)),
}


@verb("income")
def enter_income(
    application: Application,
    *,
    by: Officer,
    version: int,
    stage: str,
    persons: int,
    amounts: Mapping[str, Any],
) -> IncomeTotals:
    """Enter or correct the totals of one stage; raises the case's version.

    Raises WrongState, NotAllowed, Invalid (no amount, negative, too large, more than two decimals), Stale.
    """
    if stage not in WHEN:
        raise Invalid({"stage": [Reason("choice", _("Choose declared or verified income."))]})
    actor = may_enter(application, stage, by)
    values, problems = _amounts(amounts)
    if not 1 <= persons <= 30:
        problems["persons"] = [
            Reason("persons", _("Enter the number of persons assessed together, 1 to 30."))
        ]
    if stage == Stage.DECLARED and values.get("top_up"):
        problems["top_up"] = [Reason("top-up", _("The top-up is granted by the street, not declared."))]
    if problems:
        raise Invalid(problems)
    event = record("income", application, actor=actor, area=application.area, reason=stage, clause="57-13")
    touch(application, version, event, state=application.state)
    held = IncomeTotals.objects.filter(application=application, stage=stage).first()
    if held:
        totals = set_if(held, held.version, {"persons": persons, **values}, event)
    else:
        totals = IncomeTotals(application=application, stage=stage, persons=persons, **values)
        totals.save(event=event)
    return totals


def may_enter(application: Application, stage: str, by: Officer) -> Actor:
    """Who enters the totals of `stage` now. Raises WrongState, NotAllowed."""
    states, roles = WHEN[Stage(stage)]
    if application.state not in states:
        raise WrongState(wrong_state(application))
    return actor_on(application, by, roles)


def _amounts(entered: Mapping[str, Any]) -> tuple[dict[str, Decimal], dict[str, list[Reason]]]:
    values: dict[str, Decimal] = {}
    problems: dict[str, list[Reason]] = {}
    for name in AMOUNTS:
        try:
            value = Decimal(str(entered.get(name) or 0))
        except InvalidOperation:
            problems[name] = [Reason("amount", _("Enter an amount in yuan, for example 1250 or 1250.50."))]
            continue
        if not value.is_finite() or value < 0 or value > LARGEST:
            problems[name] = [Reason("amount-range", _("Enter an amount from 0 to 1,000,000 yuan."))]
        elif value != value.quantize(Decimal("0.01")):
            problems[name] = [Reason("amount-cents", _("Enter at most two decimals."))]
        else:
            values[name] = value
    return values, problems
