"""The sum of a list's monthly amounts: kept with the list, it stays public after the names have gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from relief.errors import MissingStandard
from relief.publicity.disclose import money
from relief.publicity.models import ListKind, PublicList
from relief.standards.in_force import in_force
from relief.trail import clock

COLUMN = "amount"
LEAST = "disclosure.sum.least"


def has_sum(public_list: PublicList) -> bool:
    """Whether the list's amounts add up to anything: on a list of changes and endings they don't."""
    return public_list.kind != ListKind.CHANGES and COLUMN in public_list.columns


def sum_of(
    public_list: PublicList, rows: Sequence[Mapping[str, Any]], *, counts_only: bool = False
) -> Decimal | None:
    """Yuan per month over all rows; none where the list shows counts only or `kept` says so."""
    if counts_only or not has_sum(public_list):
        return None
    return kept(sum((amount_in(row) for row in rows), Decimal(0)), len(rows))


def kept(total: Decimal, households: int) -> Decimal | None:
    """The sum, unless so few households stand behind it that it would tell one of them for ever."""
    try:
        least = in_force(LEAST, clock.today()).number
    except MissingStandard:
        return None  # the careful side until the bureau has entered it
    return total if households >= least else None


def amount_in(row: Mapping[str, Any] | None) -> Decimal:
    """Yuan per month in a public row."""
    return Decimal(str(row[COLUMN])) if row and COLUMN in row else Decimal(0)


def as_data(total: Decimal | None) -> str | None:
    """`"35120.00"` for machines, null where no sum is kept."""
    return None if total is None else money(total)
