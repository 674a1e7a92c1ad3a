"""How lists stand, many at once: boards, re-investigations, open objections, what keeps each open (公示监控).

Eight queries at most, whatever the number of lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from relief.applications.models import Application
from relief.applications.states import State
from relief.errors import Reason
from relief.publicity.boards import boards_among
from relief.publicity.close import reasons_to_wait
from relief.publicity.editions import CURRENT
from relief.publicity.evidence_models import BoardEvidence, BoardStep
from relief.publicity.gaps import gaps_among, still_bare
from relief.publicity.models import Entry, ListKind, ListState, PublicList, Response, ResponseState
from relief.trail import clock


@dataclass
class Watch:
    """One list: boards evidenced of those listed, cases looked into again, open objections, days late, boards
    from which it is missing again (`bare`).

    `waits` names what keeps a running list open; empty when it may be closed.
    """

    boards_done: int = 0
    boards: int = 0
    reinvestigated: int = 0
    responses: int = 0
    days_late: int = 0
    bare: int = 0
    waits: list[Reason] = field(default_factory=list)


def watch(lists: Sequence[PublicList]) -> dict[int, Watch]:
    """How each list stands today, by its key."""
    found = {one.pk: Watch() for one in lists}
    hanging = [one for one in lists if one.kind == ListKind.PRE_APPROVAL and one.number]
    for pk, (done, listed) in _boards(hanging).items():
        found[pk].boards_done, found[pk].boards = done, listed
    again = Application.objects.filter(state=State.UNDER_REINVESTIGATION).values("pk")
    for pk, count in _counted(
        Entry.objects.filter(CURRENT, public_list__in=hanging, application_id__in=again)
    ):
        found[pk].reinvestigated = count
    for pk, count in _counted(Response.objects.filter(public_list__in=hanging, state=ResponseState.OPEN)):
        found[pk].responses = count
    today, gaps = clock.today(), gaps_among(hanging)
    for one in hanging:
        if one.state == ListState.RUNNING:
            seen = found[one.pk]
            seen.bare = len(still_bare(gaps.get(one.pk, []), one.ends_on))
            missing = seen.boards_done < seen.boards
            seen.waits = reasons_to_wait(one.ends_on, missing, today, bare=bool(seen.bare))
            seen.days_late = 0 if seen.waits or one.ends_on is None else (today - one.ends_on).days
    return found


def in_trouble(trouble: str, today: date) -> Q:
    """Lists with a trouble: `boards` missing, `late` to close, cases looked into `again`, open `words`."""
    running = Q(kind=ListKind.PRE_APPROVAL, state=ListState.RUNNING)
    if trouble == "boards":
        later = BoardEvidence.objects.filter(
            public_list=OuterRef("public_list"), board=OuterRef("board"), pk__gt=OuterRef("pk")
        )
        bare = BoardEvidence.objects.filter(~Exists(later.filter(step=BoardStep.PINNED_AGAIN)))
        still = bare.filter(step=BoardStep.MISSING).values("public_list")
        return running & (Q(starts_on=None) | Q(pk__in=still))
    if trouble == "late":
        return running & Q(ends_on__lt=today)
    if trouble == "again":
        again = Application.objects.filter(state=State.UNDER_REINVESTIGATION).values("pk")
        return Q(pk__in=Entry.objects.filter(CURRENT, application_id__in=again).values("public_list"))
    return Q(pk__in=Response.objects.filter(state=ResponseState.OPEN).values("public_list"))


def _counted(rows: QuerySet[Any]) -> QuerySet[Any, tuple[int, int]]:
    return rows.order_by().values_list("public_list").annotate(count=Count("pk"))


def _boards(lists: Sequence[PublicList]) -> dict[int, tuple[int, int]]:
    """(boards evidenced, boards on which the list must hang) of each list."""
    listed, done = boards_among(lists)
    return {one.pk: (len(listed[one.pk] & done[one.pk]), len(listed[one.pk])) for one in lists}


def list_counts(lists: QuerySet[PublicList], today: date) -> dict[str, int]:
    """How many of `lists` run, wait for a board, are late to close; and their open objections."""
    counts: dict[str, int] = lists.order_by().aggregate(
        running=Count("pk", filter=Q(kind=ListKind.PRE_APPROVAL, state=ListState.RUNNING)),
        boards=Count("pk", filter=in_trouble("boards", today)),
        late=Count("pk", filter=in_trouble("late", today)),
    )
    words = Response.objects.filter(state=ResponseState.OPEN, public_list__in=lists.order_by().values("pk"))
    return {**counts, "words": words.count()}
