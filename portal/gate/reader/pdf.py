"""A PDF in texts: pages, what annotations say and draw, outline, form fields, properties, files within."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2.raw as pdfium
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from portal.gate.reader.found import (
    BIG,
    BROKEN,
    ENCRYPTED,
    GARBLED,
    MOST_PAGES,
    PAGES,
    PICTURE,
    Found,
    Place,
    Text,
    Unread,
)
from portal.gate.reader.xml_words import read_xml

#: reads a file within the file
Inner = Callable[[bytes, str], Found]
#: what pdfium writes for the hyphen at a line's end
HYPHENS = str.maketrans("", "", "\x02\ufffe\u00ad")
#: signs that stand for none: the font doesn't say which character it draws
NO_SIGN = re.compile(r"[\x00\x03-\x08\ufffd\ue000-\uf8ff]")
#: share of such signs from which a page counts as unread
GARBLED_FROM = 0.2
#: strokes and fills from which a page without text is taken for drawn letters
DRAWN_FROM = 60
LINE_END = re.compile(r"(?<!\d)(\d[\d \t-]{0,20})$")
LINE_START = re.compile(r"^([\d \t-]{0,20}\d[Xx]?)(?![\dA-Za-z])")
#: keys that lead away or say nothing
PASSED_BY = {"/P", "/Parent", "/Pg", "/Dest", "/D", "/AP", "/Popup", "/IRT", "/Type", "/Subtype", "/NM", "/M"}
PASSED_BY |= {"/CreationDate", "/ModDate", "/DA", "/DS", "/Font", "/DR", "/ID"}
MOST_STEPS = 200_000
#: where a version of the file ends, and how many earlier ones are read
END = re.compile(rb"%%EOF\s?")
MOST_EARLIER = 3


def read_pdf(data: bytes, inner: Inner) -> Found:
    try:
        document = PdfDocument(data)
    except PdfiumError:
        yield Unread((), ENCRYPTED if b"/Encrypt" in data else BROKEN)
        return
    if len(document) > MOST_PAGES:
        yield Unread((), PAGES)
        return
    noted = []
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        if pdfium.FPDFPage_GetAnnotCount(page) > 0:
            noted.append(number)
        yield from _page(page, number)
        page.close()
    for bookmark in document.get_toc():
        yield Text((("outline",),), bookmark.get_title() or "")
    yield from _drawn_notes(document, noted)
    document.close()
    yield from _earlier(data)
    try:
        yield from _structures(PdfReader(io.BytesIO(data)), noted, inner)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        yield Unread((("structure",),), BROKEN)


# --- pages ----------------------------------------------------------------------------------


def _text(page: PdfPage) -> str:
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    textpage.close()
    return str(text).translate(HYPHENS)


def _page(page: PdfPage, number: int) -> Found:
    """Line by line, and over a line's end; a page that shows something and has no text is unread."""
    place: Place = (("page", number),)
    text = _text(page)
    if not text.strip():
        if _shows(page):
            yield Unread(place, PICTURE)
        return
    if len(NO_SIGN.findall(text)) > GARBLED_FROM * len(text):
        yield Unread(place, GARBLED)
    lines = text.splitlines()
    for line in lines:
        yield Text(place, line)
    yield from _over_line_ends(lines, place)


def _over_line_ends(lines: list[str], place: Place) -> Iterator[Text]:
    for before, after in zip(lines, lines[1:], strict=False):
        end, start = LINE_END.search(before.rstrip()), LINE_START.match(after.lstrip())
        if end and start:
            yield Text(place, end[1].rstrip() + start[1].lstrip(), joined=True)


def _shows(page: PdfPage) -> bool:
    """Whether a page without text holds a picture, or so many strokes that they may be letters."""
    strokes = 0
    for thing in page.get_objects(max_depth=3):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            return True
        strokes += thing.type == pdfium.FPDF_PAGEOBJ_PATH
        if strokes >= DRAWN_FROM:
            return True
    return False


def _drawn_notes(document: PdfDocument, noted: list[int]) -> Iterator[Text]:
    """What annotations draw that the page itself doesn't say: a stamp's letters, a field's value."""
    for number in noted:
        page = document[number - 1]
        before = set(_text(page).splitlines())
        if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            page.close()
            page = document[number - 1]
            for line in _text(page).splitlines():
                if line not in before:
                    yield Text((("page", number), ("annotation",)), line)
        page.close()


def _earlier(data: bytes) -> Found:
    """Pages as they were before the file was changed by appending to it: the bytes are still there.

    A file laid out for the web has one such mark near its beginning, which ends no earlier version.
    """
    ends = [found.end() for found in END.finditer(data)][:-1]
    if b"/Linearized" in data[:1024]:
        ends = ends[1:]
    for number, end in enumerate(ends[-MOST_EARLIER:], start=1):
        try:
            document = PdfDocument(data[:end])
        except PdfiumError:
            continue  # no version of its own: what the whole file says of it was read
        for at in range(1, len(document) + 1):
            page = document[at - 1]
            for line in _text(page).splitlines():
                yield Text((("earlier", number), ("page", at)), line)
            page.close()
        document.close()


# --- what lies beside the pages -------------------------------------------------------------


def _structures(reader: PdfReader, noted: list[int], inner: Inner) -> Found:
    if reader.is_encrypted:
        reader.decrypt("")
    for key, value in (reader.metadata or {}).items():
        if key not in PASSED_BY:
            yield Text((("property", str(key).lstrip("/")),), str(value))
    root: Any = reader.trailer["/Root"].get_object()
    for number in noted:
        notes = reader.pages[number - 1].get("/Annots")
        yield from _strings(notes, (("page", number), ("annotation",)), inner)
    if "/Metadata" in root:
        for found in read_xml(root["/Metadata"].get_object().get_data()):
            yield found._replace(place=(("property", "XMP"),))
    for key, step in (("/AcroForm", "form-field"), ("/PageLabels", "page-label"), ("/OCProperties", "layer")):
        yield from _strings(root.get(key), ((step,),), inner)
    yield from _alternatives(root.get("/StructTreeRoot"))
    for key in ("/Names", "/AF", "/OpenAction", "/AA", "/Collection"):
        yield from _strings(root.get(key), (("attached",),), inner)


def _strings(thing: Any, place: Place, inner: Inner) -> Found:
    """Every text below `thing`, and the files that it holds; each object once."""
    stack, seen, steps = [thing], set(), 0
    while stack:
        value = stack.pop()
        steps += 1
        if steps > MOST_STEPS:
            yield Unread(place, BROKEN)
            return
        value = value.get_object() if value is not None else None
        if isinstance(value, DictionaryObject | ArrayObject):
            if id(value) in seen:
                continue
            seen.add(id(value))
        if isinstance(value, StreamObject):
            yield from _stream(value, place, inner)
        elif isinstance(value, DictionaryObject):
            if "/EF" in value:
                yield from _file(value, place, inner)
            stack += [value.raw_get(key) for key in value if key not in PASSED_BY and key != "/EF"]
        elif isinstance(value, ArrayObject):
            stack += reversed(value)
        elif isinstance(value, str) and not value.startswith("/"):
            yield Text(place, str(value))
        elif isinstance(value, bytes):
            yield Text(place, value.decode("utf-8", "replace"))


def _alternatives(tree: Any) -> Found:
    """What a tagged PDF says in place of pictures and signs, or out of the way of abbreviations."""
    stack, place = [tree], (("alternative",),)
    seen: set[int] = set()
    while stack:
        value = stack.pop()
        value = value.get_object() if value is not None else None
        if isinstance(value, ArrayObject):
            stack += value
        elif isinstance(value, DictionaryObject) and id(value) not in seen:
            seen.add(id(value))
            if len(seen) > MOST_STEPS:
                yield Unread(place, BIG)
                return
            for key in ("/Alt", "/ActualText", "/E", "/T"):
                if key in value:
                    yield Text(place, str(value[key]))
            if "/K" in value:
                stack.append(value.raw_get("/K"))


def _stream(value: Any, place: Place, inner: Inner) -> Found:
    """A stream that isn't drawn: a script, a form in XML."""
    yield from inner(bytes(value.get_data()), "stream.txt")


def _file(value: Any, place: Place, inner: Inner) -> Found:
    """A file within: its name stands beside as a text, its bytes are read as a file."""
    name = str(value.get("/UF") or value.get("/F") or "")
    for stream in {id(one): one for one in (ref.get_object() for ref in value["/EF"].values())}.values():
        for found in inner(bytes(stream.get_data()), name):
            yield found._replace(place=(*place, ("inside", name), *found.place))
