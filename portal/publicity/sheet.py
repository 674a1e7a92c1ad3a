"""A list as a sheet of rows: the same words in the page's table and in the CSV file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.templatetags.cap import masked_name, yuan
from relief.publicity.disclose import COLUMNS, NO_NAME, WITHHELD
from relief.publicity.models import PublicList

MONEY = re.compile(r"-?\d+\.\d\d")
#: columns that a narrow screen shows without their label: they speak for themselves
SELF_EVIDENT = ("name", "community", "code")
#: columns whose values `plain` may put into other words
IN_WORDS = ("name", "community", "change", "from_month")

#: number of a row and what it shows; nothing where the row has left the list
Row = tuple[int, Mapping[str, Any] | None]


@dataclass(frozen=True)
class Head:
    """A column with its frozen label in the active language."""

    key: str
    label: str
    numeric: bool


@dataclass(frozen=True)
class Cell:
    """One value as the page draws it; `label` stands before it on a narrow screen."""

    head: Head
    html: str
    span: int = 1

    @property
    def label(self) -> str:
        return "" if self.head.key in SELF_EVIDENT or self.span > 1 else self.head.label


def language_key() -> str:
    return "en" if get_language() == "en" else "zh"


def heads_of(public_list: PublicList) -> list[Head]:
    """The columns in their frozen order."""
    labels = public_list.labels["columns"]
    return [
        Head(key, labels[key][language_key()], key in COLUMNS and COLUMNS[key].numeric)
        for key in public_list.columns
    ]


def plain(public_list: PublicList, key: str, value: Any) -> str:
    """A value in words: a community by name, a name that is withheld said so."""
    if key == "name" and value in NO_NAME:
        return _("name withheld by law") if value == WITHHELD else _("name withheld on request")
    if key == "community":
        return community_name(public_list, str(value))
    if key == "change":
        return {"changed": _("amount changed"), "ended": _("guarantee ended")}.get(str(value), str(value))
    if key == "from_month":
        return _month(str(value))
    return str(value)


def _month(value: str) -> str:
    """2026-04 → 2026年4月, or April 2026."""
    year, month = (int(part) for part in value.split("-"))
    return date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")


def community_name(public_list: PublicList, number: str) -> str:
    """The community's name as it was when the list was frozen."""
    return public_list.labels["communities"].get(number, {}).get(language_key(), number)


def cells(
    public_list: PublicList,
    heads: Sequence[Head],
    number: int,
    row: Mapping[str, Any] | None,
    respond_url: str = "",
) -> list[Cell]:
    """One row for the page: names with their spoken form, whole yuan without decimals.

    No `row` means that it has left the list: its number stays, and words in place of all the rest. With
    `respond_url` the row's code leads to a response to this very row.
    """
    if row is None:
        return [Cell(heads[0], str(number)), Cell(heads[1], has_left(), span=len(heads) - 1)]
    return [Cell(head, _drawn(public_list, head.key, row[head.key], respond_url)) for head in heads]


def line(
    public_list: PublicList, heads: Sequence[Head], number: int, row: Mapping[str, Any] | None
) -> list[str]:
    """One row in plain words, for a table file; see `cells`."""
    if row is None:
        return [str(number), has_left(), *("" for _head in heads[2:])]
    return [plain(public_list, head.key, row[head.key]) for head in heads]


def printed(
    public_list: PublicList, heads: Sequence[Head], number: int, row: Mapping[str, Any] | None
) -> list[str]:
    """One row as paper and screen print it: the words of `line`, amounts as the page writes them."""
    if row is None:
        return line(public_list, heads, number, row)
    return [_amount(plain(public_list, head.key, row[head.key])) for head in heads]


def lines(public_list: PublicList, heads: Sequence[Head], rows: Iterable[Row]) -> Iterator[list[str]]:
    """All rows in plain words, as `line` gives each; the words of a value are looked up once."""
    known: dict[tuple[str, Any], str] = {}

    def words(key: str, value: Any) -> str:
        if (key, value) not in known:
            known[key, value] = plain(public_list, key, value)
        return known[key, value]

    says: list[tuple[str, Callable[[str, Any], str] | None]] = [
        (head.key, words if head.key in IN_WORDS else None) for head in heads
    ]
    for number, row in rows:
        if row is None:
            yield line(public_list, heads, number, None)
        else:
            yield [say(key, row[key]) if say else str(row[key]) for key, say in says]


def has_left() -> str:
    return _("this row has left the list")


def _drawn(public_list: PublicList, key: str, value: Any, respond_url: str) -> str:
    if key == "name" and value not in NO_NAME:
        return masked_name(str(value))
    if key == "code" and respond_url:
        return format_html(
            '<a class="govuk-link cap-code cap-nw" href="{}?row={}" rel="nofollow">'
            '<span class="govuk-visually-hidden">{} </span>{}</a>',
            respond_url,
            value,
            _("Respond to row"),
            value,
        )
    if key == "code":
        return format_html('<span class="cap-code cap-nw">{}</span>', value)
    return _amount(plain(public_list, key, value))


def _amount(words: str) -> str:
    """Whole yuan without decimals; what is no amount stays as it is."""
    return yuan(words) if MONEY.fullmatch(words) else words  # type: ignore[arg-type]
