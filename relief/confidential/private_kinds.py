"""What is private in a text, by kind, and which values of offices are not (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from relief.confidential.readings import readings


class Kind(StrEnum):
    """A kind of private value."""

    ID_NUMBER = "id-number"
    BANK_CARD = "bank-card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    ADDRESS = "address"
    BIRTH_DATE = "birth-date"


@dataclass(frozen=True)
class Found:
    """A private value: its kind and where in the text it begins; never the value itself."""

    kind: Kind
    at: int


@dataclass(frozen=True)
class Allowed:
    """Values that may be printed: telephones, addresses and mail of offices, and the days of the list."""

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    days: frozenset[date] = field(default_factory=frozenset)

    @classmethod
    def of(cls, texts: Iterable[str], days: Collection[date] = ()) -> Allowed:
        """From the offices' particulars: every text is allowed as a place, its digits as a telephone."""
        texts = [text for text in texts if text]
        phones = {"".join(sign for sign in text if sign.isdigit()) for text in texts}
        places = {compact(reading) for text in texts for reading in readings(text)}
        emails = {compact(text).lower() for text in texts if "@" in text}
        return cls(
            frozenset(short for phone in phones if len(phone) >= 7 for short in _as_dialled(phone)),
            frozenset(emails),
            tuple(sorted(place for place in places if len(place) >= 4)),
            frozenset(days),
        )

    def place(self, text: str) -> bool:
        """Whether an address is an office's, or a part of one."""
        wanted = compact(text)
        return any(wanted in place for place in self.places)


def _as_dialled(phone: str) -> set[str]:
    """With and without its area code."""
    codes = (3, 4) if phone.startswith("0") else ()
    return {phone, *(phone[code:] for code in codes if len(phone) - code >= 7)}


def compact(text: str) -> str:
    """Without spaces."""
    return "".join(text.split())
