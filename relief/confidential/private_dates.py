"""Days in a text that are none of its own (pure): a date of birth, in whatever notation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from relief.confidential.private_kinds import Allowed, Found, Kind

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
YEAR = r"(?P<y>(?:19|20)\d\d)"
DAY = r"(?P<d>\d{1,2})"
#: notations of a whole day
NOTATIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){YEAR}\s*[-/.年‐-―]\s*(?P<m>\d{{1,2}})\s*[-/.月‐-―]\s*{DAY}(?!\d)",
        rf"(?<![0-9A-Za-z.]){YEAR}(?P<m>\d\d)(?P<d>\d\d)(?![0-9A-Za-z])",
        rf"(?<!\d){DAY}(?:st|nd|rd|th)?\s+{MONTH},?\s+{YEAR}(?!\d)",
        rf"\b{MONTH}\s+{DAY}(?:st|nd|rd|th)?,?\s+{YEAR}(?!\d)",
        rf"(?<!\d){DAY}\s*[/.]\s*(?P<m>\d{{1,2}})\s*[/.]\s*{YEAR}(?!\d)",
        r"(?<!\d)(?P<short>\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]",
        r"(?<!\d)(?P<y>(?:[12] ){2,3}\d \d|[12] [90] \d \d) (?P<m>\d \d) (?P<d>\d \d)(?! ?\d)",
    )
)
#: a year or month of birth, said as one
BORN = re.compile(
    r"(?:出生(?:日期|年月|于|时间)?|生于|生日|born|birthday|birth|\bdob\b)\D{0,8}(?:19|20)?\d\d(?!\d*\s*(?:户|人|元))"
    r"|(?:19|20)\d\d\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?\s*(?:出生|生人|生于|生(?![效活育产]))",
    re.IGNORECASE,
)


def private_days(text: str, allowed: Allowed) -> Iterator[Found]:
    """Each day of a text as `readings` gives it that isn't one of `allowed.days`."""
    for notation in NOTATIONS:
        for found in notation.finditer(text):
            day = _day(found.groupdict())
            if day is not None and day not in allowed.days:
                yield Found(Kind.BIRTH_DATE, found.start())
    for found in BORN.finditer(text):
        yield Found(Kind.BIRTH_DATE, found.start())


def real_day(year: str, month: str, day: str) -> date | None:
    """A day of the calendar between 1900 and 2099, or none."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year < 2100 else None


def _day(parts: dict[str, str | None]) -> date | None:
    year = "".join((parts.get("y") or "").split())
    if short := parts.get("short"):
        year = ("20" if int(short) < 50 else "19") + short
    month = parts.get("m") or ""
    if word := parts.get("word"):
        month = str(MONTHS.index(word.lower()[:3]) + 1)
    return real_day(year, "".join(month.split()), "".join((parts.get("d") or "").split()))
