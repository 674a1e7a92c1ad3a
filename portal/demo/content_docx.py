"""Forms to fill in, as DOCX, from the demo's data: written by hand, the same bytes each time."""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from portal.demo.content_reader import FOLDER

#: the moment that every part of the package carries, so that its digest depends on its words only
MOMENT = (2026, 1, 1, 0, 0, 0)
#: width between the margins of A4, in twentieths of a point
WIDTH = 9070
BLANK = "　" * 12
LINE = "＿" * 30

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)


def form(key: str) -> dict[str, Any]:
    """The data of a form: `zh`, `en` and its blocks."""
    return tomllib.loads((FOLDER / "forms" / f"{key}.toml").read_text(encoding="utf-8"))


def form_docx(data: Mapping[str, Any], issuer: str) -> bytes:
    """The form as a Word document on A4."""
    parts = [paragraph(data["zh"], size=36, bold=True, centred=True), paragraph(issuer, centred=True)]
    for block in data["blocks"]:
        parts += _drawn(block)
    body = "".join(parts)
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1418" w:bottom="1134" w:left="1418" w:header="0" w:footer="0" '
        'w:gutter="0"/></w:sectPr>'
    )
    document = f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}{page}</w:body></w:document>'
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(data['zh'])}</dc:title><dc:creator>{escape(issuer)}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": document,
        "docProps/core.xml": core,
    }
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(zipfile.ZipInfo(name, MOMENT), text.encode(), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _drawn(block: Mapping[str, Any]) -> list[str]:
    if "heading" in block:
        return [paragraph(block["heading"], size=28, bold=True)]
    if "text" in block:
        return [paragraph(block["text"])]
    if "tick" in block:
        return [paragraph("　".join(f"□ {words}" for words in block["tick"]))]
    if "sign" in block:
        return [paragraph(f"{block['sign']}{BLANK}年　　月　　日")]
    if "lines" in block:
        return [paragraph(LINE) for _ in range(block["lines"])]
    if "fields" in block:
        return [table([(label, "") for label in block["fields"]], (1, 2)), paragraph("")]
    header = block["grid"]
    first = block.get("first", [""] * block.get("rows", 1))
    rows = [tuple(header), *((words, *[""] * (len(header) - 1)) for words in first)]
    return [table(rows, (1,) * len(header)), paragraph("")]


def paragraph(text: str, *, size: int = 24, bold: bool = False, centred: bool = False) -> str:
    """One paragraph; `size` in half points."""
    look = '<w:jc w:val="center"/>' if centred else ""
    strong = "<w:b/>" if bold else ""
    return (
        f'<w:p><w:pPr><w:spacing w:after="120"/>{look}</w:pPr><w:r><w:rPr>{strong}<w:sz w:val="{size}"/>'
        f'<w:lang w:eastAsia="zh-CN"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def table(rows: Iterable[tuple[str, ...]], shares: tuple[int, ...]) -> str:
    """A ruled table; `shares` are the widths of its columns."""
    widths = [WIDTH * share // sum(shares) for share in shares]
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="444444"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    drawn = "".join(
        '<w:tr><w:trPr><w:trHeight w:val="560"/></w:trPr>'
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(cell)}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{drawn}</w:tbl>"
    )
