"""Tables of new addresses as files, and as a form carries them: what is none is refused in words."""

import pytest

from portal.cms.publishing.address_file import packed, read, unpacked
from portal.publishing.leading import Looked, Wanted
from relief.errors import Invalid

HEAD = "网址,转到,理由"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_rows_are_numbered_as_a_spreadsheet_does_and_other_columns_are_left_alone(encoding, comma):
    lines = ["短网址一览", "Reason,标题,PAGE,Path", "海报,甲,/a/,/b", ",,,", " 信函 ,,/c/,/d"]
    rows = read("\r\n".join(lines).replace(",", comma).encode(encoding))
    assert rows == [Wanted(3, "/b", "/a/", "海报"), Wanted(5, "/d", "/c/", "信函")]
    assert [one.wanted for one in unpacked(packed([Looked(one) for one in rows]))] == rows


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-holds-nothing"),
        (b"PK\x03\x04 a workbook", "file-no-csv"),
        ("姓名,街道\r\n甲,乙".encode(), "file-no-header"),
        (f"{HEAD}\r\n".encode(), "file-no-rows"),
        (HEAD.encode() + b"\r\n/a,/b,\xff\xfe", "file-encoding"),
        (f'{HEAD}\r\n/a,"/b,理由'.encode(), "file-quotes"),
        (f"{HEAD}\r\n/a,/b,{'长' * 501}".encode(), "text-too-long"),
        (f"{HEAD}\r\n/a,/b,\x07".encode(), "text-control"),
        ((HEAD + "\r\n/a,/b,c" * 501).encode(), "file-too-long"),
        (b"x" * (1024 * 1024 + 1), "file-too-big"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused_in_words(content, code):
    with pytest.raises(Invalid) as refused:
        read(content)
    assert [one.code for one in refused.value.reasons] == [code]


@pytest.mark.parametrize(
    "rows",
    ["", "x", "{}", "[1]", "[[1]]", '[["1","/a","/b","c",1,1]]', '[[1,"/a","/b",1,1,1]]', "[" * 100_000],
)
def test_rows_that_no_form_of_ours_carried_are_refused(rows):
    with pytest.raises(Invalid):
        unpacked(rows)
