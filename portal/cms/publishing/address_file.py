"""A table of new addresses as CSV, read into rows; and the same rows as a form carries them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from portal.publishing.leading import Looked, Wanted
from relief.errors import Invalid, Reason
from relief.households.importing.cells import Unparsed, refuse_unusable, tidy
from relief.households.importing.csv_file import CsvFile
from relief.households.importing.end_marked import Column, broken_rule, header_of, refuse_other_files
from relief.households.importing.rules import Unreadable

MOST_ROWS = 500
MOST_MB = 1
#: characters of a cell
LONGEST_CELL = 500
#: as the export names them in either language, and as one types them
COLUMNS = (
    Column("path", "网址", ("web address", "address", "path", "旧网址", "短网址"), "/dibao"),
    Column("page", "转到", ("leads to", "page", "页面", "网页"), "/guides/dibao/"),
    Column("reason", "理由", ("reason", "原因"), "海报用短网址"),
)


@dataclass(frozen=True)
class Carried:
    """A row between check and act: it leads to the page numbered `on` as that stood; 0 for a stopped row."""

    wanted: Wanted
    on: int
    version: int


def read(content: bytes) -> list[Wanted]:
    """The rows of a file, UTF-8 or GB18030. Raises Invalid, with what to do, for what is no such table."""
    if len(content) > MOST_MB * 1024 * 1024:
        words = _("The file is larger than %(most)d MB. Cut it into several files.")
        raise _bad("file-too-big", words % {"most": MOST_MB})
    refuse_other_files(content)
    try:
        return _rows(content)
    except Unreadable as fault:
        words = {
            "file-encoding": _("Line %(line)s is neither UTF-8 nor GB18030. Save the table as “CSV UTF-8”."),
            "file-quotes": _(
                "At line %(line)s a quotation mark is not closed, or stands in the wrong place."
            ),
        }[fault.rule]
        raise _bad(fault.rule, words % fault.params) from fault


def _rows(content: bytes) -> list[Wanted]:
    file = CsvFile(content, has_header=lambda rows: header_of(rows, COLUMNS) is not None)
    found = header_of(file.rows(len(COLUMNS)), COLUMNS)
    if found is None:
        words = _("The first row must name the columns: 网址, 转到, 理由 (or path, page, reason).")
        raise _bad("file-no-header", words)
    last, places = found
    rows: list[Wanted] = []
    for number, cells in enumerate(islice(file.rows(len(COLUMNS)), last, None), start=last + 1):
        texts = {key: str(cells[at]) if at < len(cells) else "" for key, at in places.items()}
        if not any(text.strip() for text in texts.values()):
            continue
        if len(rows) == MOST_ROWS:
            words = _("The table has more than %(most)d rows. Cut it into several files.")
            raise _bad("file-too-long", words % {"most": MOST_ROWS})
        rows.append(_row(number, texts))
    if not rows:
        raise _bad("file-no-rows", _("There is no row below the column names."))
    return rows


def _row(number: int, texts: dict[str, str]) -> Wanted:
    """Raises Invalid for a cell that no table of ours could hold."""
    tidied = {key: tidy(text) if len(text) <= LONGEST_CELL else text for key, text in texts.items()}
    try:
        for text in tidied.values():
            refuse_unusable(text, LONGEST_CELL)
    except Unparsed as broken:
        words = _("Row %(row)d: %(fault)s")
        fault = broken_rule(broken.rule, **broken.params)
        raise _bad(fault.code, words % {"row": number, "fault": fault}) from broken
    return Wanted(row=number, **tidied)


def packed(looked: Sequence[Looked]) -> str:
    """What was looked at, for a hidden field."""
    rows = [
        [
            one.wanted.row,
            one.wanted.path,
            one.wanted.page,
            one.wanted.reason,
            one.page.pk if one.page and not one.reasons else 0,
            one.version,
        ]
        for one in looked
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def unpacked(sent: str) -> list[Carried]:
    """What a form carried. Raises Invalid for what we never sent."""
    try:
        rows = json.loads(sent)
        return [_carried(*row) for row in rows[:MOST_ROWS]]
    except (ValueError, TypeError, KeyError, RecursionError, Invalid) as fault:
        raise _bad("file-lost", _("The rows were lost on the way: choose the file again.")) from fault


def _carried(row: Any, path: Any, page: Any, reason: Any, on: Any, version: Any) -> Carried:
    numbers, texts = (row, on, version), {"path": path, "page": page, "reason": reason}
    if any(type(one) is not int or not 0 <= one < 10**18 for one in numbers):
        raise ValueError
    if not all(isinstance(one, str) for one in texts.values()):
        raise ValueError
    return Carried(_row(row, texts), on, version)


def _bad(code: str, words: str) -> Invalid:
    return Invalid({"file": [Reason(code, words)]})
