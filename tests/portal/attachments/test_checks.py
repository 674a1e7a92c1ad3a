"""What an upload may be: found from its bytes, refused in words, read in a process of its own."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from portal.attachments import kinds
from portal.attachments.checks import check_document
from tests.portal.attachments.uploads import ENTITY, bomb, package, pdf

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", kinds.PDF),
        (package("docx"), kinds.DOCX),
        (package("xlsx"), kinds.XLSX),
        (b"PK\x03\x04 and nothing behind it", kinds.UNKNOWN),
        ("姓名,街道\n".encode(), kinds.TEXT),
        ("姓名,街道\n".encode("gb18030"), kinds.TEXT),
        ("姓名,街道\n".encode("utf-16"), kinds.TEXT),
        (SVG, kinds.MARKUP),
        (SVG.decode().encode("utf-16"), kinds.MARKUP),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", kinds.MARKUP),
        (b"a,b\n<SCRIPT src=x>", kinds.MARKUP),
        (b"MZ\x90\x00\x03", kinds.UNKNOWN),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
    ],
)
def test_the_kind_comes_from_the_bytes(data, kind):
    assert kinds.kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "file-empty"),
        (SVG, "a.svg", "file-kind"),
        (SVG, "a.txt", "file-markup"),
        (SVG, "a.pdf", "file-markup"),
        (b"<html><script>alert(1)</script></html>", "a.csv", "file-markup"),
        (pdf(), "a.docx", "file-mismatch"),
        (package("xlsx"), "a.docx", "file-mismatch"),
        (b"%PDF-1.7\nnothing", "a.pdf", "file-broken"),
        (pdf(password="secret"), "a.pdf", "pdf-locked"),
        (pdf(password=""), "a.pdf", "pdf-locked"),
        (partial(pdf, 5_001), "a.pdf", "pdf-long"),
        (package(main=ENTITY), "a.docx", "xml-entities"),
        (package("xlsx", {"xl/comments1.xml": ENTITY.encode("utf-16")}), "a.xlsx", "xml-entities"),
        (package(more={"word/_rels/document.xml.rels": ENTITY}), "a.docx", "xml-entities"),
        (package(more={"word/vbaProject.bin": b"x"}), "a.docx", "package-macros"),
        (package(main="no xml"), "a.docx", "file-broken"),
        (bomb, "a.docx", "package-bomb"),
        (partial(package, more={f"word/{n}": b"" for n in range(5_001)}), "a.docx", "package-bomb"),
    ],
)
def test_bad_uploads_are_refused(data, name, code):
    made = data() if callable(data) else data  # the large ones when they are asked for, not in every worker
    with pytest.raises(ValidationError) as refused:
        check_document(made, name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pdf(3), "通知.PDF"),
        (package("docx"), "申请表.docx"),
        (package("xlsx"), "统计.xlsx"),
        ("姓名\n".encode(), "a.csv"),
        (b"plain", "a.txt"),
    ],
)
def test_honest_uploads_are_taken(data, name):
    assert check_document(data, name)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr("portal.attachments.checks.MOST_BYTES", 100)
    with pytest.raises(ValidationError, match="100"):
        check_document(pdf(), "a.pdf")
