"""What kind of day a day is: working day, weekend, holiday, make-up working day (调休).

Truth is `chinesecalendar`, overridden by the bureau's own CalendarDay rows. A year that neither knows is
presumed from the statutory holidays alone, and every day of it is marked provisional.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import chinese_calendar
import holidays
from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.standards.models import CalendarDay

ONE_DAY = timedelta(days=1)
SATURDAY = 5

#: how the two sources begin the name of a holiday → its name in words
HOLIDAYS: dict[str, Any] = {
    "New Year": _("New Year's Day"),
    "Spring Festival": _("Spring Festival"),
    "Chinese New Year": _("Spring Festival"),
    "Tomb-": _("Tomb-sweeping Day"),
    "Lab": _("Labour Day"),
    "Dragon Boat": _("Dragon Boat Festival"),
    "Mid-": _("Mid-autumn Festival"),
    "National Day": _("National Day"),
    "Anti-Fascist": _("Victory Day"),
}


class Why(models.TextChoices):
    """Why a day counts or not."""

    WORKING = "working", _("working day")
    WEEKEND = "weekend", _("weekend")
    HOLIDAY = "holiday", _("public holiday")
    MAKE_UP = "make-up", _("make-up working day")
    OWN_WORKING = "own-working", _("working day, entered by the bureau")
    OWN_FREE = "own-free", _("day off, entered by the bureau")
    STOPPED = "stopped", _("clock stopped")


@dataclass(frozen=True)
class DayReason:
    """One day: whether it `counts` as a working day and why.

    `name` is the holiday's name, or the source of the bureau's own word; `provisional` while the year's
    make-up days are not published.
    """

    day: date
    counts: bool
    why: Why
    name: Any = ""
    provisional: bool = False


@dataclass(frozen=True)
class Calendar:
    """The bureau's own days (working?, source) and the years whose notice it has entered, read once."""

    own: Mapping[date, tuple[bool, str]]
    years: frozenset[int]

    def day(self, day: date) -> DayReason:
        """What kind of day `day` is."""
        if day in self.own:
            working, source = self.own[day]
            return DayReason(day, working, Why.OWN_WORKING if working else Why.OWN_FREE, source)
        known = _published(day)
        if known is not None:
            return known
        return _ordinary(day) if day.year in self.years else _presumed(day)

    def working_days(self, after: date, last: date) -> int:
        """Working days from the day after `after` to `last`; negative when `last` lies before `after`."""
        if last < after:
            return -self.working_days(last, after)
        return sum(self.day(after + ONE_DAY * n).counts for n in range(1, (last - after).days + 1))

    def knows(self, year: int) -> bool:
        """Whether the holidays and make-up days of `year` are published or entered."""
        return year in self.years or _published(date(year, 1, 1)) is not None


def read_calendar() -> Calendar:
    """The calendar as it stands now; one query."""
    rows = list(CalendarDay.objects.values_list("day", "working", "source", "notice_year"))
    own = {day: (working, source) for day, working, source, _year in rows}
    return Calendar(own, frozenset(year for *_day, year in rows if year is not None))


def missing_years(today: date, ahead: timedelta) -> list[int]:
    """Years that deadlines reach within `ahead` and whose holidays nobody has entered."""
    calendar = read_calendar()
    return [year for year in range(today.year, (today + ahead).year + 1) if not calendar.knows(year)]


def statutory(year: int) -> dict[date, Any]:
    """The holidays that the law itself fixes for `year` (法定节假日), day → name; none that stands in."""
    fixed = {day: name for day, name in _statutory(year).items() if "(observed)" not in name}
    return {day: _name(name) for day, name in sorted(fixed.items())}


def _ordinary(day: date) -> DayReason:
    working = day.weekday() < SATURDAY
    return DayReason(day, working, Why.WORKING if working else Why.WEEKEND)


@functools.lru_cache(maxsize=4096)
def _published(day: date) -> DayReason | None:
    """The day by the State Council's notice; None when that year has none yet."""
    try:
        free, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    ordinary = _ordinary(day)
    if name is None or (not free and ordinary.counts):
        return ordinary
    return DayReason(day, not free, Why.HOLIDAY if free else Why.MAKE_UP, _name(name))


@functools.lru_cache(maxsize=4096)
def _presumed(day: date) -> DayReason:
    name = _statutory(day.year).get(day)
    if name:
        return DayReason(day, False, Why.HOLIDAY, _name(name), provisional=True)
    return replace(_ordinary(day), provisional=True)


@functools.cache
def _statutory(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year, language="en_US")


def _name(name: str) -> Any:
    return next((words for start, words in HOLIDAYS.items() if name.startswith(start)), name)
