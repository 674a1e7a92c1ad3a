"""A CSV table with few fixed columns and an end mark (结束行), so that half a file is noticed; no database.

The last line says how many rows the file holds: `总行数,128`. UTF-8 with or without BOM and GB18030 are read,
with comma, semicolon or tab.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import Any

from relief.errors import Invalid, Reason
from relief.households.id_number import together
from relief.households.importing.cells import LONGEST, Unparsed, half_width, refuse_unusable, tidy
from relief.households.importing.csv_file import CsvFile
from relief.households.importing.rules import RULES, Unreadable

END = ("总行数", "rows")
MAX_MB = 3
#: title lines above the column names
HEADER_WITHIN = 5
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")

Progress = Callable[[Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class Column:
    """A column: its key, the name above it, other names that are understood, an example."""

    key: str
    header: str
    also: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True)
class BadRow:
    """One row that can't be imported; `row` as a spreadsheet counts. What stood there isn't kept."""

    row: int
    reason: Reason


class BadRows(Invalid):
    """At least one row is bad, so none is imported; `rows` names each."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        self.rows = list(rows)
        by_code = {bad.reason.code: bad.reason for bad in reversed(self.rows)}
        super().__init__({"file": list(by_code.values())})


@dataclass(frozen=True)
class Line:
    """One row of the file, its texts tidied, by column key."""

    row: int
    texts: dict[str, str]


@dataclass
class Marked:
    """A file that is whole: its rows, and those that no register could hold."""

    lines: list[Line] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.lines) + len(self.bad)


def broken_rule(rule: str, **params: Any) -> Reason:
    """A rule of the import (`rules.RULES`) as a reason: what is wrong and what to do."""
    fault, advice = (str(part) % params for part in RULES[rule])
    return Reason(rule, str(together(fault, advice)))


def read_marked(content: bytes, columns: Sequence[Column]) -> Marked:
    """Read a whole file. Raises `Unreadable`: no text table, another encoding, half a file, a wrong count."""
    refuse_other_files(content)
    if _cut_within_a_character(content):
        raise Unreadable("file-half", mark=END[0])
    file = CsvFile(content, has_header=lambda rows: header_of(rows, columns) is not None)
    found = header_of(file.rows(len(columns)), columns)
    if found is None:
        raise Unreadable("file-no-header", rows=HEADER_WITHIN)
    last, places = found
    read, said = Marked(), None
    for row, cells in enumerate(islice(file.rows(len(columns)), last, None), start=last + 1):
        texts = [tidy(str(cell)) if len(str(cell)) <= LONGEST else str(cell) for cell in cells]
        if not any(texts):
            continue
        if said is not None:
            raise Unreadable("file-after-end", row=row)
        if texts[0].rstrip(":：").lower() in END:
            said = _count(texts[1:])
        else:
            _take(read, row, {key: texts[at] if at < len(texts) else "" for key, at in places.items()})
    if said is None:
        raise Unreadable("file-half", mark=END[0])
    if said != read.rows:
        raise Unreadable("file-count", said=said, held=read.rows)
    return read


def refuse_other_files(content: bytes) -> None:
    """Raises `Unreadable` for what is empty, longer than `MAX_MB`, or no text at all."""
    if not content.strip():
        raise Unreadable("file-holds-nothing")
    if len(content) > MAX_MB * 1024 * 1024:
        raise Unreadable("file-too-long-to-look-at", most=MAX_MB)
    if content.startswith(_BINARY):
        raise Unreadable("file-no-csv")


def _cut_within_a_character(content: bytes) -> bool:
    """Whether all but the last bytes can be read: then the file was cut, its encoding isn't another one."""
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError as fault:
            if fault.start >= len(content) - 3:
                return True
        else:
            return False
    return False


def header_of(
    rows: Iterator[tuple[Any, ...]], columns: Sequence[Column]
) -> tuple[int, dict[str, int]] | None:
    """How many rows stand down to the column names, and the place of each column; None without them."""
    for number, cells in enumerate(islice(rows, HEADER_WITHIN), start=1):
        names = [tidy(str(cell)).lower() for cell in cells]
        places = {
            column.key: names.index(name)
            for column in columns
            for name in (column.header, *column.also)
            if name in names
        }
        if len(places) == len(columns):
            return number, places
    return None


def _count(texts: Sequence[str]) -> int:
    said = next((half_width(text) for text in texts if text), "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else -1


def _take(read: Marked, row: int, texts: dict[str, str]) -> None:
    try:
        for text in texts.values():
            refuse_unusable(text, LONGEST)
    except Unparsed as broken:
        read.bad.append(BadRow(row, broken_rule(broken.rule, **broken.params)))
    else:
        read.lines.append(Line(row, texts))


def template(columns: Sequence[Column]) -> bytes:
    """The empty table with an example row and its end mark, as spreadsheets open it (UTF-8 with BOM)."""
    target = StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([column.header for column in columns])
    writer.writerow([column.example for column in columns])
    writer.writerow([END[0], 1])
    return target.getvalue().encode("utf-8-sig")
