"""Page, CSV, Excel and JSON of one list hold the same rows; the digest follows from the JSON alone."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.conf import settings
from django.core.cache import cache

from portal.publicity.sizes import WORKBOOK, WORKBOOK_ROW
from portal.publicity.workbook import write_workbook
from relief.applications.withdraw import withdraw
from relief.awards.adjust import decide_change, decide_ending
from relief.awards.announce_changes import announce_changes, inspect_changes
from relief.awards.models import Award
from relief.awards.standing_list import inspect_standing_list, publish_standing_list
from relief.officers.models import Role
from relief.publicity.correct import RowProposal
from tests.factories import cases, stages
from tests.factories.corrections import approved, case_in_row, corrected, proposed
from tests.factories.district import District
from tests.factories.gate import quickly
from tests.factories.stages import Stage
from tests.portal.publicity import agreement, reading

pytestmark = pytest.mark.django_db
NEXT_MONTH = date(2026, 4, 1)


def left_by_a_case(district: District) -> Stage:
    stage = stages.running(district)
    with stages.on(stage.day):
        case = cases.fresh(case_in_row(stage.list, 2))
        by = district.officer(Role.STREET_ACCEPTOR, "101")
        withdraw(case, by=by, version=case.version, words="本人要求撤回。")
    return stage


def corrected_in_a_row(district: District) -> Stage:
    stage = stages.running(district)
    with stages.on(stage.day):
        corrected(district, stage.list, row=1)
    return stage


def rid_of_a_row(district: District) -> Stage:
    stage = stages.running(district)
    with stages.on(stage.day):
        removed = RowProposal("removed", case_in_row(stage.list, 2), "listed-by-mistake")
        approved(district, proposed(district, stage.list, [removed]))
    return stage


def of_changes(district: District) -> Stage:
    """An award that grows, another that ends."""
    day = stages.announced(district).day
    approver, announcer = (
        district.officer(role) for role in (Role.DISTRICT_APPROVER, Role.DISTRICT_ANNOUNCER)
    )
    grows, ends, *_more = Award.objects.order_by("pk")
    said = {"amount": Decimal("1900.50"), "persons": 2, "from_month": NEXT_MONTH, "reason": "income"}
    with stages.on(day), quickly():
        decide_change(grows, by=approver, version=grows.version, **said)
        decide_ending(ends, by=approver, version=ends.version, from_month=NEXT_MONTH, reason="own-wish")
        inspect_changes(district.areas["101"], by=announcer, benefit="guarantee")
        made = announce_changes(district.areas["101"], by=announcer, benefit="guarantee")
    return Stage(made, day, True, "", stages.rows_of(made))


def of_all_who_receive(district: District) -> Stage:
    stages.announced(district)
    announcer = district.officer(Role.DISTRICT_ANNOUNCER)
    with stages.on(NEXT_MONTH), quickly():
        inspect_standing_list(district.areas["101"], by=announcer, benefit="guarantee")
        made = publish_standing_list(district.areas["101"], by=announcer, benefit="guarantee")
    return Stage(made, NEXT_MONTH, True, "", stages.rows_of(made))


MADE = [stages.running, stages.announced, left_by_a_case, corrected_in_a_row, rid_of_a_row, of_changes]


@pytest.mark.parametrize("made", [*MADE, of_all_who_receive])
def test_all_forms_of_a_list_agree(client, made):
    """Every list of the demo: tests/portal/demo/test_agreement.py."""
    stage = made(stages.ground())
    with stages.on(stage.day):
        document = agreement.document_of(client, stage.list.kind, stage.list.number)
        assert len(document["rows"]) + len(document["left"]) == len(stage.rows) - (made is rid_of_a_row)
        forms = [form for one in agreement.LANGUAGES for form in agreement.forms(client, document, one)]
        forms.append(agreement.poster(client, document, "zh"))
    silent = {form.key for form in forms if form.key in agreement.TEXTS and not form.text}
    assert silent <= {"calendar"} and (not silent or stage.list.kind != "gs")
    assert agreement.faults_of_the_measure(document) == []
    assert [words for form in forms for words in agreement.differences(document, form)] == []


@pytest.mark.parametrize(
    ("made", "zh", "en"),
    [
        (stages.announced, "本公告公布已审批确认的对象", "shows who was approved"),
        (of_changes, "变更和终止保障的家庭", "whose guarantee changed or ended"),
        (of_all_who_receive, "标题所列月份享受保障的家庭", "receives the guarantee in the month"),
    ],
)
def test_an_announcement_says_whom_it_shows(client, made, zh, en):
    stage = made(stages.ground())
    with stages.on(stage.day):
        path = f"/announcements/{stage.list.number}/"
        assert zh in client.get(path).content.decode() and en in client.get(f"/en{path}").content.decode()


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
