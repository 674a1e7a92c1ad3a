"""Standards are found with their dated values, by a public page that shows them, and by none that doesn't."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.finder.standards import StandardSource
from relief.places.set_up import SETUP
from relief.schedule.run import run_due
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from search import engine, follow
from search.find import find
from search.query import Query
from search.schedule import COMPARE
from search.synonym_verbs import seed_synonyms
from tests.factories.texts import make_newsroom
from tests.portal.finder.test_files import left
from tests.portal.finder.test_following import policy

pytestmark = pytest.mark.django_db
KEY = "standard:guarantee.standard:zh-hans"
SOURCE = StandardSource()


@pytest.fixture
def room(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    made = make_newsroom()
    seed_synonyms(by=SETUP)
    entered("1011", date(2025, 7, 1))
    entered("1049", date(2026, 7, 1))
    follow.rebuild(engine.embedded())
    return made


def entered(yuan: str, day: date) -> None:
    clause = Clause.objects.get(key="local")
    enter_standard("guarantee.standard", kind=Kind.MONEY, value=yuan, from_date=day, clause=clause)


def shown_on(room, slug="levels", number="明民发〔2026〕9号", name="guarantee.standard"):
    """A policy that shows the standard, published."""
    page = policy(room, slug, number)
    return room.published(room.edited(page, body=[("standard", {"name": name, "caption": ""})]))


def found(words):
    follow.bring_up(engine.embedded())
    assert follow.check(engine.embedded()) == []
    return [hit.record for hit in find(Query(words)).hits if hit.record.kind == "standard"]


def test_a_standard_is_found_with_its_values_and_leads_to_the_page_that_shows_it(room):
    assert found("最低生活保障") == [], "a value that no page shows isn't public"
    with clock.moved_to(clock.at(date(2026, 11, 3))):
        page = shown_on(room)
        (record,) = found("低保标准")
        assert (record.key, record.url, record.language) == (KEY, page.url, "zh-hans")
        assert (record.date, record.year, record.issuer) == (date(2026, 7, 1), "2026", "明河区民政局")
        assert record.title.startswith("最低生活保障标准") and "2026年7月1日" in record.title
        now, before = record.body.find("1,049元/人·月"), record.body.find("1,011元/人·月")
        assert 0 < now < before < record.body.find("2026年6月30日"), "what holds stands in front"
        assert found("1049元")[0].key == found("每月 1,011 元")[0].key == KEY


def test_a_standard_goes_with_the_page_that_shows_it(room):
    page, other = shown_on(room), shown_on(room, "other", "明民发〔2026〕10号")
    assert len(found("低保标准")) == 1
    left(room, other, "removed")
    assert [record.url for record in found("低保标准")] == [page.url]
    room.published(room.edited(page, body=[("paragraph", "<p>标准另行公布。</p>")]))
    assert found("最低生活保障标准") == []


def test_a_superseded_page_shows_no_standard_that_holds(room):
    page = shown_on(room)
    assert len(found("低保标准")) == 1
    left(room, page, "superseded")
    assert found("低保标准") == []


def test_days_and_new_values_are_seen_by_the_daily_comparison(room, settings):
    settings.SEARCH_FOLLOWS = True
    with clock.moved_to(clock.at(date(2026, 11, 3))):
        shown_on(room)
        found("低保标准")
        entered("1100", date(2027, 7, 1))
        assert [(one.what, one.key) for one in follow.check(engine.embedded())] == [("changed", KEY)]
        assert {one.failed for one in run_due([COMPARE])} == {False}
        assert "2026年7月1日" in found("低保标准")[0].title
    with clock.moved_to(clock.at(date(2027, 7, 2))):
        assert {one.failed for one in run_due([COMPARE])} == {False}
        assert "2027年7月1日" in found("低保标准")[0].title


def test_pages_without_a_standard_touch_none_and_more_pages_cost_no_more(room):
    room.published()
    rows = [row for row in follow.journal.since(0) if row.kind == "page"]
    assert list(SOURCE.touched(rows[-1])) == []
    shown_on(room)
    with CaptureQueriesContext(connection) as one:
        assert len(list(SOURCE.read([KEY]))) == 1
    for number in range(3):
        shown_on(room, f"more-{number}", f"明民发〔2026〕2{number}号", "days.accept")
    with CaptureQueriesContext(connection) as many:
        assert len(list(SOURCE.read([KEY, "standard:days.accept:zh-hans"]))) == 2
    assert len(many) <= len(one) + 3, "the facts of each page, and no more"
