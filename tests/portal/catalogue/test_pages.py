"""The catalogue in public and in the CMS: both languages, datasets, acts by form, the nightly run."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from portal.catalogue.health import site_health
from portal.catalogue.models import CatalogueRow, CheckRun, Statement, code_of
from portal.catalogue.rows import ROWS
from portal.catalogue.schedule import HOUR, JOB
from portal.catalogue.seed import seed_catalogue
from portal.catalogue.verbs import attach
from portal.pages.criteria import Criteria
from portal.pages.finding import find
from portal.pages.models import HomePage, NoticePage, SectionPage
from portal.pages.policy import PolicyPage
from portal.pages.sections import PolicySection
from portal.pages.seed import add_live, translated
from relief.officers.models import Officer, Role
from relief.schedule.run import JOBS, run_due
from relief.trail import clock
from tests.factories.district import make_district
from tests.factories.kept import kept
from tests.factories.pages import seeded
from tests.factories.texts import taken_down
from tests.portal.cms.staff import signed_in

KEY = "destitute-review"
HERE = f"/disclosure/catalogue/{KEY}/"
AT = "/cms/catalogue/destitute-review/"
DAY = timedelta(days=1)


@pytest.fixture
def home(db):
    return site_with_catalogue()


@kept
def site_with_catalogue() -> dict[str, HomePage]:
    seed_catalogue()
    return seeded()


@pytest.fixture
def editor(home) -> Officer:
    return make_district().officer(Role.EDITOR)


def notice(home, body: str = "<p>公示。</p>", slug: str = "ended") -> NoticePage:
    section = SectionPage.objects.child_of(home["zh-hans"]).get(slug="notices")
    page = NoticePage(
        title="=终止供养名单",
        slug=slug,
        body=body,
        issuer="明河区民政局",
        signed_on=clock.today(),
        locale=section.locale,
    )
    add_live(section, page)
    return page


def read(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Cache-Control"] == "no-cache" and not answer.cookies
    return answer.content.decode()


def row() -> CatalogueRow:
    return CatalogueRow.objects.get(key=KEY)


def test_the_catalogue_and_its_rows_are_there_in_both_languages(home, editor):
    page = notice(home)
    translated(page, {"title": "Ended support", "issuer": "Bureau"}, home["en"].locale)
    attach(row(), by=editor, version=1, page=page)
    chinese, english = read("/disclosure/catalogue/"), read("/en/disclosure/catalogue/")
    for one in ROWS:
        assert f'id="{one.key}"' in chinese and one.level1.zh in chinese and one.level2.en in english
    chinese, english = read(HERE), read(f"/en{HERE}")
    assert "=终止供养名单" in chinese and "Ended support" in english and "/en/notices/ended/" in english
    assert "公告代行公开" in chinese and str(code_of(KEY)) in chinese
    assert Client().get("/disclosure/catalogue/nothing/").status_code == 404


def test_the_disclosure_platform_shows_the_rows_and_stands_above_them(home):
    for prefix in ("", "/en"):
        platform = read(f"{prefix}/disclosure/")
        assert all(f'href="{prefix}/disclosure/catalogue/{one.key}/"' in platform for one in ROWS)
        assert f'href="{prefix}/disclosure/"' in read(f"{prefix}/disclosure/check/")


def test_each_row_is_a_dataset(home, editor):
    attach(row(), by=editor, version=1, page=notice(home))
    lines = list(csv.reader(io.StringIO(read(f"{HERE}data.csv").removeprefix("\ufeff"))))
    assert len(lines) == 2 and lines[1][0] == "'=终止供养名单" and lines[1][-1].endswith("/notices/ended/")
    data = json.loads(read(f"{HERE}data.json"))
    assert data["id"] == f"urn:uuid:{code_of(KEY)}" and data["licence"] and data["by_dated_notice"]
    assert [item["title"] for item in data["items"]] == ["=终止供养名单"]
    book = load_workbook(io.BytesIO(Client().get(f"{HERE}data.xlsx").content))
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=终止供养名单", "s")


def test_the_check_says_row_by_row_what_is_missing_and_what_leads_nowhere(home, editor):
    page = notice(home, '<p><a href="/notices/gone/">旧</a><a href="/verify/">核对</a></p>')
    attach(row(), by=editor, version=1, page=page)
    rows = {one["key"]: one for one in json.loads(read("/disclosure/check.json"))["rows"]}
    assert rows["general-policies"]["state"] == "empty" and rows["general-policies"]["level"] == "red"
    found = [(one["code"], "/notices/gone/" in one["words"]) for one in rows[KEY]["findings"]]
    assert found == [("dead-link", True)] and rows[KEY]["state"] == "satisfied"
    taken_down(page)
    rows = {one["key"]: one for one in json.loads(read("/en/disclosure/check.json"))["rows"]}
    assert [one["code"] for one in rows[KEY]["findings"]] == ["dead-page", "empty"]
    for prefix in ("", "/en"):
        assert KEY in read(f"{prefix}/disclosure/check/")


def test_queries_do_not_grow_with_what_is_there(home, editor, django_assert_max_num_queries):
    def asked(path: str) -> int:
        with django_assert_max_num_queries(15) as queries:
            read(path)
        return len(queries)

    addresses = ("/disclosure/catalogue/", HERE, "/disclosure/check/")
    attach(row(), by=editor, version=1, page=notice(home))
    for path in addresses:
        read(path)
    before = [asked(path) for path in addresses]
    for number in range(3):
        attach(row(), by=editor, version=row().version, page=notice(home, slug=f"more-{number}"))
    assert [asked(path) for path in addresses] == before


def test_the_editor_acts_by_form_and_a_refused_form_keeps_what_was_typed(home, editor):
    client, page = signed_in(editor), notice(home)
    assert AT in client.get("/cms/catalogue/").content.decode()
    assert client.post(AT, {"act": "attach", "version": 1, "page": page.pk}).status_code == 302
    assert client.post(AT, {"act": "check", "version": 1}).status_code == 409, "somebody was first"
    assert client.post(AT, {"act": "check", "version": 2}).status_code == 302
    typed = {
        "act": "state",
        "version": 3,
        "why_zh": "本期没有新增",
        "why_en": "",
        "until": clock.today() + DAY,
    }
    refused = client.post(AT, typed)
    assert refused.status_code == 422 and "本期没有新增" in refused.content.decode()
    assert client.post(AT, typed | {"why_en": "Nobody was added"}).status_code == 302
    shown = client.get(AT).content.decode()
    assert "本期没有新增" in shown and "=终止供养名单" in shown and "已核查，无变化" in shown
    assert client.post(AT, {"act": "end", "version": 4}).status_code == 302
    taken = {"act": "detach", "version": 5, "page_key": page.translation_key, "title": page.title}
    assert client.post(AT, taken).status_code == 302
    assert Statement.objects.get().ended_at and row().version == 6


def test_a_signed_statement_is_read_by_the_public_until_it_expires(home, editor):
    client = signed_in(editor)
    said = {"why_zh": "本期没有新增", "why_en": "Nobody was added", "until": clock.today() + DAY}
    client.post(AT, {"act": "state", "version": 1, **said})
    assert "本期没有新增" in read(HERE) and "Nobody was added" in read(f"/en{HERE}")
    data = json.loads(read(f"{HERE}data.json"))
    assert (data["state"], data["level"]) == ("stated", "green")
    with clock.moved_to(clock.now() + 3 * DAY):
        assert json.loads(read(f"{HERE}data.json"))["level"] == "amber"


def test_the_nightly_check_keeps_the_newest_result_and_the_start_page_warns(home, editor, capsys):
    client = signed_in(editor)
    body = '<p>图</p><embed embedtype="image" id="1" format="fullwidth" alt=""/>'
    notice(home, body)
    assert "disclosure-check" not in client.get("/cms/").content.decode()
    for _again in range(2):
        call_command("check_disclosure")
    run = CheckRun.objects.get()
    told = {one["code"] for one in run.findings}
    assert {"empty", "no-alt"} <= told and "home-stale" not in told and run.red >= 11
    assert str(run.red) in capsys.readouterr().out
    assert "disclosure-check" in client.get("/cms/").content.decode()
    report = client.get(reverse("catalogue_admin:columns")).content.decode()
    assert "=终止供养名单" in report


def test_the_schedule_makes_the_check_once_a_night(home):
    night = clock.at(clock.today() + DAY, HOUR)
    with clock.moved_to(night - timedelta(minutes=1)):
        assert list(run_due([JOB])) == []
    with clock.moved_to(night):
        assert [(one.job, one.failed) for one in run_due([JOB])] == [("check-disclosure", False)]
        assert list(run_due([JOB])) == []
    assert JOB in JOBS


def test_a_policy_files_itself_by_topic_while_it_holds_and_wants_an_interpretation(home):
    section = PolicySection.objects.child_of(home["zh-hans"]).get()
    today = clock.today()
    policy = PolicyPage(
        title="低保办法", slug="rules", topic="guarantee", issuer="甲", signed_on=today, in_force_from=today,
        ends_on=today + DAY, locale=section.locale,
    )  # fmt: skip
    add_live(section, policy)
    at = "/disclosure/catalogue/guarantee-policies/data.json"
    data = json.loads(read(at))
    assert (data["state"], [item["title"] for item in data["items"]]) == ("satisfied", ["低保办法"])
    told = [(one.code, one.subject) for one in site_health() if one.code == "no-interpretation"]
    assert told == [("no-interpretation", "低保办法")]
    asked = Criteria(validity="in-force", topic="guarantee")
    assert [page.slug for page in find(asked, section)] == ["rules"]
    with clock.moved_to(clock.now() + 2 * DAY):
        data = json.loads(read(at))
        assert data["state"] == "empty" and not data["items"][0]["in_force"]
        assert not find(asked, section)
