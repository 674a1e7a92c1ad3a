"""Days of the law: calendar days, working days with make-up days (调休), and periods.

Truth is `chinesecalendar`, overridden by the bureau's own CalendarDay rows. For a year whose make-up days
are not published yet, statutory holidays are computed and the result is marked provisional.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar
import holidays

from relief.standards.models import CalendarDay

ONE_DAY = timedelta(days=1)
WORKING = "working"
CALENDAR = "calendar"


@dataclass(frozen=True)
class LegalDay:
    """A computed day; `provisional` until the year's make-up days are published."""

    day: date
    provisional: bool = False


def add_working_days(start: date, count: int) -> LegalDay:
    """The day `count` working days after `start` (the day after `start` is the first)."""
    overrides = _overrides()
    day, left, provisional = start, count, False
    while left > 0:
        day += ONE_DAY
        working, unsure = _is_working(day, overrides)
        provisional = provisional or unsure
        left -= working
    return LegalDay(day, provisional)


def period_end(first: date, count: int, counting: str) -> LegalDay:
    """Last day of a period of `count` days whose first day is `first` (counted in): 公示期 7 日."""
    if counting == CALENDAR:
        return LegalDay(first + timedelta(days=count - 1))
    if counting != WORKING:
        raise ValueError(f"days are counted as working or calendar days, not {counting!r}")
    overrides = _overrides()
    working, unsure = _is_working(first, overrides)
    rest = add_working_days(first, count - working)
    return LegalDay(rest.day, rest.provisional or unsure)


def working_days_left(today: date, last: date) -> int:
    """Working days from tomorrow to `last`; negative when `last` has passed."""
    return countdown(today, [last])[last]


def countdown(today: date, lasts: Iterable[date]) -> dict[date, int]:
    """`working_days_left` for many last days, in one query."""
    overrides = _overrides()
    return {last: _days_to(today, last, overrides) for last in set(lasts)}


def _days_to(today: date, last: date, overrides: Mapping[date, bool]) -> int:
    if last < today:
        return -sum(_is_working(last + ONE_DAY * n, overrides)[0] for n in range(1, (today - last).days + 1))
    return sum(_is_working(today + ONE_DAY * n, overrides)[0] for n in range(1, (last - today).days + 1))


def _overrides() -> dict[date, bool]:
    return dict(CalendarDay.objects.values_list("day", "working"))


def _is_working(day: date, overrides: Mapping[date, bool]) -> tuple[bool, bool]:
    """(working day?, provisional?)"""
    if day in overrides:
        return overrides[day], False
    try:
        return chinese_calendar.is_workday(day), False
    except NotImplementedError:
        return day.weekday() < 5 and day not in _statutory(day.year), True


@functools.cache
def _statutory(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)
