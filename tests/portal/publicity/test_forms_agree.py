"""Page, CSV, Excel and JSON of one list hold the same rows; the digest follows from the JSON alone."""

import io

import openpyxl
import pytest
from django.conf import settings
from django.core.cache import cache

from portal.publicity.sizes import WORKBOOK, WORKBOOK_ROW
from portal.publicity.workbook import write_workbook
from tests.factories import stages
from tests.portal.publicity import reading

pytestmark = pytest.mark.django_db
WORDS = {
    "withheld-by-law": "name withheld by law",
    "10101": "Dongyuan Community",
    "10102": "Xiyuan Community",
}


@pytest.mark.parametrize("name", ["running", "announced"])
def test_three_forms_one_list(client, name):
    stage = stages.STAGES[name](stages.ground())
    with stages.on(stage.day):
        page = reading.page_rows(client.get("/en" + stage.path).content.decode())
        answer = client.get(f"/en{stage.path}data.csv")
        table = reading.csv_rows(b"".join(answer.streaming_content))
        workbook = reading.xlsx_rows(b"".join(client.get(f"/en{stage.path}data.xlsx").streaming_content))
        document = client.get(f"{stage.path}data.json").json()
    columns = document["columns"]
    from_json = [
        [WORDS.get(str(row["row"][key]), str(row["row"][key])) for key in columns] for row in document["rows"]
    ]
    assert len(from_json) == 3
    assert table == from_json
    assert workbook == table
    assert [[one.replace(",", "") for one in row] for row in page] == [
        [one.removesuffix(".00") for one in row] for row in from_json
    ]


def test_digest_follows_from_the_download_alone(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        document = client.get(f"{stage.path}data.json").json()
    check_document(document)
    with stages.on(stage.list.ends_on + stages.timedelta(days=1)):
        document = client.get(f"{stage.path}data.json").json()
    assert document["rows"] == []
    check_document(document)


def check_document(document):
    for place, entry in enumerate(document["rows"]):
        assert reading.commitment(entry["salt"], entry["row"]) == document["commitments"][place]
        assert list(entry["row"]) and set(entry["row"]) == set(document["columns"])
    assert reading.digest(document) == document["digest"]
    assert reading.check_code(document["digest"]) == document["check_code"]


def test_csv_takes_the_filters_of_the_page(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        html = client.get(f"{stage.path}?community=10102").content.decode()
        answer = client.get(f"{stage.path}data.csv?community=10102")
        rows = reading.csv_rows(b"".join(answer.streaming_content))
    assert f"{stage.path}data.csv?community=10102" in html
    assert [row[1] for row in rows] == [row["code"] for row in stage.rows if row["community"] == "10102"]


def test_xlsx_takes_the_filters_and_names_nobody_in_its_properties(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        data = b"".join(client.get(f"{stage.path}data.xlsx?community=10102").streaming_content)
        again = b"".join(client.get(f"{stage.path}data.xlsx?community=10102").streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = reading.xlsx_rows(data)
    assert [row[1] for row in rows] == [row["code"] for row in stage.rows if row["community"] == "10102"]
    assert book.properties.creator == book.properties.lastModifiedBy == settings.BUREAU["name"]["zh-hans"]
    about = {label.value: value.value for label, value in book.worksheets[1].iter_rows()}
    assert {stage.list.number, stage.list.digest, stage.list.check_code} <= set(about.values())
    assert book.worksheets[0].freeze_panes == "A2"
    assert data == again


def test_what_looks_like_a_formula_is_text_in_the_workbook():
    target = io.BytesIO()
    stage = stages.running(stages.ground())
    row = {**stage.rows[0], "name": "=1+1"}
    other = {**stage.rows[0], "name": "＝HYPERLINK(1)", "code": "http://example.org"}
    with stages.on(stage.day):
        write_workbook(target, stage.list, [(1, row), (2, other), (3, None)])
    page = openpyxl.load_workbook(io.BytesIO(target.getvalue())).worksheets[0]
    assert {cell.data_type for line in page.iter_rows() for cell in line if cell.value} <= {"s", "n"}
    assert all(cell.hyperlink is None for line in page.iter_rows() for cell in line)


@pytest.mark.parametrize("name", ["over", "deleted", "withdrawn"])
def test_tables_are_gone_when_the_names_are(client, name):
    stage = stages.STAGES[name](stages.ground())
    with stages.on(stage.day):
        for form in ("csv", "xlsx"):
            answer = client.get(f"/en{stage.path}data.{form}")
            assert answer.status_code == 410
            assert "names has ended" in answer.content.decode()


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@name", "\tx", "＝A1"])
def test_no_cell_becomes_a_formula(text):
    from portal.publicity.downloads import harmless

    assert harmless(text) == f"'{text}"
    assert harmless("王*英") == "王*英"


def test_links_say_what_they_lead_to(client):
    cache.clear()  # sizes of another test's list of the same number
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        html = client.get("/en" + stage.path).content.decode()
        size = len(b"".join(client.get(f"/en{stage.path}data.csv").streaming_content))
    assert f"Table (CSV), {size}\xa0bytes, 3 rows, as of" in " ".join(html.split(" "))


def test_an_excel_link_says_about_until_one_was_made(client):
    cache.clear()
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        before = client.get("/en" + stage.path).content.decode()
        size = len(b"".join(client.get(f"/en{stage.path}data.xlsx").streaming_content))
        after = client.get("/en" + stage.path).content.decode()
    assert "Table (Excel), about" in before
    assert "Table (Excel), about" not in after
    estimate = WORKBOOK + WORKBOOK_ROW * 3
    assert abs(estimate - size) < size / 10, (estimate, size)
