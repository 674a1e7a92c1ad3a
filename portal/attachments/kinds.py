"""What a file is, from its bytes alone (pure): a name says nothing."""

from __future__ import annotations

import zipfile
from io import BytesIO

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"
TEXT = "text/plain"
CSV = "text/csv"
MARKUP = "text/html"
UNKNOWN = "application/octet-stream"
IMAGES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
#: the part that makes a package what it is
PACKAGES = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "OFD.xml": OFD}
#: which kinds a name's ending may promise; text has no marks of its own to tell CSV from it
PROMISED = {"pdf": {PDF}, "docx": {DOCX}, "xlsx": {XLSX}, "ofd": {OFD}, "csv": {TEXT}, "txt": {TEXT}}
#: names of kinds, for readers
NAMES = {PDF: "PDF", DOCX: "DOCX", XLSX: "XLSX", OFD: "OFD", TEXT: "TXT", CSV: "CSV"}
#: bytes that a reader may look through for the start of a PDF
HEAD = 1024
BEGINNINGS = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<!--", b"<script", b"<head", b"<body")
ANYWHERE = (b"<script", b"<svg", b"<iframe", b"javascript:", b"<foreignobject")


def kind_of(data: bytes) -> str:
    """Media type of the bytes; `text/html` for every markup that a browser might run."""
    if b"%PDF-" in data[:HEAD]:
        return PDF
    for mark, image in IMAGES.items():
        if data.startswith(mark):
            return image
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    return _text(data)


def media_type_of(data: bytes) -> str:
    """Media type to serve the bytes with: like `kind_of`, but markup is never served as markup."""
    kind = kind_of(data)
    return UNKNOWN if kind == MARKUP else kind


def extension_of(filename: str) -> str:
    """Ending of a name without its dot, in small letters."""
    return filename.rpartition(".")[2].lower() if "." in filename else ""


def _package(data: bytes) -> str:
    """By the parts that the directory names; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        return UNKNOWN
    for part, kind in PACKAGES.items():
        if part in names and (kind == OFD or "[Content_Types].xml" in names):
            return kind
    return "application/zip"


def _text(data: bytes) -> str:
    """Plain text in UTF-8, UTF-16 with mark, or GB18030; else unknown."""
    for mark, encoding in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"", "utf-8-sig"),
        (b"", "gb18030"),
    ):
        if not data.startswith(mark):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(one < " " and one not in "\t\n\r\f" for one in text):
            return UNKNOWN
        return MARKUP if _is_markup(text) else TEXT
    return UNKNOWN


def _is_markup(text: str) -> bool:
    lower = text.lower().encode("utf-8", "ignore")
    return lower.lstrip().startswith(BEGINNINGS) or any(mark in lower for mark in ANYWHERE)
