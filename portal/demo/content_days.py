"""Days and months of the demo's texts: they move with today, and an office doesn't sign at the weekend."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from portal.demo.content_reader import Day, Text, Words

#: how the months are called in English
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def signed_on(text: Text, today: date) -> date:
    """The day of signing; an office doesn't sign at the weekend."""
    day: Day = text.facts.get("signed", Day())
    signed = day.on(today)
    return signed if day.fixed else signed - timedelta(days=max(signed.weekday() - 4, 0))


def public_on(text: Text, today: date) -> date:
    """The next working day of the week, never after today."""
    after = signed_on(text, today) + timedelta(days=1)
    return min(after + timedelta(days=(7 - after.weekday()) % 7 if after.weekday() > 4 else 0), today)


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
