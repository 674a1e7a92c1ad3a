"""The bureau's own word on days (日历): single days, and a year's holidays with its make-up days as one set.

Nothing is computed here: who enters a day lets the open cases be recomputed (`applications.recompute`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from relief.errors import Invalid, Reason
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import DISTRICT
from relief.standards.calendar import SATURDAY, read_calendar, statutory
from relief.standards.models import CalendarDay
from relief.trail import bulk
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from relief.trail.verb import verb
from relief.trail.written import unwritable

#: who answers for the district's calendar
KEEPERS = (Role.DISTRICT_LEADER, Role.DISTRICT_APPROVER, "robot")
YEARS = range(2022, 2100)
SOURCE_LIMIT = 120


@verb("enter-calendar-day")
def enter_calendar_day(day: date, *, working: bool, source: str, by: Officer | Robot) -> CalendarDay:
    """Say of one day whether it is a working day, and by what source.

    Raises NotAllowed, Invalid (day entered already, no source).
    """
    actor = acting(by, KEEPERS, DISTRICT)
    source = _source(source)
    if day.year not in YEARS:
        raise Invalid({"day": [Reason("year", _("This day lies too far away."))]})
    if CalendarDay.objects.filter(day=day).exists():
        words = _("This day is entered already: change its row.")
        raise Invalid({"day": [Reason("day-exists", words)]})
    row = CalendarDay(day=day, working=working, source=source)
    row.save(event=record("enter-calendar-day", row, actor=actor, area=DISTRICT))
    return row


@verb("change-calendar-day")
def change_calendar_day(
    row: CalendarDay, *, working: bool, source: str, by: Officer | Robot, version: int
) -> CalendarDay:
    """Say otherwise of a day that is entered. Raises NotAllowed, Invalid, Stale."""
    actor = acting(by, KEEPERS, DISTRICT)
    source = _source(source)
    event = record("change-calendar-day", row, actor=actor, area=DISTRICT)
    return set_if(row, version, {"working": working, "source": source}, event)


@verb("enter-calendar-year")
def enter_calendar_year(
    year: int, *, days_off: Collection[date], make_up: Collection[date], source: str, by: Officer | Robot
) -> list[CalendarDay]:
    """Enter a year's notice (放假安排): all its days off and all its make-up working days (调休).

    Kept are the days that differ from an ordinary week; with them the year is known. Days that were entered
    singly stand as they are. Raises NotAllowed, Invalid (year known already, a day of another year, a make-up
    day that is an ordinary working day or a day off too, a statutory holiday left out).
    """
    actor = acting(by, KEEPERS, DISTRICT)
    source = _source(source)
    off, working = set(days_off), set(make_up)
    _check_year(year, off, working)
    entered = set(CalendarDay.objects.filter(day__year=year).values_list("day", flat=True))
    new = sorted({day for day in off if day.weekday() < SATURDAY} | working)
    rows = [
        CalendarDay(day=day, working=day in working, source=source, notice_year=year)
        for day in new
        if day not in entered
    ]
    if not rows:
        raise Invalid({"days_off": [Reason("no-days", _("Every one of these days is entered already."))]})
    event = record("enter-calendar-year", rows[0], actor=actor, area=DISTRICT, reason=str(year))
    return bulk.create(CalendarDay, rows, event)


def _check_year(year: int, off: set[date], working: set[date]) -> None:
    problems: dict[str, list[Reason]] = {}
    if year not in YEARS or read_calendar().knows(year):
        known = _("The holidays of this year are known already: enter single days.")
        raise Invalid({"year": [Reason("year-known", known)]})
    if others := [day for day in off | working if day.year != year]:
        problems["days_off"] = [Reason("other-year", _of(_("Not in this year: %(days)s."), others))]
    if left_out := [day for day in statutory(year) if day.weekday() < SATURDAY and day not in off]:
        words = _of(_("Statutory holidays are missing: %(days)s."), left_out)
        problems.setdefault("days_off", []).append(Reason("statutory", words))
    if plain := [day for day in working if day.weekday() < SATURDAY]:
        words = _of(_("Ordinary working days are no make-up days: %(days)s."), plain)
        problems["make_up"] = [Reason("no-make-up", words)]
    if both := off & working:
        words = _of(_("Both day off and make-up day: %(days)s."), both)
        problems.setdefault("make_up", []).append(Reason("both", words))
    if problems:
        raise Invalid(problems)


def _of(words: str, days: Iterable[date]) -> str:
    return words % {"days": _(", ").join(day.isoformat() for day in sorted(days))}


def _source(text: str) -> str:
    """The source, which must be named. Raises Invalid."""
    text = text.strip()
    if not text or len(text) > SOURCE_LIMIT:
        words = _("Name the source, for example the number of the notice; at most %(limit)d characters.")
        raise Invalid({"source": [Reason("source", words % {"limit": SOURCE_LIMIT})]})
    if broken := unwritable(text):
        raise Invalid({"source": broken})
    return text
