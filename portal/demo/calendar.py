"""When the demo's offices are open: working days before the day of loading, from nine to five."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from relief.standards.legal_clock import add_working_days
from relief.trail import clock

OPENS, CLOSES = 9, 17


@dataclass(frozen=True)
class Calendar:
    """The working days before `today`, oldest first; nothing in the demo happens today or later."""

    today: date
    days: tuple[date, ...]

    @classmethod
    def before(cls, today: date, *, since: date) -> Calendar:
        days, day = [], since
        while (day := add_working_days(day, 1).day) < today:
            days.append(day)
        return cls(today, tuple(days))

    def ago(self, count: int) -> date:
        """The working day `count` working days before today; 1 is the last one."""
        return self.days[-count]

    def place(self, day: date) -> int:
        """How many working days before today `day` lies (the next working day, if it's none)."""
        return len(self.days) - bisect_right(self.days, day - timedelta(days=1))

    def after(self, day: date) -> date:
        """The first working day after `day`."""
        return self.days[bisect_right(self.days, day)]


class Diary:
    """A moment that moves forward through office hours."""

    def __init__(self, calendar: Calendar, day: date, hour: int = OPENS, minute: int = 0) -> None:
        self._calendar = calendar
        self.now = clock.at(day, hour, minute)

    def later(self, *, minutes: int) -> datetime:
        """Move on by minutes within the day."""
        self.now += timedelta(minutes=minutes)
        if self.now > clock.at(self.now.date(), CLOSES):
            raise ValueError(f"the offices are closed at {self.now}")
        return self.now

    def on(self, *, days: int, hour: int, minute: int) -> datetime:
        """Move on by working days to a time of that day."""
        place = self._calendar.place(self.now.date()) - days
        if place < 1:
            raise ValueError("the demo ends before its day of loading")
        return self.at(self._calendar.ago(place), hour, minute)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Move on to a moment; never back."""
        moment = clock.at(day, hour, minute)
        if moment < self.now:
            raise ValueError(f"{moment} lies before {self.now}")
        self.now = moment
        return moment
