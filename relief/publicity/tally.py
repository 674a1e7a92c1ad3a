"""What the public is told of rows that left a list, and of objections to it: numbers, never a name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from relief.publicity.models import PublicList, Response, ResponseState, Retraction
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


def left_counts(lists: Collection[PublicList]) -> dict[int, int]:
    """How many rows left each list, by its key; lists that none left are absent. One query."""
    found = Retraction.objects.filter(entry__public_list__in=lists, edition=None).order_by()
    counted = found.values_list("entry__public_list").annotate(n=Count("pk"))
    return dict(counted)


@dataclass(frozen=True)
class ResponseCounts:
    """Objections to a list. `ended` are those taken back, and those whose case was ended or withdrawn."""

    upheld: int = 0
    rejected: int = 0
    open: int = 0
    ended: int = 0

    @property
    def received(self) -> int:
        return self.upheld + self.rejected + self.open + self.ended


def response_counts(public_list: PublicList) -> ResponseCounts:
    """Objections to a list by what came of them. One query."""
    found = Response.objects.filter(public_list=public_list).order_by().values_list("state")
    counts = dict(found.annotate(n=Count("pk")))
    return ResponseCounts(
        upheld=counts.get(ResponseState.UPHELD, 0),
        rejected=counts.get(ResponseState.REJECTED, 0),
        open=counts.get(ResponseState.OPEN, 0),
        ended=counts.get(ResponseState.WITHDRAWN, 0) + counts.get(ResponseState.LAPSED, 0),
    )
