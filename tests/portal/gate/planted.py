"""Files of every kind with a value planted in each of their places, seen or hidden."""

from __future__ import annotations

import io
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

import typst
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image, PdfImagePlugin
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

#: one mobile number for each place, so that a finding tells where it was read
FIRST = 13800010000
W = "urn:word"


def phone(number: int) -> str:
    return str(FIRST + number)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def word(root: str, body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{W}">{body}</w:{root}>'


DOCX_PLACES = {
    "document": 1, "table": 2, "deleted": 3, "author": 4, "header": 5, "footer": 6, "footnotes": 7,
    "endnotes": 8, "comments": 9, "core": 10, "app": 11, "custom": 12, "link": 13, "alt": 14, "moved": 15,
    "hidden": 16, "within": 17,
}  # fmt: skip


def docx(extra: dict[str, str | bytes] | None = None) -> bytes:
    """A document whose numbers stand where `DOCX_PLACES` says; the first is split over three runs."""
    one = {name: phone(number) for name, number in DOCX_PLACES.items()}
    split = one["document"]
    body = (
        paragraph(split[:3], split[3:7], split[7:])
        + f"<w:tbl><w:tr><w:tc>{paragraph('王英')}</w:tc>"
        + f"<w:tc>{paragraph(one['table'])}</w:tc></w:tr></w:tbl>"
        + f'<w:p><w:r><w:t>电话：</w:t></w:r><w:del w:author="{one["author"]}"><w:r>'
        + f"<w:delText>{one['deleted']}</w:delText></w:r></w:del></w:p>"
        + f"<w:p><w:moveFrom><w:r><w:t>{one['moved']}</w:t></w:r></w:moveFrom></w:p>"
        + f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{one['hidden']}</w:t></w:r></w:p>"
        + f'<w:p><w:r><w:drawing><wp:docPr xmlns:wp="w" id="1" descr="{one["alt"]}"/>'
        + '<wp:extent xmlns:wp="w" cx="5274310" cy="3004820"/></w:drawing></w:r></w:p>'
    )
    properties = '<?xml version="1.0"?><properties><{0}>{1}</{0}></properties>'
    relation = f'<Relationships><Relationship Id="r1" Target="tel:{one["link"]}"/></Relationships>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": word("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relation,
        "word/comments.xml": word("comments", f"<w:comment>{paragraph(one['comments'])}</w:comment>"),
        "word/settings.xml": word("settings", '<w:rsid w:val="23456789" w:rsidR="84567890"/>'),
        "docProps/core.xml": properties.format("creator", one["core"]),
        "docProps/app.xml": properties.format("Manager", one["app"]),
        "docProps/custom.xml": properties.format("lpwstr", one["custom"]),
        "word/embeddings/book.csv": one["within"],
    }
    for name in ("header", "footer", "footnotes", "endnotes"):
        part = f"{name}1" if name in ("header", "footer") else name
        parts[f"word/{part}.xml"] = word(name, paragraph(one[name]))
    return zipped(parts | (extra or {}))


XLSX_PLACES = {
    "cell": 1, "number": 2, "hidden": 3, "very-hidden": 4, "comment": 5, "defined": 6, "creator": 7,
    "keywords": 8, "header": 9, "sheet": 10, "leftover": 11, "formula": 12, "far": 13,
}  # fmt: skip


def xlsx() -> bytes:
    """A workbook; a text that no cell shows any more is left in its shared strings."""
    one = {name: phone(number) for name, number in XLSX_PLACES.items()}
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["B2"] = one["cell"], int(one["number"]), 23456789
    sheet["C2"], sheet["ZZ9"] = f'="{one["formula"]}"', one["far"]
    sheet["A3"].comment = Comment(one["comment"], "编辑")
    sheet.oddHeader.center.text = one["header"]
    for name, state in (("Sheet2", "hidden"), ("Sheet3", "veryHidden")):
        other = book.create_sheet(name)
        other.sheet_state = state
        other["A1"] = one["hidden" if state == "hidden" else "very-hidden"]
    book.create_sheet(one["sheet"])
    book.defined_names["n"] = DefinedName("n", attr_text=f'"{one["defined"]}"')
    book.properties.creator, book.properties.keywords = one["creator"], one["keywords"]
    out = io.BytesIO()
    book.save(out)
    with ZipFile(out) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    inline = f'<c r="A1" t="inlineStr"><is><t>{one["cell"]}</t></is></c>'.encode()
    first = bytes(parts["xl/worksheets/sheet1.xml"])
    assert inline in first
    parts["xl/worksheets/sheet1.xml"] = first.replace(inline, b'<c r="A1" t="s"><v>0</v></c>')
    strings = f"<x:si><x:t>{one['cell']}</x:t></x:si><x:si><x:t>{one['leftover']}</x:t></x:si>"
    parts["xl/sharedStrings.xml"] = f'<x:sst xmlns:x="s">{strings}</x:sst>'
    return zipped(parts)


PDF_PLACES = {
    "page": 1, "annotation": 2, "outline": 3, "info": 4, "xmp": 5, "field": 6, "file-name": 7, "file": 8,
    "script": 9, "alternative": 10, "over-lines": 11,
}  # fmt: skip


def printed(source: str) -> bytes:
    return bytes(typst.compile(source.encode()))


def pdf() -> bytes:
    one = {name: phone(number) for name, number in PDF_PLACES.items()}
    over = one["over-lines"]
    picture = f'#figure(rect(), alt: "{one["alternative"]}")'
    text = f"Tel. {one['page']}\n\n{picture}\n\n{over[:6]} \\\n{over[6:]}\n#pagebreak()\n second page"
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed(text))))
    writer.add_annotation(1, FreeText(text=one["annotation"], rect=(50, 50, 200, 100)))
    writer.add_outline_item(title=one["outline"], page_number=1)
    writer.add_metadata({"/Author": one["info"]})
    writer.xmp_metadata = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"<rdf:Description>{one['xmp']}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
    field = DictionaryObject({NameObject("/V"): TextStringObject(one["field"])})
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer.root_object[NameObject("/AcroForm")] = form
    writer.add_attachment(f"{one['file-name']}.txt", one["file"].encode())
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(one["script"])}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    return saved(writer)


def saved(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed("text"))))
    writer.encrypt("secret", algorithm="AES-256")
    return saved(writer)


def scanned_pdf() -> bytes:
    """A page that is one picture, as a scanner makes it."""
    out = io.BytesIO()
    assert PdfImagePlugin.PdfParser  # its import lets Pillow write the format
    Image.new("RGB", (200, 300), "white").save(out, "PDF")
    return out.getvalue()


def many_pages(count: int) -> bytes:
    writer = PdfWriter()
    for _number in range(count):
        writer.add_blank_page(10, 10)
    return saved(writer)


def png() -> bytes:
    info = PngInfo()
    info.add_text("Comment", phone(1))
    info.add_itxt("XML:com.adobe.xmp", f"<x>{phone(2)}</x>")
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


def jpeg() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = phone(3)
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def ofd() -> bytes:
    """One page: a number in two pieces on one line, and the author in the document's description."""
    text = '<ofd:TextObject Boundary="{} 20 30 5"><ofd:TextCode X="0">{}</ofd:TextCode></ofd:TextObject>'
    space = 'xmlns:ofd="urn:ofd"'
    page = f"<ofd:Page {space}>{text.format(60, phone(1)[3:])}{text.format(10, phone(1)[:3])}</ofd:Page>"
    about = f"<ofd:OFD {space}><ofd:DocInfo><ofd:Author>{phone(2)}</ofd:Author></ofd:DocInfo></ofd:OFD>"
    return zipped({"OFD.xml": about, "Doc_0/Pages/Page_0/Content.xml": page})


def with_check_digit(number: str) -> str:
    """An ID number of eighteen signs from its first seventeen."""
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))
    return number + "10X98765432"[total % 11]


def id_number(born: date = date(1990, 3, 7)) -> str:
    return with_check_digit(f"990101{born:%Y%m%d}001")
