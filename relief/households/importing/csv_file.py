"""The rows of a .csv file in the encodings that offices use."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import StringIO

from relief.households.importing.cells import Cell
from relief.households.importing.rules import Unreadable

DELIMITERS = ",\t;"
Rows = Iterator[tuple[Cell, ...]]


class CsvFile:
    """A decoded text file and its delimiter; raises `Unreadable` for another encoding."""

    def __init__(self, content: bytes, has_header: Callable[[Rows], bool]) -> None:
        # One cell may swallow the file when a quotation mark is missing: it is refused by row and column,
        # so the reader must first be able to hold it.
        csv.field_size_limit(max(csv.field_size_limit(), len(content)))
        self._text, self._delimiter = "", DELIMITERS[0]
        misquoted: Unreadable | None = None
        for self._text in _decodings(content):
            for self._delimiter in DELIMITERS:
                try:
                    if has_header(self._read()):
                        return
                except Unreadable as fault:  # perhaps only by this delimiter
                    misquoted = misquoted or fault
        line = _undecodable_line(content)
        if line:
            raise Unreadable("file-encoding", line=line)
        if misquoted:
            raise misquoted

    def rows(self, width: int) -> Rows:
        """Every record from the file's first; one over several lines counts once, as in a spreadsheet."""
        return self._read()

    def _read(self) -> Rows:
        reader = csv.reader(StringIO(self._text, newline=""), delimiter=self._delimiter, strict=True)
        try:
            for record in reader:
                yield tuple(record)
        except csv.Error as fault:
            raise Unreadable("file-quotes", line=reader.line_num) from fault


def _decodings(content: bytes) -> Iterator[str]:
    """The text as UTF-8 and as GB18030; half characters pass, to be refused in their cell."""
    for encoding, errors in (("utf-8-sig", "surrogatepass"), ("gb18030", "strict")):
        try:
            yield content.decode(encoding, errors)
        except UnicodeDecodeError:
            continue


def _undecodable_line(content: bytes) -> int:
    """The first line that is no UTF-8, from 1; 0 when all are."""
    try:
        content.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError as fault:
        return content.count(b"\n", 0, fault.start) + 1
    return 0
