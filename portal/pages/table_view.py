"""A chapter's tables made ready for drawing: the same on the public page and in the editor's form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from portal.pages.statutory_tables import Chapter, Grid, Row, Words, cell
from portal.templatetags.cap import NOTHING


@dataclass(frozen=True)
class Head:
    """A cell of the table's head."""

    words: Words
    across: int = 1
    down: int = 1

    @property
    def scope(self) -> str:
        return "colgroup" if self.across > 1 else "col"


@dataclass(frozen=True)
class Cell:
    """A number with its place in words. `shown` is "—" where none was written yet."""

    code: str
    row: str
    column: str
    typed: str
    wrong: bool = False

    @property
    def shown(self) -> str:
        return self.typed or NOTHING

    @property
    def label(self) -> str:
        return f"{self.row}, {self.column}"


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    row: Row
    cells: list[Cell]


@dataclass(frozen=True)
class Body:
    """Rows that follow each other under one heading, or without any."""

    group: Words | None
    lines: list[Line]


@dataclass(frozen=True)
class DrawnGrid:
    """One table, ready to be drawn."""

    grid: Grid
    heads: list[list[Head]]
    bodies: list[Body]

    @property
    def width(self) -> int:
        """Columns with the column of the rows' names."""
        return len(self.grid.columns) + 1


def draw(chapter: Chapter, values: Mapping[str, Any], wrong: Collection[str] = ()) -> list[DrawnGrid]:
    """The chapter's tables with what stands in them: numbers, or what an editor typed."""
    return [DrawnGrid(grid, list(_heads(grid)), list(_bodies(grid, values, wrong))) for grid in chapter.grids]


def _heads(grid: Grid) -> Iterator[list[Head]]:
    two = any(column.group for column in grid.columns)
    first: list[Head] = []
    for group, columns in groupby(grid.columns, key=lambda column: column.group):
        found = list(columns)
        if group:
            first.append(Head(group, across=len(found)))
        else:
            first += [Head(column.words, down=2 if two else 1) for column in found]
    yield first
    if two:
        yield [Head(column.words) for column in grid.columns if column.group]


def _bodies(grid: Grid, values: Mapping[str, Any], wrong: Collection[str]) -> Iterator[Body]:
    for group, rows in groupby(grid.rows, key=lambda row: row.group):
        yield Body(group, [Line(row, list(_cells(grid, row, values, wrong))) for row in rows])


def _cells(grid: Grid, row: Row, values: Mapping[str, Any], wrong: Collection[str]) -> Iterator[Cell]:
    for column in grid.columns:
        code = cell(row.code, column.code)
        value = values.get(code)
        typed = "" if value is None else str(value)
        yield Cell(code, str(row.words), str(column.words), typed, code in wrong)
