"""Days on which a list was missing from a board (缺失): found by a spot check, ended by pinning up again.

Both the day on which it was found missing and the day on which it hung again are missing days: on neither
did it hang the whole day. Missing days within the period are added at its end (补充公示), each once, however
many boards were bare on it. While the period has run out and the days are not added yet, the web shows no
names either; such days don't count as shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from relief.ledger.models import Publication
from relief.publicity.evidence_models import BoardEvidence, BoardStep, Supplement
from relief.publicity.models import PublicList
from relief.standards.calendar import ONE_DAY
from relief.standards.legal_clock import Pause, period_end
from relief.trail import clock

OPENS_OR_ENDS = (BoardStep.MISSING, BoardStep.PINNED_AGAIN)


@dataclass(frozen=True)
class Gap:
    """One board was bare from `first` to `last`, both counted; `last` is None while it still is.

    `opened` and `ended` are the Events that say so.
    """

    board_id: int
    first: date
    opened: int
    last: date | None = None
    ended: int | None = None


def gaps_among(lists: Iterable[PublicList]) -> dict[int, list[Gap]]:
    """Gaps of many lists by the list's key, each in the order in which they were found; one query."""
    rows = BoardEvidence.objects.filter(public_list__in=list(lists), step__in=OPENS_OR_ENDS).order_by("pk")
    still: dict[tuple[int, int], Gap] = {}
    found: dict[int, list[Gap]] = defaultdict(list)
    for row in rows:
        key = (row.public_list_id, row.board_id)
        if row.step == BoardStep.MISSING:
            still.setdefault(key, Gap(row.board_id, row.happened_on, row.event_id))
        elif gap := still.pop(key, None):
            found[key[0]].append(Gap(gap.board_id, gap.first, gap.opened, row.happened_on, row.event_id))
    for (pk, _board), gap in still.items():
        found[pk].append(gap)
    return {pk: sorted(gaps, key=lambda gap: gap.opened) for pk, gaps in found.items()}


def gaps_of(public_list: PublicList) -> list[Gap]:
    """The gaps of one list."""
    return gaps_among([public_list]).get(public_list.pk, [])


def still_bare(gaps: Iterable[Gap], last: date | None) -> list[Gap]:
    """Gaps that aren't ended and began within the period (pure); what began after `last` does nothing."""
    return [gap for gap in gaps if gap.last is None and (last is None or gap.first <= last)]


def keeps_open(public_list: PublicList) -> bool:
    """Whether a board on which the list should hang is bare: then the period isn't over."""
    return bool(still_bare(gaps_of(public_list), public_list.ends_on))


def new_last_day(public_list: PublicList, gaps: Sequence[Gap], ended_before: Sequence[Supplement]) -> date:
    """Last day once every missing day of `gaps` is added; never before the day that stands.

    Gaps that ended before the period began are no part of it: `begun_by` says which.
    """
    assert public_list.starts_on and public_list.ends_on and public_list.days
    begun = begun_by(public_list)
    pauses = [
        Pause(gap.first, gap.last) for gap in gaps if gap.last and gap.ended is not None and gap.ended > begun
    ]
    pauses += [
        Pause(first, last)
        for one in ended_before
        if (out := web_out(one.ended_before, one.at.astimezone(clock.SHANGHAI).date()))
        for first, last in [out]
    ]
    if out := web_out(public_list.ends_on, clock.today()):
        pauses.append(Pause(*out))
    found = period_end(public_list.starts_on, public_list.days, public_list.counting, pauses).day
    return max(found, public_list.ends_on)


def web_out(last: date, today: date) -> tuple[date, date] | None:
    """Days on which the web showed no name though the list wasn't over: after `last`, before `today`."""
    return (last + ONE_DAY, today - ONE_DAY) if today - ONE_DAY > last else None


def begun_by(public_list: PublicList) -> int:
    """The Event with which the period began; 0 where the journal doesn't say."""
    rows = Publication.objects.filter(kind="period", ref=public_list.number or "")
    return rows.order_by("seq").values_list("event_id", flat=True).first() or 0
