"""A list as an Excel workbook: the rows, and a second sheet that says what they are and how to check them.

Written row by row in constant memory. Every text is written as text, so none becomes a formula or a link;
money stands as a number with two decimals. The file's properties name the bureau and the list, nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import IO, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from portal.context import Bureau
from portal.publicity import addresses, sheet
from portal.publicity.standing import counts_in_words, days_in_words
from portal.templatetags.cap import day_in_words
from relief.publicity.models import PublicList
from relief.trail import clock

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: in characters of the standard font; a Chinese character counts as two
WIDTHS = {"row": 8, "code": 13, "name": 20, "community": 26}
WIDTH = 16
NARROW = re.compile(r"[\x00-\xff]")
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MONEY = "#,##0.00"


def write_workbook(
    target: IO[bytes], public_list: PublicList, rows: Iterable[tuple[int, Mapping[str, Any] | None]]
) -> None:
    """Write the rows (number, row; none for a row that has left) in the active language to `target`."""
    with Workbook(target, OPTIONS) as book:
        book.set_properties(
            {
                "title": public_list.title,
                "subject": public_list.number or "",
                "author": Bureau().name,
                "company": Bureau().name,
                "created": _made_at(public_list),
            }
        )
        _write_rows(book, public_list, rows)
        _write_about(book, public_list)


def _made_at(public_list: PublicList) -> Any:
    """When the list was published, as the file's own time: the same rows make the same file."""
    return (public_list.published_at or clock.now()).astimezone(UTC).replace(tzinfo=None)


def _write_rows(
    book: Workbook, public_list: PublicList, rows: Iterable[tuple[int, Mapping[str, Any] | None]]
) -> None:
    page = book.add_worksheet(_("List"))
    heads = sheet.heads_of(public_list)
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#EEF1F6", "bottom": 1, "text_wrap": True}),
        "money": book.add_format({"num_format": MONEY}),
    }
    for place, head in enumerate(heads):
        page.set_column(place, place, WIDTHS.get(head.key, max(WIDTH, _wide(head.label) / 1.5)))
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L{public_list.number} · {public_list.check_code}&R&P / &N")
    for place, head in enumerate(heads):
        page.write_string(0, place, head.label, styles["head"])
    for at, values in enumerate(sheet.lines(public_list, heads, rows), start=1):
        _write_line(page, at, heads, values, styles["money"])


def _write_line(page: Worksheet, at: int, heads: list[sheet.Head], values: list[str], money: Any) -> None:
    for place, value in enumerate(values):
        if not value:
            continue
        if not heads[place].numeric or not value[-1].isdigit():
            page.write_string(at, place, value)
        elif sheet.MONEY.fullmatch(value):
            page.write_number(at, place, float(value), money)
        else:
            page.write_number(at, place, int(value))


def _write_about(book: Workbook, public_list: PublicList) -> None:
    """The second sheet: title, number, dates, counts, digest and check code, where to check."""
    page = book.add_worksheet(_("About"))
    label = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 76)
    for at, (name, value) in enumerate(about(public_list)):
        page.write_string(at, 0, name, label)
        page.write_string(at, 1, value, text)


def about(public_list: PublicList) -> list[tuple[str, str]]:
    """What the second sheet says, label and value."""
    published = public_list.published_at
    day = day_in_words(published.astimezone(clock.SHANGHAI).date()) if published else ""
    facts = [
        (_("Title"), public_list.title),
        (_("List number"), public_list.number or ""),
        (_("Issued by"), Bureau().name),
        (_("Published on"), day),
        (_("Period of publicity"), days_in_words(public_list)),
        (_("Covers"), counts_in_words(public_list)),
        (_("Edition"), str(public_list.edition or "")),
        (_("Digest (SHA-256)"), public_list.digest),
        (_("Check code"), public_list.check_code),
        (_("Check at"), addresses.printed_address(public_list)),
        (_("Language"), "English" if get_language() == "en" else "简体中文"),
        (
            _("Names"),
            _("Names stand here only while the list is in public. Delete this file when that time is over."),
        ),
    ]
    return [(name, value) for name, value in facts if value]


def _wide(text: str) -> int:
    """Width of a label in characters of the standard font."""
    return sum(1 if NARROW.match(letter) else 2 for letter in text)
