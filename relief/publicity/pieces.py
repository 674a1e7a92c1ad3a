"""A document in pieces: every text that it carries, seen or hidden, each with its place."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from relief.publicity.forms import Document
from relief.publicity.pieces_html import html_pieces
from relief.publicity.pieces_office import pdf_pieces, xlsx_pieces
from relief.publicity.place import Piece, rows_of

#: properties of a calendar that say when it was written
MADE = ("DTSTAMP", "LAST-MODIFIED")


def pieces_of(document: Document) -> Iterator[Piece]:
    """Raises ValueError for a document that isn't what its media type says, and for an unknown type."""
    media = document.media.split(";")[0].strip()
    yield from READERS[media](document.body)


def csv_pieces(body: bytes) -> Iterator[Piece]:
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    yield from rows_of(rows)


def text_pieces(body: bytes) -> Iterator[Piece]:
    """Plain text, and the lines of a calendar, of which folded ones are joined."""
    text = body.decode("utf-8-sig").replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
    for number, line in enumerate(text.split("\n"), start=1):
        yield Piece(line, ("line", number))


def calendar_pieces(body: bytes) -> Iterator[Piece]:
    """The lines of a calendar; when the file was made is known by its place."""
    for piece in text_pieces(body):
        name, _colon, value = piece.text.partition(":")
        yield Piece(value, piece.place, known=True) if name in MADE else piece


def json_pieces(body: bytes) -> Iterator[Piece]:
    yield from _walk(json.loads(body), ())


def _walk(value: Any, path: tuple[str | int, ...]) -> Iterator[Piece]:
    if isinstance(value, dict):
        is_row = "row" in value and "code" in value
        for key, inner in value.items():
            yield Piece(str(key), ("json", _path((*path, key))), heading=is_row)
            yield from _walk(inner, (*path, str(key)))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk(inner, (*path, number))
    elif value is not None and not isinstance(value, bool):
        known = path[-1] in {"digest", "salt"} or "commitments" in path
        yield Piece(str(value), ("json", _path(path)), known=known)


def _path(path: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in path)


READERS: dict[str, Callable[[bytes], Iterator[Piece]]] = {
    "text/html": html_pieces,
    "application/atom+xml": html_pieces,
    "application/xml": html_pieces,
    "image/svg+xml": html_pieces,
    "text/csv": csv_pieces,
    "text/plain": text_pieces,
    "text/calendar": calendar_pieces,
    "application/json": json_pieces,
    "application/pdf": pdf_pieces,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": xlsx_pieces,
}
