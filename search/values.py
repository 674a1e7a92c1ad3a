"""Values that are looked for whole: document, list and index numbers, dates, amounts, names of places.

A value is kept as one token without brackets, blanks and hyphens, so that 明民发〔2026〕15号 is found however
it is typed; a date as its digits, 20261103, and its month and year beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from search.analysis import TOKEN_LIMIT, number
from search.characters import HAN, clean, fold

_NOT_KEPT = re.compile(rf"[^{HAN}a-z0-9.]+")
_BRACKETS = r"[〔\[(【{<《]\s*"
_DAY = (
    r"(?:19|20)\d\d(?:\s*年\s*|[-/.])(?:0?[1-9]|1[0-2])"
    r"(?:(?:\s*月\s*|[-/.])(?:0?[1-9]|[12]\d|3[01])\s*日?|\s*月)(?!\d)"
)
_OF_YEAR = rf"(?:{_BRACKETS}(?:19|20)\d\d\s*[〕\])】}}>》]|(?:19|20)\d\d)"
_KINDS = (
    ("list", r"(?<![a-z])(?:gs|gg|bg|cs)[\s-]*\d{3}[\s-]*(?:19|20)\d\d[\s-]*\d{3,6}(?!\d)"),
    ("document", rf"(?:[{HAN}]{{2,12}}\s*)?{_OF_YEAR}\s*年?\s*第?\s*\d{{1,5}}\s*号"),
    ("date", rf"(?<!\d){_DAY}"),
    ("index", r"(?<![a-z0-9])[a-z0-9]{4,}(?:[-/][a-z0-9]+)+"),
    ("amount", r"\d[\d,]*(?:\.\d+)?\s*元"),
)
#: words before a document number that are none of it
_BEFORE = re.compile("(?:关于|根据|按照|依据|依照|查询|查找)+")
_VALUE = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS))
_TAIL = re.compile(r"((?:19|20)\d\d)\D*?(\d{1,5})号$")


@dataclass(frozen=True)
class Value:
    """A value found in a folded text: where, what kind, and the tokens that it may stand under."""

    kind: str
    start: int
    end: int
    tokens: tuple[str, ...]


def squeeze(text: str) -> str:
    """A value as one token: folded, letters and digits only."""
    return _NOT_KEPT.sub("", fold(clean(text, 200)))[:TOKEN_LIMIT]


def value_tokens(values: Iterable[str]) -> list[str]:
    """The exact tokens of a record's values, each once: a document number with and without its beginning."""
    found: dict[str, None] = {}
    for value in values:
        folded = fold(clean(value, 200))
        kinds = [one for one in values_in(folded) if one.kind in ("document", "date", "amount")]
        found |= dict.fromkeys(token for one in kinds for token in one.tokens)
        found |= dict.fromkeys(filter(None, [squeeze(value)]))
    return list(found)


def day_tokens(day: date) -> list[str]:
    """The exact tokens of a date: the day and its month."""
    return [f"{day:%Y%m%d}", f"{day:%Y%m}"]


def values_in(folded: str) -> list[Value]:
    """The values in a folded text, from left to right."""
    return [_value(found) for found in _VALUE.finditer(folded)]


def _value(found: re.Match[str]) -> Value:
    kind = next(name for name, _pattern in _KINDS if found[name])
    start, written = found.start(), found[0]
    if kind == "document" and (before := _BEFORE.match(written)):
        start, written = start + before.end(), written[before.end() :]
    return Value(kind, start, found.end(), tuple(_TOKENS_OF.get(kind, _plain)(written)))


def _plain(written: str) -> list[str]:
    return [_NOT_KEPT.sub("", written)]


def _day(written: str) -> list[str]:
    year, *rest = re.findall(r"\d+", written)
    return [year + "".join(f"{int(part):02}" for part in rest)]


def _amount(written: str) -> list[str]:
    return [number(re.sub(r"[\s元]", "", written), "元")]


def _document(written: str) -> list[str]:
    whole = _NOT_KEPT.sub("", re.sub(r"[年第](?=[\d\s第])", "", written))
    tail = _TAIL.search(whole)
    return [whole, whole[tail.start() :]] if tail and tail.start() else [whole]


_TOKENS_OF = {"date": _day, "amount": _amount, "document": _document}
