"""What a source hands over to be found, and nothing else: what is public, never a person's name."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from hashlib import sha256, shake_128
from typing import Any

from search.analysis import BODY_LIMIT, TITLE_LIMIT, folded_tokens
from search.characters import clean, fold
from search.sounds import title_sounds
from search.values import day_tokens, value_tokens
from search.whole_words import whole_words

#: how the kinds of public lists begin: many of one title, where of a text there is one
LISTS = "list-"
#: what an answer counts and filters by
FACETS = ("kind", "issuer", "topic", "year", "street", "validity", "language")
#: a date before everything that a record may carry
_DAY_ONE = date(1900, 1, 1).toordinal()
_NUMBER_BITS, _HASH_BITS = 14, 32


def first_order(day: date) -> int:
    """The smallest order of a record of that day."""
    return min(max(day.toordinal() - _DAY_ONE, 0), 2**17 - 1) << (_NUMBER_BITS + _HASH_BITS)


def last_order(day: date) -> int:
    """The largest order of a record of that day."""
    return first_order(day) + 2 ** (_NUMBER_BITS + _HASH_BITS) - 1


@dataclass(frozen=True)
class Record:
    """One published thing. `key` names its source and language (`page:12:zh-hans`, `list:gs-101-2026-001`).

    `exact` holds its document, list and index numbers, amounts and whatever else is looked for whole;
    `marks` what must be said beside it (`superseded`, `repealed`). Facets are codes or words as published.
    Of a file `within` and `within_url` name the page that carries it, `about` its format and size in words.
    """

    key: str
    kind: str
    language: str
    title: str
    url: str
    date: date
    body: str = ""
    issuer: str = ""
    topic: str = ""
    year: str = ""
    street: str = ""
    validity: str = ""
    exact: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    within: str = ""
    within_url: str = ""
    about: str = ""

    @property
    def order(self) -> int:
        """Its place by date, then by the last number in its key: larger is newer. Below 2**63."""
        digits = "".join(sign if sign.isdigit() and sign.isascii() else " " for sign in self.key).split()
        last = int(digits[-1][-9:]) % 2**_NUMBER_BITS if digits else 0
        mixed = int.from_bytes(shake_128(self.key.encode()).digest(_HASH_BITS // 8))
        return first_order(self.date) + (last << _HASH_BITS) + mixed

    def cleaned(self) -> Record:
        """The record within the limits of what is kept, without characters that nobody sees."""
        return replace(
            self,
            title=clean(self.title, TITLE_LIMIT).strip(),
            body=clean(self.body, BODY_LIMIT).strip(),
            within=clean(self.within, TITLE_LIMIT).strip(),
        )

    def as_dict(self) -> dict[str, Any]:
        """The record as plain values, to be kept as JSON."""
        return {
            **vars(self),
            "date": self.date.isoformat(),
            "exact": list(self.exact),
            "marks": list(self.marks),
        }

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Record:
        values = {name: kept[name] for name in _names() if name in kept}
        values |= {"date": date.fromisoformat(kept["date"]), "exact": tuple(kept["exact"])}
        return cls(**values | {"marks": tuple(kept["marks"])})

    def digest(self) -> str:
        """SHA-256 over everything that the record says."""
        words = json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _names() -> tuple[str, ...]:
    return tuple(one.name for one in fields(Record))


@dataclass(frozen=True)
class Tokens:
    """A record as the engines keep it: the columns that tiers are compiled to."""

    title: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    sound: list[str] = field(default_factory=list)
    initials: list[str] = field(default_factory=list)
    exact: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)


def tokens_of(record: Record) -> Tokens:
    """The tokens of a record; the same as long as `analysis.stamp()` is the same."""
    sound, initials = title_sounds(record.title)
    title, body = fold(clean(record.title, TITLE_LIMIT)), fold(clean(record.body, BODY_LIMIT))
    return Tokens(
        title=folded_tokens(title),
        body=folded_tokens(body),
        sound=sound,
        initials=initials,
        exact=list(dict.fromkeys([*value_tokens([*record.exact, record.street]), *day_tokens(record.date)])),
        whole=whole_words(title, body),
    )
