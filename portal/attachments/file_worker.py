"""Look at the structure of one document: run as a process of its own, which a hostile file may kill.

Answers as `relief.confidential.apart` says; a head with `fault` names why the file is not taken. Knows
neither Django nor the house. Only structure is looked at: what stands inside is the privacy gate's matter.
"""

import io
import json
import resource
import struct
import sys
import zipfile

MOST_MEMORY = 900 * 1024 * 1024
MOST_SECONDS = 10
MOST_PAGES = 5_000
#: a package's parts, their size in all (bytes), and how often that may be the size of the package
MOST_PARTS = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
#: below this (bytes unpacked) the ratio says nothing
SMALL = 5 * 1024 * 1024


class Fault(Exception):
    """Why the file is not taken, by code."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    look = {"pdf": look_at_pdf, "package": look_at_package}[sys.argv[1]]
    try:
        head = look(sys.stdin.buffer.read())
    except Fault as fault:
        head = {"fault": str(fault)}
    except Exception:  # a broken file may raise anything within a parser; its words help nobody
        head = {"fault": "file-broken"}
    words = json.dumps(head).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(words)) + words)


def look_at_pdf(data: bytes) -> dict:
    """Pages of a PDF that anybody can open."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        paper = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Fault("pdf-locked" if locked else "file-broken") from None
    if raw.FPDF_GetSecurityHandlerRevision(paper.raw) != -1:
        raise Fault("pdf-locked")
    pages = len(paper)
    if pages > MOST_PAGES:
        raise Fault("pdf-long")
    if pages == 0:
        raise Fault("file-broken")
    return {"pages": pages}


def look_at_package(data: bytes) -> dict:
    """A DOCX, XLSX or OFD: what its directory declares, then the beginning of each XML part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        declared = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or declared > MOST_UNPACKED:
            raise Fault("package-bomb")
        if declared > SMALL and declared > MOST_RATIO * len(data):
            raise Fault("package-bomb")
        if any(part.flag_bits & 1 for part in parts):
            raise Fault("package-locked")
        if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
            raise Fault("package-macros")
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                look_at_root(package, part)
    return {"parts": len(parts)}


def look_at_root(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Up to a part's first element: a document type, and with it every entity, can only stand before it."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    with package.open(part) as xml:
        try:
            next(iter(iterparse(xml, events=("start",), forbid_dtd=True)))
        except DefusedXmlException:
            raise Fault("xml-entities") from None


if __name__ == "__main__":
    main()
