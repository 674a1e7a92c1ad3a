"""What the log of searches says: words in plain with their counts, and how much is behind digests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median_low
from typing import Any

from django.db.models import F, Q, Sum

from portal.finder.asked_models import AskedCount, AskedWords, What
from relief.trail import clock
from search.characters import fold

FREQUENT, IN_VAIN, UNOPENED = "frequent", "in-vain", "unopened"
SHOWS = (FREQUENT, IN_VAIN, UNOPENED)
#: the days that can be asked for: today and those before it
WEEK, MONTH = 7, 30


@dataclass(frozen=True)
class Wanted:
    """Which words are asked for: one of `SHOWS`, days back, a language (empty: each), a part of them."""

    show: str = FREQUENT
    days: int = MONTH
    language: str = ""
    part: str = ""
    newest: bool = False


def report(wanted: Wanted) -> Any:
    """Words in plain with `asked`, `nothing`, `loose` and `opened` in these days, the most frequent first."""
    counted = {what.value: _sum(what, wanted) for what in What}
    rows: Any = AskedWords.objects.filter(digest="").annotate(**counted)
    rows = rows.filter(asked__gt=0)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.part:
        rows = rows.filter(folded__contains=fold(wanted.part))
    first: Any = F("asked")
    if wanted.show == IN_VAIN:
        first = F("nothing") + F("loose")
        rows = rows.filter(Q(nothing__gt=0) | Q(loose__gt=0))
    elif wanted.show == UNOPENED:
        rows = rows.filter(opened=0, asked__gt=F("nothing"))
    return rows.order_by(*(["-last_on"] if wanted.newest else []), first.desc(), "-last_on", "pk")


def usual_places(rows: Iterable[AskedWords], days: int) -> dict[int, int]:
    """Of each row the place in the middle of those that were opened; 11 stands for all further ones."""
    counts = AskedCount.objects.filter(words__in=list(rows), what=What.OPENED, day__gt=_before(days))
    places: dict[int, list[int]] = {}
    for key, place, times in counts.values_list("words_id", "place").annotate(Sum("times")).order_by("place"):
        places.setdefault(key, []).extend([place] * times)
    return {key: median_low(found) for key, found in places.items()}


def behind_digests() -> int:
    """How many searches of the running week had words that fewer visitors searched for than are needed."""
    counts = AskedCount.objects.filter(what=What.ASKED).exclude(words__digest="")
    return int(counts.aggregate(times=Sum("times", default=0))["times"])


def _sum(what: What, wanted: Wanted) -> Sum:
    return Sum("counts__times", filter=Q(counts__what=what, counts__day__gt=_before(wanted.days)), default=0)


def _before(days: int) -> object:
    return clock.today() - timedelta(days=days)
