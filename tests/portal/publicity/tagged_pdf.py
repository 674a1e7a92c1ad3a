"""A tagged PDF read by its tags (ISO 14289), as a screen reader takes it: headings and rows of its table."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from relief.publicity.pieces_office import PDFIUM


@dataclass
class Sheet:
    """One page: the rows of the table that stand on it, and all of its text."""

    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    text: str = ""


def sheets_of(data: bytes) -> list[Sheet]:
    with PDFIUM, pdfium.PdfDocument(data) as document:
        return [_sheet(page) for page in document]


def _sheet(page: Any) -> Sheet:
    texts, whole = _texts(page)
    found = Sheet(text=whole)
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        for start in range(raw.FPDF_StructTree_CountChildren(tree)):
            for row in _rows(raw.FPDF_StructTree_GetChildAtIndex(tree, start)):
                cells = [(_kind(cell), _words(cell, texts)) for cell in _children(row)]
                words = [text for _kind, text in cells]
                if all(kind == "TH" for kind, _text in cells):
                    found.heads = found.heads or words
                elif any(words):
                    found.rows.append(words)
    finally:
        raw.FPDF_StructTree_Close(tree)
    return found


def _texts(page: Any) -> tuple[dict[int, str], str]:
    """The text of each marked piece by its number, and the text of the page."""
    layer, texts = page.get_textpage(), {}
    for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=10):
        size = raw.FPDFTextObj_GetText(piece.raw, layer.raw, None, 0)
        room = ctypes.create_string_buffer(size)
        letters = ctypes.cast(room, ctypes.POINTER(raw.FPDF_WCHAR))
        raw.FPDFTextObj_GetText(piece.raw, layer.raw, letters, size)
        number = raw.FPDFPageObj_GetMarkedContentID(piece.raw)
        texts[number] = texts.get(number, "") + room.raw.decode("utf-16-le").rstrip("\0")
    return texts, layer.get_text_range()


def _rows(element: Any) -> Iterator[Any]:
    for child in _children(element):
        if _kind(child) == "TR":
            yield child
        else:
            yield from _rows(child)


def _children(element: Any) -> list[Any]:
    count = raw.FPDF_StructElement_CountChildren(element)
    found = (raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(max(count, 0)))
    return [child for child in found if child]


def _kind(element: Any) -> str:
    size = raw.FPDF_StructElement_GetType(element, None, 0)
    room = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetType(element, room, size)
    return room.raw.decode("utf-16-le").rstrip("\0")


def _words(element: Any, texts: dict[int, str]) -> str:
    """The text of an element and of those within it."""
    count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
    numbers = [raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at) for at in range(max(count, 0))]
    own = "".join(texts.get(number, "") for number in numbers)
    return own + "".join(_words(child, texts) for child in _children(element))
