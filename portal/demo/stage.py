"""What all scripts of the demo share: calendar, district, people, the days of the lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.demo.calendar import Calendar
from portal.demo.district import District
from portal.demo.people import People
from portal.demo.story import LISTS, RUNNING_SINCE, ListPlan
from relief.errors import Refused

PERIOD_DAYS = 7
#: fewer days left than this and the running list shows nothing of a running list
LEAST_LEFT = 3


@dataclass(frozen=True)
class ListDays:
    """The planned days of a list: published, on its last board, end of the period, closed, announced."""

    published: date
    hung: date
    ends: date
    closed: date | None
    announced: date | None

    @classmethod
    def of(cls, plan: ListPlan, calendar: Calendar) -> ListDays:
        if not plan.ago:
            return cls._running(calendar)
        published = calendar.ago(plan.ago)
        ends = published + timedelta(days=PERIOD_DAYS - 1)
        announced = calendar.ago(plan.announced) if plan.announced else None
        return cls(published, published, ends, calendar.after(ends), announced)

    @classmethod
    def _running(cls, calendar: Calendar) -> ListDays:
        """Five days left on the day of loading; after a weekend fewer.

        After a long holiday the last board is hung by the officer on duty, or the list would be over.
        """
        wanted = calendar.today - timedelta(days=RUNNING_SINCE)
        published = max(day for day in calendar.days if day <= wanted)
        left = (published + timedelta(days=PERIOD_DAYS) - calendar.today).days
        hung = published if left >= LEAST_LEFT else wanted
        return cls(published, hung, hung + timedelta(days=PERIOD_DAYS - 1), None, None)


@dataclass
class Stage:
    """The ground on which the scripts play."""

    seed: str
    calendar: Calendar
    people: People
    district: District = field(default_factory=District)
    lists: dict[int, ListDays] = field(default_factory=dict)
    on_list: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def before(cls, today: date, *, since: date, seed: str) -> Stage:
        calendar = Calendar.before(today, since=since)
        days = {number: ListDays.of(plan, calendar) for number, plan in LISTS.items()}
        return cls(seed, calendar, People(seed, today), lists=days)


def refused(act: Callable[[], object]) -> None:
    """Somebody tries what the rules forbid: it must be refused, and the refusal stays on record."""
    try:
        act()
    except Refused:
        return
    raise AssertionError("the demo tried a forbidden act and it was done")
