"""The privacy gate on one file: a PDF of 1,000 pages and 10 MB, read and asked by all rules."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Iterator
from time import perf_counter

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from portal.gate.reader.ask import read_file
from portal.gate.rules import findings
from relief.confidential.private_kinds import Allowed
from tests.bench import Figure

PAGES, GOAL_S = 1_000, 5
SIDE = 50
SIGNS = "为了规范最低生活保障审核确认工作根据有关法律法规和政策规定结合本区实际制定本办法申请人应当"
PLANTED = "13812345678"


class Made:
    """The file: text set by typst, and on each page a picture of its own."""

    name, media_type = "report.pdf", "application/pdf"

    def __init__(self) -> None:
        self.data = _with_pictures(_text())
        self.sha256 = hashlib.sha256(self.data).hexdigest()

    def open(self) -> io.BytesIO:
        return io.BytesIO(self.data)


def measure() -> Iterator[Figure]:
    made = Made()
    began = perf_counter()
    pieces = read_file(made)
    read = perf_counter() - began
    found = findings(pieces, Allowed())
    seconds = perf_counter() - began
    assert [(one.code, one.place) for one in found] == [("mobile", (("page", PAGES),))]
    what = f"PDF of {PAGES:,} pages, {len(made.data) / 1e6:.1f} MB, {len(pieces):,} texts"
    yield Figure(f"{what}: read and judged", seconds, "s", GOAL_S)
    yield Figure(f"{what}: of these, read in a process of its own", read, "s")


def _text() -> bytes:
    lot = random.Random(1)
    pages = []
    for number in range(1, PAGES + 1):
        sentences = "。".join("".join(lot.choices(SIGNS, k=25)) for _sentence in range(30))
        end = PLANTED if number == PAGES else "2025年7月1日起每人每月1011元"
        pages.append(f"= 第 {number} 章\n{sentences}。\n\n{end}")
    source = '#set text(font: "Noto Sans CJK SC", size: 10pt, lang: "zh")\n' + "\n#pagebreak()\n".join(pages)
    return bytes(typst.compile(source.encode()))


def _with_pictures(data: bytes) -> bytes:
    lot = random.Random(2)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    drawn = StreamObject()
    drawn.set_data(b"\nq 50 0 0 50 20 20 cm /Gate Do Q\n")
    drawing = writer._add_object(drawn)
    for page in writer.pages:
        picture = StreamObject()
        picture.set_data(lot.randbytes(SIDE * SIDE * 3))
        for key, value in (("/Type", "/XObject"), ("/Subtype", "/Image"), ("/ColorSpace", "/DeviceRGB")):
            picture[NameObject(key)] = NameObject(value)
        for key, number in (("/Width", SIDE), ("/Height", SIDE), ("/BitsPerComponent", 8)):
            picture[NameObject(key)] = NumberObject(number)
        resources = page["/Resources"].get_object()
        named = DictionaryObject({NameObject("/Gate"): writer._add_object(picture)})
        resources[NameObject("/XObject")] = named
        page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), drawing])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
