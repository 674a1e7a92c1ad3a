"""Packages of XML: Word, Excel, OpenDocument, OFD, and plain archives; every part is read."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from zipfile import BadZipFile, ZipFile, ZipInfo

from portal.gate.reader.found import (
    BOMB,
    BROKEN,
    ENCRYPTED,
    MOST_PARTS,
    MOST_SWELLING,
    MOST_UNPACKED,
    SWELLS_FROM,
    Found,
    Step,
    Text,
    Unread,
    within,
)
from portal.gate.reader.ofd import PageWords
from portal.gate.reader.sheets import read_sheets
from portal.gate.reader.xml_words import read_xml

Inner = Callable[[bytes, str], Found]

#: parts of an office package that hold no words: fonts, settings of printers
WORDLESS = re.compile(r"(?:.*/)?(?:printersettings\d*\.bin|[^/]+\.(?:odttf|fntdata|ttf|otf))|mimetype", re.I)
XML = (".xml", ".rels", ".vml", ".svg", ".xhtml", ".rdf")
#: part → how its place is called
PARTS: tuple[tuple[str, Step], ...] = (
    (r"word/document\d*\.xml", ("document",)),
    (r"word/header\d*\.xml", ("header",)),
    (r"word/footer\d*\.xml", ("footer",)),
    (r"word/footnotes\.xml", ("footnotes",)),
    (r"word/endnotes\.xml", ("endnotes",)),
    (r"(word|xl|ppt)/(comments|threadedcomments).*\.xml", ("comments",)),
    (r"docprops/.*|meta\.xml", ("property", "")),
    (r"content\.xml", ("document",)),
)


def read_zip(data: bytes, inner: Inner) -> Found:
    """Every part; a package that unpacks to too much is not unpacked at all."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if why := refused(archive.infolist(), len(data)):
                yield Unread((), why)
                return
            yield from _parts(archive, inner)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError):
        yield Unread((), BROKEN)


def refused(parts: list[ZipInfo], packed: int) -> str:
    """Why a package is not unpacked, by code, or nothing. No part gives more bytes than it declares."""
    unpacked = sum(part.file_size for part in parts)
    swells = unpacked > SWELLS_FROM and unpacked > MOST_SWELLING * packed
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swells:
        return BOMB
    return ENCRYPTED if any(part.flag_bits & 1 for part in parts) else ""


def _parts(archive: ZipFile, inner: Inner) -> Found:
    names = {part.filename for part in archive.infolist()}
    done: set[str] = set()
    if "xl/workbook.xml" in names:
        done = yield from read_sheets(archive)
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        yield Unread((), ENCRYPTED)
        return
    for part in archive.infolist():
        name = part.filename
        if part.comment:
            yield Text((("part", name),), part.comment.decode("utf-8", "replace"))
        if name in done or part.is_dir() or WORDLESS.fullmatch(name):
            continue
        yield from _part(archive, part, inner, office="[Content_Types].xml" in names)
    if archive.comment:
        yield Text((("property", "ZIP"),), archive.comment.decode("utf-8", "replace"))


def _part(archive: ZipFile, part: ZipInfo, inner: Inner, *, office: bool) -> Found:
    name = part.filename
    data = archive.read(part)
    if page := re.fullmatch(r".*/Pages/Page_(\d+)/[^/]+\.xml", name):
        yield from within(("page", int(page[1]) + 1), read_xml(data, PageWords()))
    elif name.lower().endswith(XML):
        yield from within(step_of(name), read_xml(data))
    else:
        if not office:
            yield Text((("inside", name),), name)
        yield from within(("inside", name), inner(data, name))


def step_of(name: str) -> Step:
    """How the place of a part is called."""
    for pattern, step in PARTS:
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return (step[0], name.rsplit("/", 1)[-1]) if step[0] == "property" else step
    return ("part", name)
