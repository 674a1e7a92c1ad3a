"""Files as editors upload them, and hostile ones; all made here."""

import zipfile
from io import BytesIO

from pypdf import PdfWriter

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
#: the main part of each package
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def pdf(pages: int = 1, password: str | None = None) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password is not None:
        writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def package(
    kind: str = "docx", more: dict[str, bytes | str] | None = None, main: str = "<document/>"
) -> bytes:
    """A package of Word or Excel with nothing in it but its main part and `more`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", TYPES)
        parts.writestr(MAIN[kind], main)
        for name, content in (more or {}).items():
            parts.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """Ten megabytes of nothing for each ten kilobytes."""
    return package(more={f"word/media/{n}.bin": bytes(10 * 1024 * 1024) for n in range(3)})


ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
