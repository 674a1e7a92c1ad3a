"""One document of each form, with something planted at a place: seen, hidden or in a property."""

import io
import json
from collections.abc import Callable, Iterator

import xlsxwriter
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from relief.publicity.forms import Document, NotDrawn
from relief.publicity.models import PublicList
from tests.factories.gate import DataOnly

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ["序号", "行码", "申请人", "社区", "家庭人口", "月保障金额（元）"]
ROW = ["1", "7K3M-Q9TX", "王*英", "东苑社区", "2", "1326.00"]


def page(planted: str, frame: str) -> Document:
    html = f"<!DOCTYPE html><html><head><title>名单</title></head><body>{frame.format(planted)}</body></html>"
    return Document("page.zh", "text/html; charset=utf-8", html.encode())


def table(cell: str, head: str = "申请人", more: str = "") -> str:
    heads = "".join(f"<th>{head if one == '申请人' else one}</th>" for one in HEADS)
    cells = "".join(f"<td>{cell if place == 2 else one}</td>" for place, one in enumerate(ROW))
    return f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}{more}</tr></tbody></table>"


def workbook(
    *, cell: str = "王*英", title: str = "", note: str = "", hidden: str = "", head: str = "申请人"
) -> Document:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title})
    sheet = book.add_worksheet("名单")
    sheet.write_row(0, 0, [head if one == "申请人" else one for one in HEADS])
    sheet.write_row(1, 0, [1, "7K3M-Q9TX", cell, "东苑社区", 2, 1326])
    if note:
        sheet.write_comment(1, 2, note)
    if hidden:
        other = book.add_worksheet("隐藏")
        other.write(0, 0, hidden)
        other.hide()
    book.close()
    return Document("xlsx.zh", XLSX, out.getvalue())


def pdf(change: Callable[[PdfWriter], object]) -> Document:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return Document("poster.zh", "application/pdf", out.getvalue())


def written(writer: PdfWriter, text: str) -> None:
    """Text on the first sheet."""
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    sheet = writer.pages[0]
    sheet[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    sheet[NameObject("/Contents")] = writer._add_object(stream)


def annotated(writer: PdfWriter, text: str) -> None:
    writer.add_annotation(0, FreeText(text=text, rect=(50, 50, 200, 100)))


def data(**values: object) -> Document:
    return Document("json.zh", "application/json", json.dumps(values, ensure_ascii=False).encode())


def everywhere(planted: str) -> Iterator[tuple[str, Document]]:
    """The planted value at each place of each form, with the place's name."""
    for name, frame in {
        "text": "<p>{}</p>",
        "text split by tags": "<p>{}</p>".replace("{}", "<b>{}</b>"),
        "comment": "<!-- {} -->",
        "attribute": '<p title="{}">x</p>',
        "data attribute": '<p data-row="{}">x</p>',
        "meta": '<meta name="description" content="{}">',
        "script": "<script>var x = '{}';</script>",
        "style": "<style>p::after {{ content: '{}' }}</style>",
        "hidden": "<p hidden>{}</p>",
        "link": '<a href="/x?q={}">x</a>',
        "svg title": "<svg><title>{}</title><path d='M4 4h7v1'/></svg>",
    }.items():
        yield name, page(planted, frame)
    yield "row", page(planted, table("{}"))
    yield (
        "csv",
        Document("csv.zh", "text/csv", f"{','.join(HEADS)}\n1,7K3M-Q9TX,{planted}\n".encode("utf-8-sig")),
    )
    yield "loudspeaker", Document("loudspeaker.zh", "text/plain", f"公示\n{planted}\n".encode())
    yield (
        "feed",
        Document("feed.zh", "application/atom+xml", f"<feed><title>{planted}</title></feed>".encode()),
    )
    folded = f"BEGIN:VCALENDAR\r\nSUMMARY:{planted[:3]}\r\n {planted[3:]}\r\nEND:VCALENDAR".encode()
    yield "calendar", Document("calendar.zh", "text/calendar", folded)
    yield "json value", data(note=planted)
    yield "json key", data(**{planted: 1})
    yield "json list", data(rows=[{"salt": planted, "row": {"row": 1, "code": "7K3M-Q9TX"}}])
    yield "xlsx cell", workbook(cell=planted)
    yield "xlsx property", workbook(title=planted)
    yield "xlsx note", workbook(note=planted)
    yield "xlsx hidden sheet", workbook(hidden=planted)
    yield "pdf page", pdf(lambda writer: written(writer, planted))
    yield "pdf property", pdf(lambda writer: writer.add_metadata({"/Subject": planted}))
    yield "pdf own property", pdf(lambda writer: writer.add_metadata({"/Household": planted}))
    yield "pdf outline", pdf(lambda writer: writer.add_outline_item(title=planted, page_number=0))
    yield "pdf annotation", pdf(lambda writer: annotated(writer, planted))
    yield "pdf attachment", pdf(lambda writer: writer.add_attachment("a.txt", planted.encode()))


class Given(DataOnly):
    """Forms that are given."""

    def __init__(self, *given: Document, release: str = "") -> None:
        self.given, self.other_release = given, release

    def draw(self, public_list: PublicList) -> Iterator[Document]:
        yield from self.given

    def release(self) -> str:
        return self.other_release or super().release()


class Broken(DataOnly):
    def draw(self, public_list: PublicList) -> Iterator[Document]:
        raise NotDrawn("poster.zh", "no glyph")
        yield
