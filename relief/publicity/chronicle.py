"""What happened to a list: compiled, published, posted board by board, responses, end, names gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from relief.ledger.models import Publication
from relief.places.models import Board
from relief.publicity.evidence_models import Supplement
from relief.publicity.models import Posting, PublicList, Retraction
from relief.trail import clock
from relief.trail.models import Event

#: public acts on a list, and what the public calls them
ACTS = {
    "compile-list": "compiled",
    "publish-list": "published",
    "announce-list": "published",
    "post": "posted",
    "extend-period": "extended",
    "close-list": "closed",
    "list-announced": "announced",
    "expire-names": "names-deleted",
    "withdraw-list": "withdrawn",
    "retract": "left",
    "approve-correction": "corrected",
    "close-rows": "rows-closed",
}
#: the journal's word for a step that has a row of its own there
ENTERED = {
    "published": "list",
    "extended": "period",
    "closed": "close",
    "names-deleted": "expire",
    "withdrawn": "withdraw",
    "left": "retract",
    "corrected": "correct",
    "rows-closed": "rows",
}


@dataclass(frozen=True)
class Milestone:
    """One step. `seq` is its row of the publication journal, where it has one; `row` the row that left,
    `supplement` the days that were added.
    """

    kind: str
    at: datetime
    board: Board | None = None
    posted_on: date | None = None
    seq: int | None = None
    row: int | None = None
    supplement: Supplement | None = None


def chronicle(public_list: PublicList) -> list[Milestone]:
    """The public steps of a list, newest first. Five queries at most, whatever the list's size."""
    events = Event.objects.filter(
        subject_kind=PublicList._meta.model_name, subject_code=public_list.code, act__in=ACTS
    ).order_by("pk")
    journal = {
        (row.event_id, row.kind): row.seq for row in Publication.objects.filter(ref=public_list.number or "")
    }
    postings = Posting.objects.filter(public_list=public_list).exclude(board=None).select_related("board")
    posted = {posting.event_id: posting for posting in postings}
    left = _rows_that_left(public_list) if any(event.act == "retract" for event in events) else {}
    extended = any(event.act == "extend-period" for event in events)
    supplements = public_list.supplements.select_related("board") if extended else []
    added = {one.event_id: one for one in supplements}
    steps: list[Milestone] = []
    for event in events:
        posting, kind = posted.get(event.pk), ACTS[event.act]
        steps.append(
            Milestone(
                kind,
                event.at,
                board=posting.board if posting else None,
                posted_on=posting.posted_on if posting else None,
                seq=journal.get((event.pk, ENTERED.get(kind, ""))),
                row=left.get(event.pk),
                supplement=added.get(event.pk),
            )
        )
        begun = journal.get((event.pk, "period"))
        if begun and kind != "extended":
            steps.append(Milestone("period", event.at, seq=begun))
    if public_list.names_until and public_list.names_until < clock.today():
        steps.append(Milestone("names-hidden", clock.at(public_list.names_until + timedelta(days=1), hour=0)))
    return [
        step for _n, step in sorted(enumerate(steps), key=lambda pair: (pair[1].at, pair[0]), reverse=True)
    ]


def _rows_that_left(public_list: PublicList) -> dict[int, int]:
    """Number of each row that left, by the act that took it away."""
    retracted = Retraction.objects.filter(entry__public_list=public_list)
    return dict(retracted.values_list("event_id", "entry__row_number"))
