"""Decide that a standing award changes or ends (调整、终止待遇): announced in its street's next list.

The re-declaration that leads to it is a road of its own; here stands what the district decided. The old
period goes on until the announcement, which writes the new one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.awards.models import Adjustment, AdjustmentKind, Award, AwardPeriod, AwardStatus
from relief.awards.opening import month_after
from relief.errors import Blocked, Invalid, Reason
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.trail import clock
from relief.trail.record import hold, record, touch
from relief.trail.verb import verb

#: 57号 art 31 to 33: who adjusts, increases, reduces or ends
CLAUSE = "57-31"
DECIDES = {Role.DISTRICT_APPROVER}
MOST = Decimal("9999999.99")


class AdjustmentReason(models.TextChoices):
    """Why; the public reads what changes, never why."""

    INCOME = "income", gettext_lazy("income or property changed")
    MEMBERS = "members", gettext_lazy("members of the household changed")
    MOVED = "moved", gettext_lazy("moved to another district")
    DEATH = "death", gettext_lazy("a member died")
    NO_COOPERATION = "no-cooperation", gettext_lazy("did not re-declare or co-operate")
    OWN_WISH = "own-wish", gettext_lazy("gave it up")


@verb("decide-change")
def decide_change(
    award: Award, *, by: Officer, version: int, amount: Decimal, persons: int, from_month: date, reason: str
) -> Adjustment:
    """Another amount (yuan per month) or number of persons from a month on.

    Raises NotAllowed, Invalid, Blocked (ended; a decided change waits; nothing changes), Stale.
    """
    problems = _common_problems(from_month, reason)
    if not Decimal(0) < amount <= MOST or amount != amount.quantize(Decimal("0.01")):
        words = _("Write an amount above 0 with at most two decimals; to end the guarantee, end it.")
        problems["amount"] = [Reason("amount", words)]
    if not 0 < persons <= 30:
        problems["persons"] = [Reason("persons", _("Enter between 1 and 30 persons."))]
    if problems:
        raise Invalid(problems)
    return _decide(award, "decide-change", by, version, reason, from_month, amount, persons)


@verb("decide-ending")
def decide_ending(award: Award, *, by: Officer, version: int, from_month: date, reason: str) -> Adjustment:
    """No guarantee from a month on. Raises NotAllowed, Invalid, Blocked, Stale."""
    if problems := _common_problems(from_month, reason):
        raise Invalid(problems)
    return _decide(award, "decide-ending", by, version, reason, from_month)


def current_period(award: Award) -> AwardPeriod | None:
    """The newest period of an award: what it gives until something else is announced."""
    return award.periods.order_by("-from_month", "-pk").first()


def _common_problems(from_month: date, reason: str) -> dict[str, list[Reason]]:
    problems: dict[str, list[Reason]] = {}
    first = month_after(clock.today())
    if from_month.day != 1 or not first <= from_month <= first.replace(year=first.year + 1):
        words = _("It begins with the first day of a coming month, within a year.")
        problems["from_month"] = [Reason("from-month", words)]
    if reason not in AdjustmentReason.values:
        problems["reason"] = [Reason("choice", _("Choose the reason."))]
    return problems


def _decide(
    award: Award,
    act: str,
    by: Officer,
    version: int,
    reason: str,
    from_month: date,
    amount: Decimal | None = None,
    persons: int | None = None,
) -> Adjustment:
    actor = acting(by, DECIDES, award.community_id)
    award = hold(award, version)
    period = current_period(award)
    if award.status == AwardStatus.ENDED or period is None:
        raise Blocked(Reason("award-ended", _("This guarantee has ended.")))
    if award.adjustments.filter(entry=None).exists():
        words = _("A change of this guarantee is decided already and waits to be announced.")
        raise Blocked(Reason("adjustment-open", words))
    if (amount, persons) == (period.amount, period.persons):
        raise Blocked(Reason("nothing-changes", _("The guarantee gives this already: nothing changes.")))
    event = record(act, award, actor=actor, area=award.community_id, reason=reason, clause=CLAUSE)
    adjustment = Adjustment(
        award=award,
        kind=AdjustmentKind.ENDED if amount is None else AdjustmentKind.CHANGED,
        reason=reason,
        amount=amount,
        persons=persons,
        from_month=from_month,
        decided_on=clock.today(),
    )
    adjustment.save(event=event)
    touch(award, version, event)
    return adjustment
