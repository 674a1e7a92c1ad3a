"""A workbook and a PDF in pieces: cells, hidden sheets and notes, pages, properties, outline, annotations."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject
from pypdfium2 import PdfDocument

from relief.publicity.place import Piece, TableReader

#: properties that hold the moment at which the file was made
MADE_AT = {"/CreationDate", "/ModDate", "dcterms:created", "dcterms:modified"}
MADE_AT |= {"xmp:createdate", "xmp:modifydate", "xmp:metadatadate"}
#: the name of a name space that every XMP packet holds: a year stands in it
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#: a whole number below this is an amount or a count, above it a number of something
MONEY_BELOW = 1_000_000_000
#: parts of a workbook that openpyxl doesn't hand out: properties, drawings, custom XML
HAS_TEXT = ("docProps/", "xl/comments", "xl/threadedComments", "xl/drawings", "xl/persons", "customXml/")


def xlsx_pieces(body: bytes) -> Iterator[Piece]:
    """Every sheet, hidden ones too; properties, notes and defined names by the file they lie in."""
    book = load_workbook(io.BytesIO(body), read_only=True)
    try:
        for sheet in book.worksheets:
            yield Piece(sheet.title, ("xlsx-sheet", sheet.title))
            table = TableReader()
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                cells = ["" if value is None else _shown(value) for value in row]
                yield from table.row(cells, ("xlsx-cell", sheet.title, number))
        for name, defined in book.defined_names.items():
            yield Piece(f"{name} {defined.attr_text}", ("xlsx-property", "name"))
    finally:
        book.close()
    yield from _parts(body)


def _parts(body: bytes) -> Iterator[Piece]:
    from relief.publicity.pieces_html import html_pieces

    with ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            if name.startswith(HAS_TEXT):
                for piece in html_pieces(archive.read(name)):
                    if not piece.text.startswith("http"):
                        made = piece.place[1] in MADE_AT
                        yield Piece(piece.text, ("xlsx-property", name), known=made)
            elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
                data = archive.read(name)
                for mark in (b"<oddHeader>", b"<oddFooter>"):
                    if mark in data:
                        start = data.index(mark)
                        text = data[start : data.index(b"</odd", start)].decode()
                        yield Piece(text, ("xlsx-property", name))


def _shown(value: Any) -> str:
    """A number cell is an amount or a count: with decimals, as money is."""
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < MONEY_BELOW):
        return f"{value:.2f}" if value % 1 or abs(value) >= 1_000_000 else str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)


#: pdfium may be asked by one thread at a time
PDFIUM = threading.Lock()


def _texts(body: bytes) -> list[str]:
    """The text of each page, by pdfium: a street's poster has a hundred pages' worth of rows."""
    with PDFIUM, PdfDocument(body) as document:
        return [page.get_textpage().get_text_range() for page in document]


def pdf_pieces(body: bytes) -> Iterator[Piece]:
    """Text of each page line by line; information, XMP, outline, notes, attached files."""
    reader = PdfReader(io.BytesIO(body))
    for number, text in enumerate(_texts(body), start=1):
        for line in text.splitlines():
            yield Piece(line, ("pdf-page", number))
    for number, page in enumerate(reader.pages, start=1):
        for note in page.get("/Annots") or ():
            yield from _strings(note.get_object(), ("pdf-annotation", number))
    for key, value in (reader.metadata or {}).items():
        yield Piece(str(value), ("pdf-property", str(key)), known=key in MADE_AT)
    root: Any = reader.trailer["/Root"]
    if "/Metadata" in root:
        from relief.publicity.pieces_html import html_pieces

        for piece in html_pieces(root["/Metadata"].get_data()):
            if piece.text == RDF:
                continue
            yield Piece(piece.text, ("pdf-property", "XMP"), known=piece.place[1] in MADE_AT)
    for title in _titles(reader.outline):
        yield Piece(title, ("pdf-outline",))
    for name, contents in reader.attachments.items():
        for data in contents:
            yield Piece(f"{name} {data.decode(errors='replace')}", ("pdf-property", "attachment"))


def _strings(thing: DictionaryObject, place: tuple[str | int, ...]) -> Iterator[Piece]:
    """Texts of an annotation, its link's address included."""
    for value in thing.values():
        inner = value.get_object()
        if isinstance(inner, str) and not str(inner).startswith("/"):
            yield Piece(str(inner), place)
        elif isinstance(inner, DictionaryObject) and not isinstance(inner, ContentStream) and "/URI" in inner:
            yield Piece(str(inner["/URI"]), place)


def _titles(outline: Any) -> Iterator[str]:
    for one in outline:
        if isinstance(one, list):
            yield from _titles(one)
        else:
            yield str(one.title)
