"""The statistics of an annual report as data: one line a number, the same numbers as the page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.pages.statutory_checks import Numbers
from portal.pages.statutory_tables import CHAPTERS, FORM, Chapter, Grid, Words, cell
from portal.publicity.downloads import BOM, harmless

Tables = Mapping[str, Numbers]


@dataclass(frozen=True)
class Download:
    """A file of numbers with what its link says."""

    label: str
    url: str
    size: str
    rows: int


def downloads(year: int, tables: Tables, address: str) -> list[Download]:
    """The links to both files. `address` ends where the file's ending begins."""
    rows = sum(1 for _line in lines(tables))
    found = (
        ("csv", _("Table (CSV)"), csv_bytes(tables)),
        ("json", _("Data (JSON)"), json_bytes(year, tables)),
    )
    return [Download(label, f"{address}{ending}", filesizeformat(len(body)), rows)
            for ending, label, body in found]  # fmt: skip


def lines(tables: Tables) -> Iterator[list[str]]:
    """One line for each number of the tables; an empty text where none was written."""
    for chapter in CHAPTERS.values():
        for grid in chapter.grids:
            for row in grid.rows:
                for column in grid.columns:
                    value = tables[chapter.code].get(cell(row.code, column.code))
                    yield [
                        str(chapter.number),
                        str(grid.caption),
                        str(row.group or ""),
                        str(row.words),
                        str(column.group or ""),
                        str(column.words),
                        "" if value is None else str(value),
                    ]


def csv_bytes(tables: Tables) -> bytes:
    """UTF-8 with BOM, labels in the language of the address."""
    buffer = io.StringIO()
    write = csv.writer(buffer).writerow
    buffer.write(BOM)
    write([_("Chapter"), _("Table"), _("Group of rows"), _("Row"), _("Group of columns"), _("Column"),
           _("Number")])  # fmt: skip
    for line in lines(tables):
        write([harmless(value) for value in line])
    return buffer.getvalue().encode()


def json_bytes(year: int, tables: Tables) -> bytes:
    """The tables by code, with the words of both languages and the clause."""
    document = {
        "schema": "annual-report/1",
        "year": year,
        "form": FORM,
        "tables": [
            _grid(chapter, grid, tables[chapter.code])
            for chapter in CHAPTERS.values()
            for grid in chapter.grids
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _grid(chapter: Chapter, grid: Grid, numbers: Numbers) -> dict[str, Any]:
    return {
        "chapter": chapter.number,
        "code": grid.code,
        "clause": grid.clause,
        "unit": "10000 yuan" if grid.money else "items",
        **_both(grid.caption),
        "columns": [
            {"code": one.code, "group": _words(one.group), **_both(one.words)} for one in grid.columns
        ],
        "rows": [
            {
                "code": row.code,
                "group": _words(row.group),
                **_both(row.words),
                "values": {one.code: numbers.get(cell(row.code, one.code)) for one in grid.columns},
            }
            for row in grid.rows
        ],
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _words(words: Words | None) -> dict[str, str] | None:
    return _both(words) if words else None
