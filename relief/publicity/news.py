"""What changed in public, newest first, from the publication journal: for feeds and calendars, no name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from relief.ledger.models import Publication
from relief.publicity.correction_models import Correction
from relief.publicity.evidence_models import Supplement
from relief.publicity.models import ListKind, ListState, PublicList, Retraction

#: kinds of the journal that a feed tells; counts of responses would only be noise
KINDS = ("list", "period", "close", "expire", "retract", "withdraw", "correct", "rows")
#: what changes the days or the words of a calendar's event
MOVES = ("period", "correct", "withdraw")
NEWEST = 50


@dataclass(frozen=True)
class News:
    """One row of the journal with its list; the supplement, correction or row number that it is about."""

    seq: int
    kind: str
    at: datetime
    list: PublicList
    supplement: Supplement | None = None
    correction: Correction | None = None
    row: int | None = None


@dataclass(frozen=True)
class Dated:
    """A list with its period, how often that was changed in public, and when last."""

    list: PublicList
    changes: int
    at: datetime


def news(street: str = "", limit: int = NEWEST) -> list[News]:
    """The newest changes of all lists, or of a street's. Five queries, whatever there is to tell."""
    rows = list(Publication.objects.filter(_of(street, "ref"), kind__in=KINDS).order_by("-seq")[:limit])
    lists = {one.number: one for one in PublicList.objects.filter(number__in={row.ref for row in rows})}
    events = [row.event_id for row in rows]
    supplements = {
        one.event_id: one for one in Supplement.objects.filter(event_id__in=events).select_related("board")
    }
    left = dict(Retraction.objects.filter(event_id__in=events).values_list("event_id", "entry__row_number"))
    corrections = {
        (one.public_list_id, one.digest_after): one
        for one in Correction.objects.filter(public_list__in=[one.pk for one in lists.values()])
    }
    return [
        News(
            row.seq,
            row.kind,
            row.at,
            lists[row.ref],
            supplement=supplements.get(row.event_id) if row.kind == "period" else None,
            correction=corrections.get((lists[row.ref].pk, row.digest)) if row.kind == "correct" else None,
            row=left.get(row.event_id) if row.kind == "retract" else None,
        )
        for row in rows
        if row.ref in lists
    ]


def periods(street: str = "", limit: int = NEWEST) -> list[Dated]:
    """The newest lists whose period is known, also those withdrawn since, with their changes. Two queries."""
    lists = list(
        PublicList.objects.filter(_of(street, "number"), kind=ListKind.PRE_APPROVAL)
        .exclude(state=ListState.COMPILED)
        .exclude(starts_on=None)
        .exclude(ends_on=None)
        .order_by("-starts_on", "-pk")[:limit]
    )
    told = _changes(one.number or "" for one in lists)
    return [Dated(one, *told[one.number or ""]) for one in lists if one.number in told]


def _changes(numbers: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """How often each list's days or words were changed after its period began, and when last."""
    found: QuerySet[Publication] = Publication.objects.filter(ref__in=list(numbers), kind__in=MOVES)
    counted = found.order_by().values_list("ref").annotate(n=Count("seq"), last=Max("at"))
    return {ref: (n - 1, last) for ref, n, last in counted}


def _of(street: str, field: str) -> Q:
    """A list's number names its street: `gs-101-2026-003`."""
    which = Q()
    if street:
        for kind in ListKind.values:
            which |= Q(**{f"{field}__startswith": f"{kind}-{street}-"})
    return which
