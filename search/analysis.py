"""How Chinese text is cut: the same tokens for every engine, made here and nowhere else.

A run of Chinese characters gives its pairs and its last character alone: a phrase of pairs is a substring,
and a token's beginning finds any single character. A number keeps its measure word; other words stay whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from search import whole_words
from search.characters import HAN

#: characters of a text that are indexed; what stands behind them isn't found
TITLE_LIMIT, BODY_LIMIT = 500, 300_000
#: characters of one token: engines cut longer ones, each in its own way
TOKEN_LIMIT = 64
UNITS = "年月日号期元户人名岁个届批次条章款项天类级倍"

RUN = re.compile(
    rf"(?P<han>[{HAN}]+)|(?P<number>[0-9]+(?:,[0-9]{{3}}(?![0-9]))*(?:\.[0-9]+)?)"
    rf"|(?P<word>[a-z]+|(?:(?![{HAN}])[^\W\d_a-z])+)"
)


@dataclass(frozen=True)
class Run:
    """One piece of a folded text: `kind` is `han`, `number` or `word`; `unit` a number's measure word."""

    kind: str
    text: str
    unit: str = ""


def runs(folded: str) -> Iterator[Run]:
    """The pieces of a folded text, in order. A measure word stays in the run of characters behind it too."""
    for found in RUN.finditer(folded):
        kind = str(found.lastgroup)
        behind = folded[found.end() : found.end() + 1]
        unit = behind if kind == "number" and behind and behind in UNITS else ""
        yield Run(kind, found.group(), unit)


def folded_tokens(folded: str) -> list[str]:
    """The tokens of a folded text."""
    found: list[str] = []
    for run in runs(folded):
        if run.kind == "han":
            found += [run.text[at : at + 2] for at in range(len(run.text) - 1)]
            found.append(run.text[-1])
        elif run.kind == "number":
            found.append(number(run.text, run.unit))
        else:
            found.append(run.text[:TOKEN_LIMIT])
    return found


def number(written: str, unit: str = "") -> str:
    """A number as one token: 1,326.00 is 1326, 03月 is 3月."""
    plain = written.replace(",", "")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if unit:
        plain = plain.lstrip("0") or "0"
    return (plain[:TOKEN_LIMIT] or "0") + unit


def phrase(folded: str) -> tuple[tuple[str, ...], bool]:
    """A contiguous string as the tokens to look for, and whether the only one is a beginning.

    The last character alone stands in the index for single characters; behind a pair it is left out.
    """
    found = folded_tokens(folded)
    last = [run.text for run in runs(folded) if run.kind == "han"][-1:]
    if not last or found[-1] != last[0][-1]:
        return tuple(found), False
    if len(found) == 1:
        return tuple(found), True
    return tuple(found[:-1]), False


def stamp() -> str:
    """Names this analysis: an index made under another stamp is made anew."""
    parts = [whole_words.NAME, version("pypinyin"), version("opencc"), unicodedata.unidata_version]
    return "-".join([ANALYSIS, *parts])


#: raised with every change of the tokens, to which a test holds it, and of what is found at all
ANALYSIS = "3"
