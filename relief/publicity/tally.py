"""What the public is told of rows that left a list, and of responses to it: numbers, never a name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from statistics import median_low

from django.db.models import Count
from django.utils.translation import gettext as _

from relief.errors import MissingStandard
from relief.publicity.models import PublicList, Response, ResponseKind, ResponseState, Retraction
from relief.standards.in_force import in_force
from relief.trail import clock


@dataclass(frozen=True)
class LeftRow:
    """Row `number` left its list on a day: its case is no longer before the public."""

    number: int
    on: date


def left_rows(public_list: PublicList) -> list[LeftRow]:
    """The rows that left the list before their time, in the list's order; corrections are told elsewhere."""
    found = Retraction.objects.filter(entry__public_list=public_list, edition=None)
    found = found.order_by("entry__row_number")
    return [
        LeftRow(number, at.astimezone(clock.SHANGHAI).date())
        for number, at in found.values_list("entry__row_number", "at")
    ]


@dataclass(frozen=True)
class RemovedRow:
    """Row `number` was taken off by the correction that made `edition`; `reason` is a public class."""

    number: int
    edition: int
    reason: str


def removed_rows(public_list: PublicList) -> list[RemovedRow]:
    """The rows that corrections took off the list; nothing is asked of a list never corrected."""
    if not public_list.edition:
        return []
    found = Retraction.objects.filter(entry__public_list=public_list, edition__isnull=False)
    rows = found.order_by("entry__row_number").values_list("entry__row_number", "edition", "reason")
    return [RemovedRow(number, edition or 0, reason) for number, edition, reason in rows]


def left_counts(lists: Collection[PublicList]) -> dict[int, int]:
    """How many rows left each list, by its key; lists that none left are absent. One query."""
    found = Retraction.objects.filter(entry__public_list__in=lists, edition=None).order_by()
    counted = found.values_list("entry__public_list").annotate(n=Count("pk"))
    return dict(counted)


EXACT, FEWER, AT_LEAST, HIDDEN = "exact", "fewer", "at-least", "hidden"
#: parts of what was received, and the states that each counts
PARTS: dict[str, tuple[str, ...]] = {
    "upheld": (ResponseState.UPHELD,),
    "refused": (ResponseState.REJECTED,),
    "open": (ResponseState.OPEN,),
    "ended": (ResponseState.WITHDRAWN, ResponseState.LAPSED),
}


@dataclass(frozen=True)
class Shown:
    """A count as the public may see it: `number` itself, fewer than it, at least it, or not shown."""

    number: int
    bound: str = EXACT

    def __str__(self) -> str:
        if self.bound == FEWER:
            return _("fewer than %(number)d") % {"number": self.number}
        if self.bound == AT_LEAST:
            return _("%(number)d or more") % {"number": self.number}
        return _("not shown") if self.bound == HIDDEN else str(self.number)

    @property
    def data(self) -> int | str | None:
        """The same for machines: `5`, `"<3"`, `">=3"`, null for not shown."""
        signs = {FEWER: f"<{self.number}", AT_LEAST: f">={self.number}", HIDDEN: None}
        return signs.get(self.bound, self.number)


@dataclass(frozen=True)
class KindCounts:
    """Responses of one kind. `ended`: taken back, or ended with case or list; `days` to answer (median)."""

    kind: ResponseKind
    received: Shown
    upheld: Shown
    refused: Shown
    open: Shown
    ended: Shown
    days: int | None = None


@dataclass(frozen=True)
class ResponseCounts:
    """Responses to a list by kind, zero too; counts below `small` are not told, nor what would tell them."""

    small: int
    kinds: tuple[KindCounts, ...]

    @property
    def suppressed(self) -> bool:
        """Whether any count is told by bounds only, or not at all."""
        parts = ("received", *PARTS)
        return any(getattr(one, name).bound != EXACT for one in self.kinds for name in parts)


def response_counts(public_list: PublicList) -> ResponseCounts:
    """Responses to a list by kind and by what came of them. Two queries, whatever their number."""
    columns = ("kind", "state", "received_on", "answered_on")
    rows = list(Response.objects.filter(public_list=public_list).order_by().values_list(*columns))
    try:
        small = in_force("responses.small-count", clock.today()).number
    except MissingStandard:
        small = len(rows) + 1  # the careful side until the bureau has entered it
    return ResponseCounts(small, tuple(_of_kind(kind, rows, small) for kind in ResponseKind))


def _of_kind(
    kind: ResponseKind, rows: Sequence[tuple[str, str, date, date | None]], small: int
) -> KindCounts:
    mine = [row for row in rows if row[0] == kind]
    parts = [sum(row[1] in states for row in mine) for states in PARTS.values()]
    received, shown = suppress(len(mine), parts, small)
    answered = (ResponseState.UPHELD, ResponseState.REJECTED)
    days = [(last - first).days for _kind, state, first, last in mine if state in answered and last]
    told = len(days) >= max(small, 1) and all(one.bound != HIDDEN for one in shown)
    by_part = dict(zip(PARTS, shown, strict=True))
    return KindCounts(kind, received, **by_part, days=median_low(days) if told else None)


def suppress(received: int, parts: Sequence[int], small: int) -> tuple[Shown, list[Shown]]:
    """A sum and its parts as they may be told (pure): nothing below `small` follows, by subtraction either.

    First small numbers alone become "fewer than"; then large parts "or more"; then no part is told.
    """
    total = _told(received, small)
    hidden = [Shown(0, HIDDEN)] * len(parts)
    for shown in (
        [_told(part, small) for part in parts],
        [_told(part, small, coarse=True) for part in parts],
        hidden,
    ):
        if _safe(total, shown, small):
            return total, shown
    return Shown(0, HIDDEN), hidden


def _told(number: int, small: int, *, coarse: bool = False) -> Shown:
    if 0 < number < small:
        return Shown(small, FEWER)
    return Shown(small, AT_LEAST) if coarse and number >= small > 0 else Shown(number)


def _safe(total: Shown, parts: Sequence[Shown], small: int) -> bool:
    """Whether every number told as "fewer than" could still be more than one."""
    if parts and parts[0].bound == HIDDEN:
        return total.bound == EXACT or small > 2
    unsure = [place for place, one in enumerate((total, *parts)) if one.bound == FEWER]
    found: dict[int, set[int]] = {place: set() for place in unsure}
    for values in _possible(total, parts, small):
        for place, value in zip(unsure, values, strict=True):
            found[place].add(value)
    return all(len(values) > 1 for values in found.values())


def _possible(total: Shown, parts: Sequence[Shown], small: int) -> Iterator[tuple[int, ...]]:
    """Every way in which the numbers told as "fewer than" (the sum first) fit the others."""
    fixed = sum(one.number for one in parts if one.bound == EXACT)
    more = sum(one.bound == AT_LEAST for one in parts)
    few = sum(one.bound == FEWER for one in parts)
    for whole in range(1, small) if total.bound == FEWER else (total.number,):
        for values in product(range(1, small), repeat=few):
            rest = whole - fixed - sum(values)
            if rest >= small * more if more else rest == 0:
                yield (whole, *values) if total.bound == FEWER else values
