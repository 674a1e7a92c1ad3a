"""Editors' pages in a real browser: no accessibility fault, nothing wider than a telephone."""

from datetime import timedelta

import pytest

from portal.pages.demo_notices import add_demo_notices
from relief.trail import clock
from tests.factories.pages import seeded
from tests.portal.pages.texts import in_english, notice

pytestmark = pytest.mark.appearance
ADDRESSES = ["/notices/", "/notices/re-declaration/", "/en/notices/", "/en/notices/list-rules/"]


@pytest.fixture
def site(scratch, live_site) -> str:
    homes = seeded()
    add_demo_notices(homes)
    in_english(notice(homes["zh-hans"], "comments", deadline=clock.today() + timedelta(days=20)))
    return live_site


def test_notices_are_accessible(site, page, phone, axe):
    for address in ADDRESSES:
        for screen in (page, phone):
            assert screen.goto(site + address).status == 200
            assert axe(screen, screen is phone) == [], address
            assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_how_many_days_are_left_stays_on_one_line(site, page, phone):
    for screen in (page, phone):
        screen.goto(site + "/en/notices/")
        tag = screen.get_by_text("days left")
        tall = tag.evaluate("one => one.offsetHeight / parseFloat(getComputedStyle(one).fontSize)")
        assert tall < 2.5, "a second line would make it 3.5 high"


def test_a_reader_finds_the_same_notice_in_the_other_language(site, page):
    page.goto(f"{site}/notices/")
    page.get_by_role("link", name="定期复核").click()
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/notices/re-declaration/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Notice on the regular")
    assert page.context.cookies() == []
