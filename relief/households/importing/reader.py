"""From the bytes of a file to numbered rows, each told apart as data, blank, title or total row.

Reads .xlsx (streaming) and .csv (UTF-8 with or without BOM, GB18030; comma, semicolon or tab). Every row
comes out exactly once, with the number that the spreadsheet shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import BinaryIO

from relief.households.importing import columns
from relief.households.importing.cells import Cell, as_text, half_width, tidy
from relief.households.importing.csv_file import CsvFile
from relief.households.importing.rules import Unreadable
from relief.households.importing.workbook import Workbook

MAX_FILE_MB = 30
MAX_ROWS = 1_048_576
# Title rows, empty rows and the two lines of a split header together.
HEADER_WITHIN = 40
MAX_COLUMNS = 100

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE = re.compile(rb"\s*<(\?xml|!doctype|html|table|meta|head)", re.IGNORECASE)
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ\x90",
)

_TOTAL = re.compile(
    r"(本页|全页|本社区|本村|全社区|全街道|街道|社区|全区)?(总?合计|总计|小计|共计|累计)"
    r"([:：]?[(（]?[0-9].*|[:：].*)?"
)
_COUNT = re.compile(r"[0-9]+(户|人|口|名).*")
_HAN = re.compile("[\u4e00-\u9fff]")
_NOTE = re.compile(
    r"(填表|制表|填报|审核人|审批人|负责人|经办|复核|备注[:：]|说明|注[:：]|附[:：]|单位[:：(（]|"
    r"第[0-9一二三四五六七八九十]+页|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])"
)


class Kind(Enum):
    """What a row is; only data rows are judged, the others are counted."""

    DATA = "data"
    BLANK = "blank"
    TITLE = "title"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the spreadsheet's number of it and the raw cells by column key (missing cells are `None`)."""

    number: int
    kind: Kind
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """An opened file: where the column names stand, which columns are read and which are not."""

    header_row: int
    headers: dict[str, str]
    ignored: list[str]
    rows: Iterator[Row]


def open_table(source: BinaryIO) -> Table:
    """Open what an office sent; raises `Unreadable` when it is no table of households.

    Nothing of the file's name is believed: its first bytes tell what it is.
    """
    content = source.read(MAX_FILE_MB * 1024 * 1024 + 1)
    _refuse_other_files(content)
    opener = Workbook if content.startswith(b"PK\x03\x04") else CsvFile
    file = opener(content, has_header=lambda rows: _header(rows) is not None)
    found = _header(file.rows(MAX_COLUMNS))
    if found is None:
        raise Unreadable("file-no-header", rows=HEADER_WITHIN)
    last, texts = found
    places = columns.positions(texts, last + 1)
    ignored = [text for place, text in enumerate(texts) if text and place not in places.values()]
    return Table(
        header_row=last + 1,
        headers={key: texts[place] for key, place in places.items()},
        ignored=ignored,
        rows=_told_apart(file.rows(max(len(texts), 1)), last, places),
    )


def _refuse_other_files(content: bytes) -> None:
    if not content.strip():
        raise Unreadable("file-empty")
    if len(content) > MAX_FILE_MB * 1024 * 1024:
        raise Unreadable("file-too-big", most=MAX_FILE_MB)
    if content.startswith(_OLE):
        # A workbook with a password hides inside the same container as the old format.
        protected = "EncryptedPackage".encode("utf-16-le") in content
        raise Unreadable("file-password" if protected else "file-xls")
    if content.startswith(_BINARY):
        raise Unreadable("file-no-workbook")
    if _WEB_PAGE.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable("file-web-page")


def _header(rows: Iterator[Sequence[Cell]]) -> tuple[int, list[str]] | None:
    """Position and texts of the column names; a header split over two rows counts as one."""
    texts = [[_short(cell) for cell in row] for row in islice(rows, HEADER_WITHIN)]
    for position, row in enumerate(texts):
        if len(columns.recognise(row)) < columns.HEADER_MATCHES:
            continue
        above = texts[position - 1] if position else []
        below = texts[position + 1] if position + 1 < len(texts) else []
        for last, candidate in (
            (position, row),
            (position, _over(row, above)),
            (position + 1, _over(below, row)),
        ):
            if not columns.missing(columns.recognise(candidate)):
                return last, _trimmed(candidate)
        return position, _trimmed(row)
    return None


def _over(top: Sequence[str], base: Sequence[str]) -> list[str]:
    width = max(len(top), len(base))
    top, base = ([*row, *[""] * (width - len(row))] for row in (top, base))
    return [first or second for first, second in zip(top, base, strict=True)]


def _trimmed(texts: Sequence[str]) -> list[str]:
    return list(texts[: max((place for place, text in enumerate(texts) if text), default=0) + 1])


def _told_apart(rows: Iterator[Sequence[Cell]], header: int, places: dict[str, int]) -> Iterator[Row]:
    """Every row of the sheet once; what stands above and in the header are title rows."""
    nothing: dict[str, Cell] = dict.fromkeys(places)
    for position, cells in enumerate(rows):
        if position >= MAX_ROWS:
            raise Unreadable("file-too-long", rows=f"{MAX_ROWS:,}")
        if cells.count(None) == len(cells):  # sheets formatted down to their end hold a million of these
            yield Row(position + 1, Kind.BLANK, nothing)
            continue
        kept = {key: cells[place] if place < len(cells) else None for key, place in places.items()}
        yield Row(position + 1, _kind(cells, kept, above=position <= header), kept)


def _kind(cells: Sequence[Cell], kept: dict[str, Cell], *, above: bool) -> Kind:
    if all(_is_empty(cell) for cell in (cells if above else kept.values())):
        if above or all(_is_empty(cell) for cell in cells):
            return Kind.BLANK
        return _kind_without_person([_short(cell) for cell in cells])
    if above:
        return Kind.TITLE
    number = kept["id_number"]
    if _is_empty(number) or (isinstance(number, str) and _HAN.search(number)):
        return _kind_without_id(cells, kept)
    return Kind.DATA


def _short(cell: Cell) -> str:
    """Enough of a cell to recognise it by."""
    return tidy(as_text(cell)[:200])


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not tidy(cell))


def _kind_without_person(texts: list[str]) -> Kind:
    """A row outside all known columns: a pre-printed row number says nothing, words are a note."""
    if any(_TOTAL.fullmatch(half_width(text)) for text in texts):
        return Kind.TOTAL
    return Kind.TITLE if any(any(sign.isalpha() for sign in text) for text in texts) else Kind.BLANK


def _kind_without_id(cells: Sequence[Cell], kept: dict[str, Cell]) -> Kind:
    """Only a row that names no person may be other than data; words in the ID column are no number."""
    texts = [half_width(_short(cell)) for cell in cells]
    if len(columns.recognise(texts)) >= columns.HEADER_MATCHES:
        return Kind.TITLE
    written = [text for text in texts if text]
    who = half_width(_short(kept["name"]))
    if any(_TOTAL.fullmatch(text) for text in written) and (
        not who or _TOTAL.fullmatch(who) or _COUNT.fullmatch(who)
    ):
        return Kind.TOTAL
    if written and (not who or _NOTE.match(who)) and _NOTE.match(written[0]):
        return Kind.TITLE
    return Kind.DATA
