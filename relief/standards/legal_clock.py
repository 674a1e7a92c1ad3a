"""Days of the law: calendar days, working days with make-up days (调休), periods; explained day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from relief.standards.calendar import ONE_DAY, Calendar, DayReason, Why, read_calendar

WORKING = "working"
CALENDAR = "calendar"


@dataclass(frozen=True)
class LegalDay:
    """A computed day; `provisional` until the year's make-up days are published."""

    day: date
    provisional: bool = False


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stood still, both counted in; `last` is None while it still does (中止)."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def explain(
    start: date, count: int, pauses: Sequence[Pause] = (), calendar: Calendar | None = None
) -> list[DayReason]:
    """Every day from the day after `start` to the `count`-th working day, with the reason why it counts.

    Days of `pauses` don't count. In a pause that still lasts the row ends: no later day is known.
    """
    calendar = calendar or read_calendar()
    found: list[DayReason] = []
    day, left = start, count
    while left > 0:
        day += ONE_DAY
        pause = next((one for one in pauses if one.holds(day)), None)
        reason = DayReason(day, False, Why.STOPPED) if pause else calendar.day(day)
        found.append(reason)
        if pause and pause.last is None:
            break
        left -= reason.counts
    return found


def add_working_days(
    start: date, count: int, pauses: Sequence[Pause] = (), calendar: Calendar | None = None
) -> LegalDay:
    """The day `count` working days after `start` (the day after `start` is the first), pauses left out.

    Raises ValueError while the clock stands still: that day is not known.
    """
    days = explain(start, count, pauses, calendar)
    if sum(one.counts for one in days) < count:
        raise ValueError("the clock stands still: the day is not known")
    return LegalDay(days[-1].day if days else start, any(one.provisional for one in days))


def period_end(first: date, count: int, counting: str, pauses: Sequence[Pause] = ()) -> LegalDay:
    """Last day of a period of `count` days whose first day is `first` (counted in): 公示期 7 日.

    Days of `pauses` don't count; each pause has an end.
    """
    if counting == CALENDAR:
        day, left = first - ONE_DAY, count
        while left > 0:
            day += ONE_DAY
            left -= not any(pause.holds(day) for pause in pauses)
        return LegalDay(day)
    if counting != WORKING:
        raise ValueError(f"days are counted as working or calendar days, not {counting!r}")
    return add_working_days(first - ONE_DAY, count, pauses)


def days_between(after: date, last: date, counting: str) -> int:
    """Days by this counting from the day after `after` to `last`."""
    return (last - after).days if counting == CALENDAR else read_calendar().working_days(after, last)


def working_days_left(today: date, last: date) -> int:
    """Working days from tomorrow to `last`; negative when `last` has passed."""
    return countdown(today, [last])[last]


def countdown(today: date, lasts: Iterable[date]) -> dict[date, int]:
    """`working_days_left` for many last days, in one query."""
    calendar = read_calendar()
    return {last: calendar.working_days(today, last) for last in set(lasts)}
