"""What is typed into the report's tables, read and checked: whole numbers, sums that fit, nothing left blank.

Sums (国办公开办函〔2021〕30号): new + carried in = handled + carried out; handled = sum of its rows;
the total column = sum of the columns. A sum is checked where all its numbers are there; that none is
missing is asked before publishing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.pages.statutory_tables import (
    CARRIED_IN,
    CARRIED_OUT,
    HANDLED,
    RECEIVED,
    RESULTS,
    TOTAL,
    Chapter,
    cell,
)

Numbers = Mapping[str, int | str]
COUNT = re.compile(r"\d{1,9}\Z", re.ASCII)
#: 万元 with at most six decimals, that is down to the cent
AMOUNT = re.compile(r"\d{1,9}(\.\d{1,6})?\Z", re.ASCII)


@dataclass(frozen=True)
class Fault:
    """Something in a table that doesn't fit: the cells it is about and what to say."""

    cells: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Balance:
    """Two sums that must be equal. `kind` chooses the sentence."""

    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...]


def balances(chapter: Chapter) -> Iterator[Balance]:
    """Every equation of a chapter's tables."""
    for grid in chapter.grids:
        rows = {row.code for row in grid.rows}
        for column in grid.columns if HANDLED.code in rows else ():
            handled, out = cell(HANDLED.code, column.code), cell(CARRIED_OUT.code, column.code)
            new, carried = cell(RECEIVED.code, column.code), cell(CARRIED_IN.code, column.code)
            yield Balance("flow", (new, carried), (handled, out))
            yield Balance("handled", (handled,), tuple(cell(row.code, column.code) for row in RESULTS))
        if TOTAL in grid.columns:
            parts = [column.code for column in grid.columns if column != TOTAL]
            for row in grid.rows:
                yield Balance(
                    "across", (cell(row.code, TOTAL.code),), tuple(cell(row.code, p) for p in parts)
                )


def read(chapter: Chapter, typed: Mapping[str, str]) -> tuple[dict[str, int | str], list[Fault]]:
    """The numbers among what was typed, and a fault for each that is none. Blank cells stay out."""
    numbers: dict[str, int | str] = {}
    mistakes = []
    for code, grid in chapter.cells().items():
        text = plain(typed.get(code) or "")
        if not text:
            continue
        if not (AMOUNT if grid.money else COUNT).match(text):
            mistakes.append(Fault((code,), _no_number(chapter, code, typed[code])))
        else:
            numbers[code] = _amount(text) if grid.money else int(text)
    return numbers, mistakes


def plain(text: str) -> str:
    """Without spaces and thousands separators; full-width digits as half-width ones."""
    return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))


def faults(chapter: Chapter, numbers: Numbers) -> list[Fault]:
    """Every sum that doesn't fit."""
    found = []
    for balance in balances(chapter):
        cells = (*balance.left, *balance.right)
        if any(code not in numbers for code in cells):
            continue
        left, right = (sum(int(numbers[code]) for code in side) for side in (balance.left, balance.right))
        if left != right:
            found.append(Fault(cells, _mismatch(chapter, balance, numbers, left, right)))
    return found


def blanks(chapter: Chapter, numbers: Numbers) -> list[str]:
    """The cells without a number: a zero must be written."""
    return [code for code in chapter.cells() if code not in numbers]


def stored_wrongly(chapter: Chapter, numbers: Any) -> list[str]:
    """What may not stand in the database: unknown cells, negative or broken numbers, other types."""
    if not isinstance(numbers, dict):
        return ["table"]
    cells = chapter.cells()
    return [
        code for code, value in numbers.items() if code not in cells or not _sound(cells[code].money, value)
    ]


def where(chapter: Chapter, code: str) -> str:
    """A cell in words: its row with its group, and its column."""
    row, column = chapter.place(code)
    return _("row “%(row)s”, column “%(column)s”") % {
        "row": _row(row.words, row.group),
        "column": column.words,
    }


def _sound(money: bool, value: Any) -> bool:
    if money:
        return isinstance(value, str) and bool(AMOUNT.match(value))
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9


def _amount(text: str) -> str:
    """12.50 → "12.50", 007 → "7": as typed, without idle zeros in front."""
    whole, point, decimals = text.partition(".")
    return f"{int(whole)}{point}{decimals}"


def _row(words: Any, group: Any) -> str:
    return f"{group} {words}" if group else str(words)


def _no_number(chapter: Chapter, code: str, typed: str) -> str:
    if chapter.cells()[code].money:
        return _("%(where)s: “%(typed)s” is no amount. Write digits and at most one point.") % {
            "where": where(chapter, code),
            "typed": typed,
        }
    return _("%(where)s: “%(typed)s” is no whole number from 0 on.") % {
        "where": where(chapter, code),
        "typed": typed,
    }


def _mismatch(chapter: Chapter, balance: Balance, numbers: Numbers, left: int, right: int) -> str:
    row, column = chapter.place(balance.left[0])
    if balance.kind == "flow":
        new, carried, handled, out = (numbers[code] for code in (*balance.left, *balance.right))
        return _(
            "Column “%(column)s”: new (%(new)s) and carried in (%(carried)s) make %(left)s, "
            "but handled (%(handled)s) and carried out (%(out)s) make %(right)s."
        ) % {"column": column.words, "new": new, "carried": carried, "left": left,
             "handled": handled, "out": out, "right": right}  # fmt: skip
    if balance.kind == "handled":
        return _(
            "Column “%(column)s”: the row “%(row)s” says %(left)s, "
            "but the results above it add up to %(right)s."
        ) % {"column": column.words, "row": row.words, "left": left, "right": right}
    return _("Row “%(row)s”: the total column says %(left)s, but the columns add up to %(right)s.") % {
        "row": _row(row.words, row.group),
        "left": left,
        "right": right,
    }
