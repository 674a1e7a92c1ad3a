"""The rows of an .xlsx workbook, streamed; a bomb is refused before anything is unpacked."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from relief.households.importing.cells import Cell
from relief.households.importing.rules import Unreadable

# 116,000 persons (a whole city) unpack to about 100 MB.
MAX_UNPACKED_MB = 160
MAX_PARTS = 2000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

Rows = Iterator[tuple[Cell, ...]]


class Workbook:
    """The one sheet of a workbook that holds a table; raises `Unreadable` when two do."""

    def __init__(self, content: bytes, has_header: Callable[[Rows], bool]) -> None:
        _refuse_bombs(content)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about styles and extensions that we do not read
                book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        except Exception as fault:  # the library raises whatever the damaged part made it stumble over
            raise Unreadable("file-no-workbook") from fault
        sheets = list(book.worksheets)
        if not sheets:
            raise Unreadable("file-no-workbook")
        for sheet in sheets:
            # Other programs write wrong dimensions; trusting them would lose rows.
            sheet.reset_dimensions()
        self._sheets = sheets
        tables = [sheet for sheet in sheets if has_header(self._read(sheet, 100))]
        if len(tables) > 1:
            raise Unreadable("file-two-tables", first=tables[0].title, second=tables[1].title)
        self._table = tables[0] if tables else None

    def rows(self, width: int) -> Rows:
        """Every row from the sheet's first, `width` cells each; gaps come as empty rows."""
        return self._read(self._table, width) if self._table is not None else iter(())

    def _read(self, sheet: Any, width: int) -> Rows:
        number = 0
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for cells in sheet.iter_rows(max_col=width, values_only=True):
                    number += 1
                    yield _unescaped(cells)
        except Exception as fault:  # damaged XML, a wrong checksum, a number that is none
            raise Unreadable("file-damaged", row=number) from fault


def _refuse_bombs(content: bytes) -> None:
    """Sizes as the directory states them: the unpacker stops there, whatever the data say."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as fault:
        raise Unreadable("file-no-workbook") from fault
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_MB * 1024 * 1024:
        raise Unreadable("file-bomb", most=MAX_UNPACKED_MB)


def _unescaped(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """`_x0000_` stands for the character that XML cannot hold."""
    if cells.count(None) == len(cells):  # most rows of a sheet that is formatted down to its end
        return cells
    if not any(isinstance(cell, str) and "_x" in cell for cell in cells):
        return cells
    return tuple(
        _ESCAPE.sub(lambda found: chr(int(found[1], 16)), cell) if isinstance(cell, str) else cell
        for cell in cells
    )
