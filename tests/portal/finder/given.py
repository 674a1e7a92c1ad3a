"""Small real files with words that stand nowhere else."""

from __future__ import annotations

import io

from openpyxl import Workbook

from tests.portal.gate.planted import paragraph, printed, word, zipped


def docx(words: str) -> bytes:
    """A small document of Word."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": word("document", f"<w:body>{paragraph(words)}</w:body>"),
            "docProps/core.xml": '<?xml version="1.0"?><p><creator>欧阳修</creator></p>',
        }
    )


def xlsx(words: str) -> bytes:
    book = Workbook()
    book.active["A1"] = words
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "底稿不公开"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(words: str) -> bytes:
    """Printed on a strip so narrow that the words run over the end of a line."""
    return printed(f'#set page(width: 90pt, height: 400pt)\n#set text(font: "Noto Sans CJK SC")\n{words}')
