"""Whether an uploaded document is taken: refused in words, before anything of it is kept."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.attachments import kinds
from relief.confidential.apart import NoAnswer, run_apart

WORKER = Path(__file__).with_name("file_worker.py")
#: bytes of a document
MOST_BYTES = 20 * 1024 * 1024


def check_document(data: bytes, filename: str) -> str:
    """Media type of a document that may be taken. Raises ValidationError in words that say what to do."""
    extension = kinds.extension_of(filename)
    if not data:
        raise refused("file-empty")
    if len(data) > MOST_BYTES:
        raise refused("file-big")
    if extension not in kinds.PROMISED:
        raise refused("file-kind")
    kind = kinds.kind_of(data)
    if kind == kinds.MARKUP:
        raise refused("file-markup")
    if kind not in kinds.PROMISED[extension]:
        raise mismatch(extension, kind)
    if kind == kinds.PDF:
        _look("pdf", data)
    elif kind != kinds.TEXT:
        _look("package", data)
    return kind


def _look(what: str, data: bytes) -> None:
    try:
        head, _body = run_apart(WORKER, data, what)
    except NoAnswer:
        raise refused("file-broken") from None
    if "fault" in head:
        raise refused(head["fault"])


def refused(code: str) -> ValidationError:
    words = {
        "file-empty": _("The file is empty. Choose it again; your entries are kept."),
        "file-big": _("The file is too big: at most %(size)s. Divide it, or save it with smaller pictures.")
        % {"size": filesizeformat(MOST_BYTES)},
        "file-kind": _("Files of this kind are not taken. Save it as PDF, DOCX, XLSX, OFD, CSV or TXT."),
        "file-markup": _(
            "The file holds markup or script that a browser could run (HTML, SVG), whatever its name says. "
            "Save it as PDF or plain text."
        ),
        "file-broken": _("The file is damaged and can't be read. Save it anew in its own program."),
        "pdf-locked": _("The PDF is encrypted. Save it without password and restrictions."),
        "pdf-long": _("The PDF has more than 5,000 pages. Divide it into parts."),
        "package-bomb": _("Unpacked, the file would be far too big. Save it anew in its own program."),
        "package-locked": _("The file is encrypted. Save it without a password."),
        "package-macros": _("The file holds macros. Save it as DOCX or XLSX without macros."),
        "xml-entities": _(
            "A part of the file draws in other files (external entities). Save it anew in its own program."
        ),
    }
    return ValidationError(words[code], code=code)


def mismatch(extension: str, kind: str) -> ValidationError:
    """The name promises one kind, the bytes are another."""
    words = _(
        "The name says %(extension)s, but the file is none (%(kind)s). Save it anew in its own program."
    )
    found = kinds.NAMES.get(kind, kind)
    return ValidationError(words % {"extension": extension.upper(), "kind": found}, code="file-mismatch")
