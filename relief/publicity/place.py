"""Where a text stands in a form of a list, and tables read row by row (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from relief.publicity.disclose import COLUMNS

Place = tuple[str | int, ...]
#: how the first column of a table of rows is headed, in either language
FIRST = frozenset({COLUMNS["row"].label_zh, COLUMNS["row"].label_en})


@dataclass(frozen=True)
class Piece:
    """A text at its place. `heading`: it heads a column; `known`: the place of a digest or moment."""

    text: str
    place: Place
    heading: bool = False
    known: bool = False


@dataclass
class TableReader:
    """Cells of a table: those under a heading are named by row number and heading."""

    headings: list[str] = field(default_factory=list)

    def row(self, cells: Sequence[str], at: Place) -> Iterator[Piece]:
        """The cells of one row; a row that begins with the heading of row numbers is the table's head."""
        if cells and cells[0].strip() in FIRST:
            self.headings = [cell.strip() for cell in cells]
            for cell in cells:
                yield Piece(cell, at, heading=True)
            return
        number = cells[0].strip() if cells else ""
        in_table = bool(self.headings) and number.isdigit() and len(number) <= 6
        for index, cell in enumerate(cells):
            if in_table and index < len(self.headings):
                yield Piece(cell, ("row", int(number), self.headings[index]))
            else:
                yield Piece(cell, at)
                if in_table and cell.strip():
                    yield Piece("", ("row", int(number), ""), heading=True)


def rows_of(rows: Iterable[Sequence[str]]) -> Iterator[Piece]:
    """A table file: its rows in order."""
    table = TableReader()
    for number, cells in enumerate(rows, start=1):
        yield from table.row(cells, ("line", number))
