"""The boards on which a list must hang (公告栏), and the period that begins when all are evidenced.

They are those in use when the list was published: a board set up while the list runs changes nothing of it,
one that was put out of use before the list hung there is waited for no longer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, OuterRef, Subquery

from relief.applications.models import Application
from relief.places.models import Board
from relief.publicity.evidence_models import BoardEvidence, BoardStep
from relief.publicity.gaps import gaps_of, still_bare
from relief.publicity.models import Entry, Posting, PublicList
from relief.standards.legal_clock import period_end
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.models import Event


def fix_boards(public_list: PublicList, actor: Actor, event: Event) -> None:
    """Keep for ever on which boards the list must hang; called once, as it is published."""
    BoardEvidence.objects.bulk_create(
        BoardEvidence(
            public_list=public_list,
            board=board,
            step=BoardStep.LISTED,
            happened_on=clock.today(),
            officer_id=actor.id,
            officer_name=actor.name,
            event_id=event.pk,
            at=event.at,
        )
        for board in listed_boards(public_list)
    )


def boards_among(lists: Iterable[PublicList]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Keys of the boards on which each list must hang, and of those on which it does; by the list's key.

    At most four queries, whatever the number of lists.
    """
    lists = list(lists)
    done: dict[int, set[int]] = {one.pk: set() for one in lists}
    for pk, board in Posting.objects.filter(public_list__in=lists, board__isnull=False).values_list(
        "public_list", "board"
    ):
        done[pk].add(board)
    fixed: dict[int, set[int]] = defaultdict(set)
    for pk, board, in_use in BoardEvidence.objects.filter(
        public_list__in=lists, step=BoardStep.LISTED
    ).values_list("public_list", "board", "board__in_use"):
        if in_use or board in done[pk]:
            fixed[pk].add(board)
    open_ones = [one for one in lists if one.pk not in fixed and one.starts_on is None]
    now = _in_use(open_ones) if open_ones else {}
    listed = {one.pk: fixed.get(one.pk) or (now.get(one.pk, set()) | done[one.pk]) for one in lists}
    return listed, done


def _in_use(lists: list[PublicList]) -> dict[int, set[int]]:
    """Boards in use today in the communities of each list's cases."""
    place = Application.objects.filter(pk=OuterRef("application_id")).values("community_id")[:1]
    places = Entry.objects.filter(public_list__in=lists).annotate(place=Subquery(place))
    boards: dict[str, set[int]] = defaultdict(set)
    for pk, area in Board.objects.filter(in_use=True).values_list("pk", F("area__number")):
        boards[area].add(pk)
    found: dict[int, set[int]] = defaultdict(set)
    for pk, area in places.order_by().values_list("public_list", "place").distinct():
        found[pk] |= boards[area]
    return found


def listed_boards(public_list: PublicList) -> list[Board]:
    """Boards on which the list must hang, with their communities."""
    listed, _done = boards_among([public_list])
    return list(Board.objects.filter(pk__in=listed[public_list.pk]).select_related("area"))


def missing_boards(public_list: PublicList) -> list[Board]:
    """Listed boards without evidence yet."""
    listed, done = boards_among([public_list])
    wanted = listed[public_list.pk] - done[public_list.pk]
    return list(Board.objects.filter(pk__in=wanted).select_related("area"))


def boards_done(public_list: PublicList) -> tuple[int, int]:
    """(boards evidenced, boards on which the list must hang)."""
    listed, done = boards_among([public_list])
    return len(listed[public_list.pk] & done[public_list.pk]), len(listed[public_list.pk])


def period_if_evidenced(public_list: PublicList, days: int, counting: str) -> dict[str, date]:
    """First and last day, once the web and every listed board are evidenced; nothing before.

    Day 1 is the latest day of posting, or of pinning up again what was missing before it. A list whose
    communities have no board begins with the web. A period that has begun never begins again.
    """
    if public_list.starts_on is not None or missing_boards(public_list):
        return {}
    gaps = gaps_of(public_list)
    if still_bare(gaps, None):
        return {}
    first = max(
        [*public_list.postings.values_list("posted_on", flat=True), *(gap.last for gap in gaps if gap.last)]
    )
    last = period_end(first, days, counting).day
    return {"starts_on": first, "ends_on": last, "names_until": last}
