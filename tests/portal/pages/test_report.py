"""Annual reports as pages: the editor's form, the public page in both languages, the numbers as data."""

import csv
import io
import json
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from portal.pages.report import CHAPTER_LIST, AnnualReportIndexPage, AnnualReportPage
from portal.pages.report_data import lines
from portal.pages.seed import ENGLISH, translated
from portal.pages.statutory_tables import CHAPTERS
from relief.officers.models import Role
from tests.factories.district import make_district
from tests.factories.pages import seeded
from tests.factories.texts import removed
from tests.portal.cms.staff import signed_in
from tests.portal.pages.reports import add_report, fitting, report

EMPTY = '{"blocks":[],"entityMap":{}}'


@pytest.fixture
def homes(db):
    return seeded()


@pytest.fixture
def index(homes) -> AnnualReportIndexPage:
    return AnnualReportIndexPage.objects.child_of(homes["zh-hans"]).get()


@pytest.fixture
def editor(homes):
    return signed_in(make_district().officer(Role.EDITOR))


def get(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def shown(text: str) -> list[str]:
    """The numbers of the page's tables, in order."""
    return re.findall(r'data-label="[^"]*">([^<]+)</td>', text)


def typed(**tables: dict) -> dict[str, str]:
    """The editor's form, with the cells of each table."""
    page = report(2025)
    names = [text for _words, text, _table in CHAPTER_LIST]
    texts = dict.fromkeys(names, EMPTY)
    cells = {f"{table}-{code}": str(number) for table, numbers in tables.items()
             for code, number in numbers.items()}  # fmt: skip
    return {"title": page.title, "slug": "", "summary": "", "year": "2025", "issuer": "", "signed_on": "",
            "seo_title": "", "search_description": "", "go_live_at": "", "expire_at": "", **texts,
            **cells}  # fmt: skip


def add_form(index: AnnualReportIndexPage) -> str:
    return reverse("wagtailadmin_pages:add", args=["portal", "annualreportpage", index.pk])


def test_a_draft_may_wait_half_filled(editor, index):
    form = editor.get(add_form(index)).content.decode()
    assert all(f'name="{table}-{code}"' in form for table, one in CHAPTERS.items() for code in one.cells())
    answer = editor.post(add_form(index), typed(requests={"received.natural": 3}))
    assert answer.status_code == 302, answer.context["form"].errors
    page = AnnualReportPage.objects.get().get_latest_revision_as_object()
    assert (page.slug, page.requests, page.disputes) == ("2025", {"received.natural": 3}, {})
    edit = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="requests-received.natural" value="3"' in edit
    obstacles = page.publish_obstacles()
    assert len(obstacles) == 9  # six texts, three tables
    assert "174" in "".join(obstacles)  # 25 rows × 7 columns, one number there


def test_wrong_sums_are_refused_with_words_and_nothing_is_lost(editor, index):
    wrong = fitting("requests") | {"received.natural": 5}
    answer = editor.post(add_form(index), typed(requests=wrong, disputes={"review.open": "zwei"}))
    text = answer.content.decode()
    assert answer.status_code == 200 and not AnnualReportPage.objects.exists()
    for sentence in ("新收（5）与上年结转（1）合计6", "总计栏为5，而各栏合计为7", "“zwei”不是"):
        assert sentence in text
    assert 'name="requests-received.natural" value="5"' in text
    assert 'name="disputes-review.open" value="zwei"' in text


def test_code_cannot_save_wrong_sums_either(index):
    page = report(requests=fitting("requests") | {"granted.total": 7}, locale=index.locale)
    with pytest.raises(ValidationError) as refused:
        index.add_child(instance=page)
    assert "各栏合计" in str(refused.value)


def test_one_report_a_year(homes, index):
    add_report(homes, 2024)
    with pytest.raises(ValidationError):
        add_report(homes, 2024)
    for year in (None, 1999, 2031):
        with pytest.raises(ValidationError):
            report(year, locale=index.locale).full_clean()


def test_a_whole_report_has_no_obstacle(homes):
    page = add_report(homes)
    assert page.publish_obstacles() == []
    page.problems, page.disputes = "", {}
    assert len(page.publish_obstacles()) == 2


def test_the_page_in_both_languages_shows_the_same_numbers(homes):
    page = add_report(homes, signed_on=date(2026, 1, 20))
    words = {"title": "Report on disclosure in 2025", "overview": "<p>We disclosed.</p>",
             "requests": {}, "year": None}  # fmt: skip
    translated(page, words, Locale.objects.get(language_code=ENGLISH))
    chinese, english = get("/annual-reports/2025/"), get("/en/annual-reports/2025/")
    assert "We disclosed." in english and "第1章" in chinese
    assert shown(chinese) == shown(english)
    assert len(shown(chinese)) == sum(len(chapter.cells()) for chapter in CHAPTERS.values())
    assert chinese.count("<caption") == english.count("<caption") == 6
    assert 'scope="rowgroup"' in chinese and 'scope="colgroup"' in chinese
    for heading in ("一、总体情况", "六、其他需要报告的事项", "三、本年度办理结果"):
        assert heading in chinese
    for heading in ("1. Overview", "6. Other matters to report", "III. Results in the year"):
        assert heading in english


def test_the_files_hold_the_numbers_of_the_page(homes):
    page = add_report(homes)
    text = get("/annual-reports/2025/")
    for ending in ("csv", "json"):
        assert f'href="/annual-reports/2025/data.{ending}"' in text
    rows = list(csv.reader(io.StringIO(get("/annual-reports/2025/data.csv").removeprefix("\ufeff"))))
    assert [row[-1] for row in rows[1:]] == shown(text)
    tables = json.loads(get("/annual-reports/2025/data.json"))["tables"]
    values = [str(number) for one in tables for row in one["rows"] for number in row["values"].values()]
    assert values == shown(text)
    stored = {code: getattr(page, code) for code in CHAPTERS}
    assert len(list(lines(stored))) == len(values)
    english = get("/en/annual-reports/2025/data.csv")
    assert "Natural persons" in english and "自然人" not in english


def test_the_files_end_with_the_page(homes):
    page = add_report(homes)
    removed(page)
    for address in ("2025/data.csv", "2025/data.json", "2024/data.json"):
        assert Client().get(f"/annual-reports/{address}").status_code == 404


def test_the_list_shows_the_years_with_their_holes(homes):
    add_report(homes, 2023)
    page = add_report(homes, 2025)
    translated(page, {"title": "Report of 2025"}, Locale.objects.get(language_code=ENGLISH))
    chinese, english = get("/annual-reports/"), get("/en/annual-reports/")
    years = re.compile(r"<nav class=\"cap-years\".*?</nav>", re.DOTALL)
    found = years.search(chinese)[0]
    assert re.findall(r">(20\d\d)<", found) == [str(year) for year in range(2025, 2022, -1)]
    assert found.count("未公布") == 1
    assert found.count('class="cap-hole"') == found.count("<small>")
    in_english = years.search(english)[0]
    assert in_english.count("not published") == 1
    assert 'href="/en/annual-reports/2025/"' in in_english
    assert 'href="/annual-reports/2023/"' in in_english  # not translated: the Chinese report
    report_page = years.search(get("/annual-reports/2023/"))[0]
    assert 'aria-current="page">2023<' in report_page and "未公布" in report_page


@pytest.mark.parametrize("address", ["/annual-reports/", "/annual-reports/2025/", "/en/annual-reports/2025/"])
def test_few_questions_to_the_database(homes, address, django_assert_max_num_queries):
    for year in range(2020, 2026):
        page = add_report(homes, year)
        translated(page, {"title": f"Report {year}"}, Locale.objects.get(language_code=ENGLISH))
    get(address)  # where the trees of the site begin is remembered
    with django_assert_max_num_queries(15):
        get(address)


def test_the_site_map_names_the_pages_of_its_language(homes, django_assert_max_num_queries):
    add_report(homes)
    with django_assert_max_num_queries(15):
        chinese = get("/sitemap/")
    assert 'href="/annual-reports/2025/"' in chinese and 'href="/notices/"' in chinese
    assert 'href="/sitemap/"' in get("/")  # the footer leads there
    english = get("/en/sitemap/")
    assert 'href="/en/notices/"' in english and 'href="/annual-reports/2025/"' not in english
