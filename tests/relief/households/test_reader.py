"""The reader opens what offices send, numbers every row as the spreadsheet does and tells the kinds apart."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from relief.households.importing import reader, workbook
from relief.households.importing.reader import Kind, open_table
from relief.households.importing.rules import Unreadable
from relief.households.importing.template import write_template
from tests.relief.households.tables import HEADERS, csv_bytes, head, line, member, xlsx

TITLE = ["青泥街道困难家庭名册"]
TOTAL = ["合计", None, "1户2人"]


def kinds(source: BytesIO) -> list[tuple[int, str]]:
    return [(row.number, row.kind.value) for row in open_table(source).rows]


def refused(source: BytesIO) -> str:
    with pytest.raises(Unreadable) as caught:
        list(open_table(source).rows)
    assert str(caught.value), "a sentence for the person"
    return caught.value.rule


@pytest.mark.parametrize(
    "source",
    [
        xlsx(TITLE, [], HEADERS, line(head()), line(member()), [], TOTAL),
        csv_bytes(TITLE, [], HEADERS, line(head()), line(member()), [], TOTAL),
        csv_bytes(TITLE, [], HEADERS, line(head()), line(member()), [], TOTAL, encoding="utf-8-sig"),
        csv_bytes(TITLE, [], HEADERS, line(head()), line(member()), [], TOTAL, encoding="gb18030"),
        csv_bytes(TITLE, [], HEADERS, line(head()), line(member()), [], TOTAL, delimiter="\t"),
        csv_bytes(
            TITLE, [], HEADERS, line(head()), line(member()), [], TOTAL, delimiter=";", encoding="gb18030"
        ),
    ],
    ids=["xlsx", "utf-8", "utf-8-bom", "gb18030", "tab", "semicolon"],
)
def test_the_same_table_in_every_form(source: BytesIO) -> None:
    assert kinds(source) == [
        (1, "title"),
        (2, "blank"),
        (3, "title"),
        (4, "data"),
        (5, "data"),
        (6, "blank"),
        (7, "total"),
    ]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ([None] * 5, "blank"),
        (["　", "\u00a0", " "], "blank"),
        (["合　计"], "total"),
        (["小计：3户"], "total"),
        ([None, None, "总 计", None, None, None, None, None, None, 860, 1326], "total"),
        (["本页小计", None, None, None, None, None, None, None, None, 860, 1326], "total"),
        (HEADERS, "title"),
        (["填表人：李四", None, None, "填表日期：2026年11月3日"], "title"),
        (["一、青泥社区"], "title"),
        (["说明：本表一式两份"], "title"),
        (["8"], "data"),
        ([None, None, "张三"], "data"),
        ([None, None, "合计", "990101196105030177"], "data"),
        ([None, None, "张三", None, None, None, "合计小区1号"], "data"),
        ([None, None, None, None, None, "青泥社区"], "data"),
    ],
)
def test_only_rows_that_name_no_person_are_set_apart(row: list[object], kind: str) -> None:
    assert kinds(xlsx(HEADERS, line(head()), row, line(member())))[2:] == [(3, kind), (4, "data")]


def test_words_beside_the_columns_are_a_note_and_a_preprinted_number_is_nothing() -> None:
    rows = [["序号", *HEADERS, "备注"], ["1", *line(head())], ["2"], [*[None] * 15, "以上已核"], ["小计"]]
    assert kinds(xlsx(*rows)) == [(1, "title"), (2, "data"), (3, "blank"), (4, "title"), (5, "total")]


def test_headers_as_offices_write_them() -> None:
    names = [
        "低保证号",
        "与户主\n关系",
        "成员姓名",
        "*公民身份号码",
        "居委会",
        "月保障金额（元/月）",
        "享受低保时间",
        "经办人",
    ]
    table = open_table(xlsx(TITLE, names, ["1", "户主", "王英", "x", "青泥", 5, "2021-07", "李"]))
    assert table.header_row == 2
    assert table.ignored == ["经办人"]
    assert table.headers["amount"] == "月保障金额（元/月）"
    (*_, row) = table.rows
    assert row.cells["amount"] == 5


def test_a_header_split_over_two_rows() -> None:
    above = ["户编号", "家庭成员", None, None, "社区", "保障情况", None]
    below = [None, "关系", "姓名", "身份证号", None, "保障金额", "起始年月"]
    table = open_table(xlsx(TITLE, above, below, ["1", "户主", "王英", "x", "青泥", 5, "2021-07"]))
    assert [row.kind.value for row in table.rows] == ["title", "title", "title", "data"]
    assert table.header_row == 3


def test_gaps_keep_the_numbers_of_the_spreadsheet() -> None:
    book = Workbook()
    sheet = book.active
    for place, text in enumerate(HEADERS, start=1):
        sheet.cell(4, place, text)
    for place, cell in enumerate(line(head()), start=1):
        sheet.cell(9, place, cell)
    target = BytesIO()
    book.save(target)
    target.seek(0)
    found = kinds(target)
    assert found[-1] == (9, "data")
    assert [number for number, _kind in found] == list(range(1, 10))


def test_a_wrong_dimension_loses_no_row() -> None:
    content = xlsx(HEADERS, line(head()), line(member()))
    target = BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                data = data.replace(b'ref="A1:M3"', b'ref="A1"')
                assert b'ref="A1"' in data
            new.writestr(part, data)
    target.seek(0)
    assert len(kinds(target)) == 3


def test_dates_come_as_dates_and_escaped_characters_as_themselves() -> None:
    row = line(head(since=datetime(2021, 7, 1), address="甲_x0000_乙"))
    *_, found = open_table(xlsx(HEADERS, row)).rows
    assert found.cells["since"] == datetime(2021, 7, 1)
    assert found.cells["address"] == "甲\x00乙"


def test_a_record_over_two_lines_counts_once() -> None:
    row = line(head(address="甲\n乙"))
    assert kinds(csv_bytes(HEADERS, row, line(member()))) == [(1, "title"), (2, "data"), (3, "data")]


def test_the_second_sheet_is_found_and_two_tables_are_refused() -> None:
    book = Workbook()
    book.active.append(["封面"])
    second = book.create_sheet("名册")
    second.append(HEADERS)
    second.append(line(head()))
    one, two = BytesIO(), BytesIO()
    book.save(one)
    third = book.create_sheet("石桥")
    third.append(HEADERS)
    book.save(two)
    one.seek(0)
    two.seek(0)
    assert kinds(one) == [(1, "title"), (2, "data")]
    assert refused(two) == "file-two-tables"


def _bomb() -> BytesIO:
    target = BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/x.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(workbook.MAX_UNPACKED_MB + 1):
            part.write(b"0" * 1024 * 1024)
    target.seek(0)
    return target


def _replaced(part: str, data: bytes) -> BytesIO:
    target = BytesIO()
    with zipfile.ZipFile(xlsx(HEADERS, line(head()))) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            new.writestr(item, data if item.filename == part else old.read(item))
    target.seek(0)
    return target


def _sheet(after_header: str) -> bytes:
    names = "".join(f"<c t='inlineStr'><is><t>{name}</t></is></c>" for name in HEADERS)
    start = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f'{start}<row r="1">{names}</row>{after_header}'.encode()


_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (BytesIO(b""), "file-empty"),
        (BytesIO(b" \r\n \r\n"), "file-empty"),
        (BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)), "file-xls"),
        (
            BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
            "file-password",
        ),
        (BytesIO(b"%PDF-1.7 ..."), "file-no-workbook"),
        (BytesIO(b"PK\x03\x04 and nothing"), "file-no-workbook"),
        (BytesIO(b"<html><table><tr><td>1</td></tr></table></html>"), "file-web-page"),
        (BytesIO("尊敬的领导：\n现报送名册。\n".encode()), "file-no-header"),
        (csv_bytes(HEADERS, line(head()), encoding="utf-16"), "file-encoding"),
        (BytesIO("户编号,姓名\n1,".encode() + b"\xff\xfe\n"), "file-encoding"),
        (csv_bytes([name for name in HEADERS if name != "社区"], ["1"]), "file-columns-missing"),
        (csv_bytes([*HEADERS, "公民身份号码"], ["1"]), "file-column-twice"),
        (BytesIO(",".join(HEADERS).encode() + b'\n1,"abc'), "file-quotes"),
        (_bomb, "file-bomb"),
        (_replaced("xl/worksheets/sheet1.xml", _LAUGHS), "file-no-workbook"),
        (_replaced("xl/worksheets/sheet1.xml", _sheet("<row>")), "file-no-workbook"),
        (
            _replaced(
                "xl/worksheets/sheet1.xml", _sheet("<row><c><v>NaN</v></c></row></sheetData></worksheet>")
            ),
            "file-damaged",
        ),
        (_replaced("xl/workbook.xml", b"<nothing/>"), "file-no-workbook"),
        (BytesIO(b"x" * (reader.MAX_FILE_MB * 1024 * 1024 + 1)), "file-too-big"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    source: BytesIO | Callable[[], BytesIO], rule: str
) -> None:
    file = source() if callable(source) else source
    file.seek(0)
    assert refused(file) == rule


def test_a_row_number_beyond_the_sheet_is_refused_and_not_padded_for_ever() -> None:
    sheet = _sheet('<row r="99999999999"><c><v>1</v></c></row></sheetData></worksheet>')
    assert refused(_replaced("xl/worksheets/sheet1.xml", sheet)) == "file-too-long"


def test_the_template_is_readable_and_its_explanation_is_no_table() -> None:
    target = BytesIO()
    write_template(target)
    target.seek(0)
    table = open_table(target)
    assert list(table.headers.values()) == HEADERS
    assert [row.kind for row in table.rows] == [Kind.TITLE, Kind.DATA]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.binary(max_size=2000)
    | st.binary(max_size=500).map(lambda tail: csv_bytes(HEADERS, ["1"]).getvalue() + tail)
)
def test_bytes_of_any_kind_are_read_or_refused(content: bytes) -> None:
    try:
        rows = list(open_table(BytesIO(content)).rows)
    except Unreadable:
        return
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))


# Made once: a workbook holds the second of its making, and bytes drawn from another length are other bytes.
SOUND_WORKBOOK = xlsx(HEADERS, line(head()), line(member())).getvalue()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_a_workbook_with_damaged_bytes_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(SOUND_WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable):
        list(open_table(BytesIO(bytes(content))).rows)
