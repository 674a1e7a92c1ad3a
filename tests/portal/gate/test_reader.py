"""Every place of every kind of file is read; what can't be read is told (issue 6 item 5)."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys

import pytest
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from portal.gate.reader import found as codes
from portal.gate.reader import zips
from portal.gate.reader.ask import WORKER, Limits, Stored, read_file
from portal.gate.reader.found import Text, Unread
from portal.gate.reader.kinds import read
from portal.models import FileVersion
from tests.portal.gate import planted
from tests.portal.gate.planted import phone


class Given:
    """A file of a page, as the gate gets it."""

    def __init__(self, name: str, data: bytes, sha256: str = "", title: str = "") -> None:
        self.title = title
        self.name, self.data, self.media_type = name, data, "application/octet-stream"
        self.sha256 = sha256 or hashlib.sha256(data).hexdigest()

    def open(self) -> io.BytesIO:
        return io.BytesIO(self.data)


def read_here(data: bytes, name: str = "x") -> list[Text | Unread]:
    return list(read(data, name))


def places(found: list[Text | Unread], value: str) -> list[tuple]:
    return [one.place for one in found if isinstance(one, Text) and value in one.text.replace(" ", "")]


def whys(found: list[Text | Unread]) -> list[str]:
    return [one.why for one in found if isinstance(one, Unread)]


def missed(found: list[Text | Unread], planted_at: dict[str, int]) -> list[str]:
    return [name for name, number in planted_at.items() if not places(found, phone(number))]


def test_a_word_document_is_read_in_all_its_places():
    found = read_here(planted.docx())
    assert missed(found, planted.DOCX_PLACES) == []
    assert whys(found) == []
    assert places(found, phone(planted.DOCX_PLACES["deleted"])) == [
        (("document",), ("paragraph", 3), ("deleted",))
    ]
    assert not places(found, "5274310") and not places(found, "84567890")


def test_a_workbook_is_read_in_all_its_places():
    found = read_here(planted.xlsx())
    assert missed(found, planted.XLSX_PLACES) == []
    assert whys(found) == []
    at = places(found, phone(planted.XLSX_PLACES["very-hidden"]))
    assert at == [(("sheet", "Sheet3", "veryHidden", 1),)]
    assert places(found, "23456789.00"), "an amount is shown as one"


def test_a_pdf_is_read_in_all_its_places():
    found = read_here(planted.pdf())
    assert missed(found, planted.PDF_PLACES) == []
    assert whys(found) == []
    assert (("page", 2), ("annotation",)) in places(found, phone(planted.PDF_PLACES["annotation"]))


def test_what_an_appended_change_hides_is_read():
    """A number that was taken out by appending a new version of the page is still in the bytes."""
    writer = PdfWriter(io.BytesIO(planted.printed(f"Tel. {phone(1)}")), incremental=True)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(StreamObject())
    found = read_here(planted.saved(writer))
    assert places(found, phone(1)) == [(("earlier", 1), ("page", 1))]


def test_pictures_and_ofd_are_read():
    assert missed(read_here(planted.png()), {"text": 1, "xmp": 2}) == []
    assert missed(read_here(planted.jpeg()), {"exif": 3}) == []
    found = read_here(planted.ofd())
    assert missed(found, {"page": 1, "author": 2}) == []
    assert places(found, phone(1)) == [(("page", 1), ("line", 1))]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_and_table_files_are_read_in_their_codecs(codec):
    assert read_here("姓名,金额\n王英,1011".encode(codec), "x.csv")[1].text == "王英\t1011"
    assert read_here("第一行\n王英".encode(codec))[1] == Text((("line", 2),), "王英")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (planted.encrypted_pdf, codes.ENCRYPTED),
        (planted.scanned_pdf, codes.PICTURE),
        (lambda: b"%PDF-1.7 nothing else", codes.BROKEN),
        (lambda: b"PK\x03\x04 nothing else", codes.BROKEN),
        (lambda: b"{\\rtf1 text}", codes.KIND),
        (lambda: b"MZ\x00\x01\x02", codes.KIND),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", codes.KIND),
        (lambda: planted.docx({"word/vbaProject.bin": b"\x00\x01"}), codes.KIND),
        (lambda: planted.docx({"word/header2.xml": "<w:hdr"}), codes.BROKEN),
        (lambda: planted.zipped({"a.txt": b"0" * 40_000_000}), codes.BOMB),
    ],
)
def test_what_cannot_be_read_is_told(data, why):
    assert why in whys(read_here(data()))


def test_a_bomb_within_a_document_is_not_unpacked():
    assert codes.BOMB in whys(read_here(planted.docx({"a.zip": planted.zipped({"a": b"0" * 40_000_000})})))


def test_a_package_of_too_many_parts_is_not_read(monkeypatch):
    monkeypatch.setattr(zips, "MOST_PARTS", 3)
    assert whys(read_here(planted.docx())) == [codes.BOMB]


def test_too_many_pages_are_told(monkeypatch):
    monkeypatch.setattr("portal.gate.reader.pdf.MOST_PAGES", 3)
    assert whys(read_here(planted.many_pages(4))) == [codes.PAGES]
    assert whys(read_here(planted.many_pages(3))) == []


def test_files_within_files_end_somewhere():
    data = b"text"
    for _level in range(6):
        data = planted.zipped({"inner.zip": data})
    assert whys(read_here(data)) == [codes.NESTED]


ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "customXml/item1.xml"])
def test_no_entity_is_resolved(part, encoding):
    text = ENTITY.replace("?>", f' encoding="{encoding}"?>', 1)
    found = read_here(planted.docx({part: text.encode(encoding)}))
    assert codes.ENTITY in whys(found)
    assert not places(found, "root:")


# --- the process of its own -----------------------------------------------------------------


def test_all_kinds_are_read_in_the_process():
    """No reader needs to open a file there; each kind of file gives what it gives here."""
    files = {
        "a.pdf": planted.pdf(), "b.docx": planted.docx(), "c.xlsx": planted.xlsx(), "d.png": planted.png(),
        "e.jpg": planted.jpeg(), "f.ofd": planted.ofd(), "g.txt": "王英".encode("gb18030"),
    }  # fmt: skip
    data = planted.zipped(files)
    assert read_file(Given("all.zip", data)) == read_here(data)


def test_limits_end_the_reading():
    """Each by a limit that is reached at once; none passes."""
    data = planted.many_pages(40)
    for limits, why in (
        (Limits(cpu_s=0), codes.SLOW),
        (Limits(wall_s=0.001), codes.SLOW),
        (Limits(output=10), codes.BIG),
        (Limits(file=10), codes.BIG),
        (Limits(memory=64 * 1024 * 1024), codes.BROKEN),
    ):
        assert whys(read_file(Given("a.txt", data if why != codes.BIG else b"text " * 9, ""), limits)) == [
            why
        ]


def test_another_file_than_the_one_named_is_told():
    assert whys(read_file(Given("a.txt", b"text", "0" * 64))) == [codes.DIFFERS]


def test_a_version_in_storage_is_read(tmp_path):
    file = FieldFile(FileVersion(), FileVersion._meta.get_field("file"), "a.txt")
    file.storage = FileSystemStorage(tmp_path)
    (tmp_path / "a.txt").write_text("text")
    version = FileVersion(
        filename="a.txt", sha256=hashlib.sha256(b"text").hexdigest(), media_type="text/plain"
    )
    version.file = file
    assert read_file(Stored.of(version)) == [Text((("line", 1),), "text")]


PROBE = """
import sys, socket
sys.path.insert(0, {root!r})
from portal.gate.reader import kinds, worker
def probe(data, name):
    tried = {{"modules": [name for name in sys.modules if name.split(".")[0] in ("django", "wagtail")]}}
    for what, act in (("file", lambda: open("/etc/hostname")), ("socket", lambda: socket.socket())):
        try:
            act()
            tried[what] = "opened"
        except OSError:
            tried[what] = "refused"
    yield kinds.Text((), repr(tried))
kinds.read = probe
worker.main("x.txt", 10, 1 << 31)
"""


def test_the_process_opens_neither_file_nor_socket_and_knows_no_django():
    root = str(WORKER.parents[3])
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", PROBE.format(root=root)],
        input=b"x",
        capture_output=True,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[0])[1]
    assert told == "{'modules': [], 'file': 'refused', 'socket': 'refused'}"
