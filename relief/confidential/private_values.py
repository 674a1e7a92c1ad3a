"""Is there a private value in a text? (pure) However written: spaced, full-width, in Chinese, encoded.

Known are kinds, not persons: it opens nothing. What a caller knows by its place (a digest, a code) it must
not hand over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relief.confidential.private_dates import private_days
from relief.confidential.private_kinds import Allowed, Found, Kind, compact
from relief.confidential.private_numbers import private_numbers
from relief.confidential.readings import readings

#: a text with none of these holds nothing private
WORTH_READING = re.compile(r"[^\x00-\x7f]|\d|@|\(at\)|\[at\]|&|%|[A-Za-z0-9+/_-]{12}", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+\s*(?:@|\(at\)|\[at\])\s*[\w-]+(?:\s*\.\s*[A-Za-z0-9-]{2,})+", re.IGNORECASE)
ROAD = re.compile(
    r"[\u4e00-\u9fff]{1,2}(?:路|街|巷|弄|里|胡同|大道|村|屯|庄|园|苑)\s*(?:\d{1,4}\s*(?:弄|巷|支)\s*)?\d{1,5}\s*号"
)
S = r"[ \t]*"
ROOM = re.compile(
    rf"\d{{1,4}}{S}(?:号楼|号院|栋|幢|座|单元|号){S}(?:第?\d{{1,3}}{S}(?:单元|门|层|楼){S})?\d{{1,5}}{S}[室房号]"
    rf"|\d{{1,3}}{S}单元{S}\d{{1,5}}"
    rf"|(?:里|园|苑|小区|花园|公寓|家园|新村|号楼|楼){S}\d{{1,4}}(?:{S}[-#—–]{S}\d{{1,4}}){{1,3}}{S}[室号]?"
)
ENGLISH_ROAD = re.compile(
    r"(?<![\d-])\d{1,5}[A-Z]?,?\s+(?:[A-Z][a-z]+\s+){1,3}(?:Road|Street|Lane|Avenue|Alley|Rd\b|Ave\b)"
)
ENGLISH_ROOM = re.compile(
    r"\b(?:Room|Unit|Flat|Apt\.?|Apartment|Building|Bldg\.?)\s*(?:No\.?\s*)?\d+[A-Za-z]?"
    r"[^\n]{0,40}?\b(?:Room|Unit|Flat|Building|Bldg\.?|Road|Street|Lane|Avenue)\b",
)
ADDRESSES = (ROAD, ROOM, ENGLISH_ROAD, ENGLISH_ROOM)


def private_values(text: str, allowed: Allowed) -> list[Kind]:
    """The kinds of private values in a text, each once, in the order of their finding."""
    if not WORTH_READING.search(text):
        return []
    kinds: dict[Kind, None] = {}
    for reading in readings(text):
        for found in _in_reading(reading, allowed):
            kinds[found.kind] = None
    return list(kinds)


def _in_reading(text: str, allowed: Allowed) -> Iterator[Found]:
    yield from private_numbers(text, allowed)
    for mail in EMAIL.finditer(text):
        if compact(mail[0]).lower() not in allowed.emails:
            yield Found(Kind.EMAIL, mail.start())
    for pattern in ADDRESSES:
        for place in pattern.finditer(text):
            if not allowed.place(place[0]):
                yield Found(Kind.ADDRESS, place.start())
    yield from private_days(text, allowed)
