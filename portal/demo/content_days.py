"""Days and months of the demo's texts: they move with today, and an office doesn't sign at the weekend."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from portal.demo.content_reader import Day, Text, Words
from relief.standards.legal_clock import add_working_days
from relief.trail import clock

#: how the months are called in English
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def signed_on(text: Text, today: date) -> date:
    """The day of signing; an office doesn't sign when it is closed."""
    day: Day = text.facts.get("signed", Day())
    signed = day.on(today)
    return signed if day.fixed else office_day(signed)


def public_on(text: Text, today: date) -> date:
    """The next working day, never after today."""
    return min(add_working_days(signed_on(text, today), 1).day, today)


def public_at(text: Text, today: date) -> datetime:
    """In the morning of that day; in the afternoon of the day of signing where today is too late."""
    day = public_on(text, today)
    return clock.at(day, 10) if day < today else clock.at(signed_on(text, today), 15)


def office_day(day: date) -> date:
    """The day itself, or the last working day before it."""
    while add_working_days(day - timedelta(days=1), 1).day != day:
        day -= timedelta(days=1)
    return day


def dated(words: Words, signed: date, language: str) -> Words:
    """`{month}` is the month before the one in which the text was signed."""
    before = signed.replace(day=1) - timedelta(days=1)
    month = (
        f"{MONTHS[before.month - 1]} {before.year}"
        if language == "en"
        else f"{before.year}年{before.month}月"
    )
    return _filled(words, month)


def _filled(value: Any, month: str) -> Any:
    if isinstance(value, str):
        return value.replace("{month}", month)
    if isinstance(value, tuple):
        return tuple(_filled(one, month) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: _filled(getattr(value, one.name), month) for one in fields(value)}
        return replace(value, **changed)
    return value
