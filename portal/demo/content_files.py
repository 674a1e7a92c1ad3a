"""Attachments of the demo's texts (附件), made when loaded: forms in DOCX, tables in XLSX, print in PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from re import sub
from typing import Any

import xlsxwriter

from portal.demo.content_blocks import Article, Heading, Paragraph, Table
from portal.demo.content_docx import form, form_docx
from portal.demo.content_reader import FOLDER, Text, all_texts
from portal.publicity.typesetting import typeset

ISSUER = "明河区民政局"
#: what a file says of the moment at which it was made
MADE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Paper:
    """A file to be: its title in both languages, its name, and who makes its bytes."""

    zh: str
    en: str
    filename: str
    make: Callable[[], bytes]

    def title(self, language: str) -> str:
        return self.en if language == "en" else self.zh


def _form(key: str) -> Paper:
    data = form(key)
    return Paper(data["zh"], data["en"], f"{data['zh']}.docx", lambda: form_docx(data, ISSUER))


def _sheet(zh: str, en: str, name: str) -> Paper:
    return Paper(zh, en, f"{zh}.xlsx", lambda: tables_xlsx(zh, text_named(name)))


FORMS = {path.stem: _form(path.stem) for path in sorted((FOLDER / "forms").glob("*.toml"))}
PAPERS: dict[str, Paper] = FORMS | {
    "material-checklist": Paper(
        "申请低保材料清单",
        "Papers to bring for the guarantee (in Chinese)",
        "申请低保材料清单.pdf",
        lambda: checklist_pdf(text_named("guides/guarantee")),
    ),
    "disclosure-rules-print": Paper(
        "明河区社会救助公开工作规定（印刷版）",
        "Rules on disclosure of social relief, for printing (in Chinese)",
        "明河区社会救助公开工作规定.pdf",
        lambda: text_pdf(text_named("policies/disclosure-rules")),
    ),
    "rules-index": _sheet(
        "现行有效社会救助政策文件目录", "Rules in force (in Chinese)", "notices/rules-in-force"
    ),
    "temporary-relief-month-1": _sheet(
        "临时救助情况表", "Temporary relief of the month (in Chinese)", "notices/temporary-relief-month-1"
    ),
}


def text_named(name: str) -> Text:
    """The text of a kind and slug."""
    return next(text for text in all_texts() if text.name == name)


def tables_xlsx(title: str, text: Text) -> bytes:
    """The tables of a text, a sheet each; whole numbers as numbers."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": title, "author": ISSUER, "created": MADE.replace(tzinfo=None)})
        strong = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        plain = book.add_format({"text_wrap": True, "border": 1})
        for number, table in enumerate((block for block in text.zh.body if isinstance(block, Table)), 1):
            sheet = book.add_worksheet(f"表{number}")
            sheet.write_string(0, 0, table.caption.replace("{month}", ""), book.add_format({"bold": True}))
            sheet.set_column(0, 0, 34)
            sheet.set_column(1, len(table.header) - 1, 24)
            sheet.freeze_panes(2, 0)
            for line, row in enumerate((table.header, *table.rows), 1):
                for column, cell in enumerate(row):
                    look = strong if line == 1 else plain
                    if cell.isdigit():
                        sheet.write_number(line, column, int(cell), look)
                    else:
                        sheet.write_string(line, column, cell, look)
    return written.getvalue()


def checklist_pdf(guide: Text) -> bytes:
    """What to bring, with a box before each line."""
    more = guide.zh.more
    places = "、".join(name for name, _address in more["places"])
    parts: list[dict[str, Any]] = [{"kind": "text", "text": f"办理地点：{places}。时间：{more['hours']}。"}]
    parts += [{"kind": "tick", "text": what, "note": note} for what, note in more["papers"]]
    parts.append({"kind": "text", "text": f"缺少材料也可以先来申请。救助热线{more['phone']}，不收费。"})
    return _pdf(PAPERS["material-checklist"].zh, parts)


def text_pdf(text: Text) -> bytes:
    """A whole text in Chinese."""
    parts: list[dict[str, Any]] = []
    for block in text.zh.body:
        if isinstance(block, Heading):
            parts.append({"kind": "heading", "text": block.text})
        elif isinstance(block, Table):
            rows = [list(row) for row in block.rows]
            header = list(block.header)
            parts.append({"kind": "table", "caption": block.caption, "header": header, "rows": rows})
        elif isinstance(block, Article | Paragraph):
            lead = f"{block.label('zh')}　" if isinstance(block, Article) else ""
            parts += [{"kind": "text", "text": line} for line in _lines(lead + block.html)]
    return _pdf(text.zh.title, parts)


def _lines(html: str) -> list[str]:
    plain = unescape(sub(r"<[^>]+>", "", sub(r"</(?:p|li)>", "\n", html)))
    return [line for line in plain.split("\n") if line.strip()]


def _pdf(title: str, parts: list[dict[str, Any]]) -> bytes:
    data = {"paper": "a4", "lang": "zh", "title": title, "issuer": ISSUER, "parts": parts}
    return typeset("text.typ", data, timestamp=int(MADE.timestamp()))[0]
