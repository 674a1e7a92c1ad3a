"""What all scripts of the demo share: calendar, district, people, the days of the lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.demo.calendar import Calendar
from portal.demo.district import District
from portal.demo.people import People
from portal.demo.story import ListPlan, Story
from relief.errors import Refused
from relief.standards.legal_clock import CALENDAR, Pause, period_end

PERIOD_DAYS = 7
#: a running list that is published so many days ago plus its days left, even after a long holiday
AGE_AND_LEFT = 5
#: working days from a list that is withdrawn to the one that takes its place
EARLIER = 4


@dataclass(frozen=True)
class ListDays:
    """The planned days of a list: published, on its last board, end of the period, closed, announced.

    `missing` are the days on which a board was bare; `first` and `withdrawn_on` the days of a first
    publication that was withdrawn.
    """

    published: date
    hung: date
    ends: date
    closed: date | None
    announced: date | None
    missing: Pause | None = None
    first: date | None = None
    withdrawn_on: date | None = None

    @property
    def ready(self) -> date:
        """The day before which its cases must be reviewed."""
        return self.first or self.published

    @classmethod
    def of(cls, plan: ListPlan, calendar: Calendar) -> ListDays:
        if plan.running:
            return cls._running(calendar, plan.running)
        published = calendar.ago(plan.ago)
        ends = published + timedelta(days=PERIOD_DAYS - 1)
        missing = cls._missing(published, ends, calendar) if plan.missing else None
        if missing:
            ends = period_end(published, PERIOD_DAYS, CALENDAR, [missing]).day
        return cls(
            published,
            published,
            ends,
            calendar.after(ends),
            calendar.ago(plan.announced) if plan.announced else None,
            missing=missing,
            first=calendar.ago(plan.ago + EARLIER) if plan.withdrawn else None,
            withdrawn_on=calendar.ago(plan.ago + EARLIER - 2) if plan.withdrawn else None,
        )

    @staticmethod
    def _missing(published: date, ends: date, calendar: Calendar) -> Pause:
        """Found the working day after, hung again the next; sooner where the offices are closed meanwhile."""
        later = [day for day in calendar.days if published < day <= ends] or [published]
        return Pause(later[0], later[min(1, len(later) - 1)])

    @classmethod
    def _running(cls, calendar: Calendar, since: int) -> ListDays:
        """Published `since` days before the day of loading or on the last working day before.

        After a long holiday the last board is hung by the officer on duty, or the list would be over.
        """
        wanted = calendar.today - timedelta(days=since)
        published = max(day for day in calendar.days if day <= wanted)
        left = (published + timedelta(days=PERIOD_DAYS) - calendar.today).days
        hung = published if left >= max(AGE_AND_LEFT - since, 1) else wanted
        return cls(published, hung, hung + timedelta(days=PERIOD_DAYS - 1), None, None)


@dataclass
class Stage:
    """The ground on which the scripts play."""

    seed: str
    story: Story
    calendar: Calendar
    people: People
    district: District
    lists: dict[int, ListDays]
    on_list: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    #: the keys of cases and of lists before approval, by their numbers in the story
    cases: dict[int, int] = field(default_factory=dict)
    public_lists: dict[int, int] = field(default_factory=dict)
    #: name and telephone of each case's applicant, by the number of its plan
    applicants: dict[int, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def before(cls, today: date, *, since: date, seed: str, story: Story) -> Stage:
        calendar = Calendar.before(today, since=since)
        return cls(
            seed,
            story,
            calendar,
            People(seed, today, story.ground.roads),
            District(story.ground),
            {number: ListDays.of(plan, calendar) for number, plan in story.lists.items()},
        )


def refused(act: Callable[[], object]) -> None:
    """Somebody tries what the rules forbid: it must be refused, and the refusal stays on record."""
    try:
        act()
    except Refused:
        return
    raise AssertionError("the demo tried a forbidden act and it was done")
