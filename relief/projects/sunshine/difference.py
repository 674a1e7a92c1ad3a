"""The difference method (补差法, 57号 art 23; pure): standard × persons − counted income, plus the top-up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Difference:
    """Yuan per month; `per_head` is rounded for show, the amount once on the total."""

    per_head: Decimal
    amount: Decimal
    eligible: bool


def difference(
    *, standard: Decimal, persons: int, counted: Decimal, top_up: Decimal = Decimal(0)
) -> Difference:
    """What a household of `persons` with `counted` income (yuan per month) gets.

    Eligible when the income per head is below the standard; compared without division.
    """
    if persons < 1:
        raise ValueError("a household has at least one person")
    eligible = counted < standard * persons
    amount = (
        (standard * persons - counted + top_up).quantize(CENT, ROUND_HALF_UP) if eligible else Decimal("0.00")
    )
    return Difference((counted / persons).quantize(CENT, ROUND_HALF_UP), amount, eligible)
