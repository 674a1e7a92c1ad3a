"""The demo's texts as pages: all can be read in both languages, edited without a fault, and made once."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.catalogue.links import words_of
from portal.demo.content import add_content, site_with_words
from portal.demo.content_days import dated, public_on, signed_on
from portal.demo.content_pages import completed
from portal.demo.content_reader import Day, Text, Words, all_texts
from portal.demo.full_ground import FULL
from portal.demo.ground import Ground
from portal.demo.small_ground import SMALL
from portal.pages.demo_notices import add_demo_notices
from portal.pages.statutory_checks import faults
from portal.pages.statutory_tables import CHAPTERS

WHOLE = pytest.param(FULL, id="full", marks=[pytest.mark.long, pytest.mark.full])
GROUNDS = [pytest.param(SMALL, id="small"), WHOLE]


def check_as_an_editor_would(page: Page) -> None:
    """Saving the page in the CMS asks the same: every block, every length."""
    page.full_clean()
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            value = getattr(page, field.name)
            value.stream_block.clean(value)
    if hasattr(page, "publish_obstacles"):
        assert page.publish_obstacles() == [], page.url


@pytest.mark.parametrize("ground", GROUNDS)
def test_all_texts_are_public_in_their_languages_and_made_once(ground: Ground, db: None) -> None:
    homes = site_with_words()
    add_demo_notices(homes)
    made = add_content(homes, ground)
    count = Page.objects.count()
    assert add_content(site_with_words(), ground).keys() == made.keys()
    assert Page.objects.count() == count
    texts = {text.name: text for text in all_texts()}
    client = Client()
    for name, page in made.items():
        versions = [page.specific, *(twin.specific for twin in page.get_translations())]
        assert len(versions) == (len(texts[name].versions) if name in texts else 2), name
        for version in versions:
            check_as_an_editor_would(version)
            assert words_of(version), version.url
            answer = client.get(version.url)
            assert answer.status_code == 200, version.url
            assert version.title in answer.content.decode(), version.url
            assert not re.search("page:[a-z]+/", answer.content.decode()), version.url


def test_the_bureau_s_own_pages_have_the_demo_s_words(client: Client, db: None) -> None:
    site_with_words()
    assert "家庭经济状况核对中心" in client.get("/profile/").content.decode()
    assert "Centre for Checking Means" in client.get("/en/profile/").content.decode()


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_the_sums_of_each_report_fit(year: int) -> None:
    report = next(text for text in all_texts() if text.name == f"reports/{year}")
    for code, chapter in CHAPTERS.items():
        cells = completed(chapter, report.facts.get(code, {}))
        assert cells.keys() == chapter.cells().keys()
        assert faults(chapter, cells) == []
    assert completed(CHAPTERS["requests"], report.facts["requests"])["handled.total"] > 0


def test_an_office_neither_signs_nor_publishes_at_the_weekend(db: None) -> None:
    words = Words("题", "要")
    text = Text("notices", "x", False, {"signed": Day(offset=-10)}, words, None)
    for day in (date(2026, 11, 1) + timedelta(days=n) for n in range(60)):
        signed, public = signed_on(text, day), public_on(text, day)
        assert signed.weekday() < 5
        assert public.weekday() < 5
        assert day - timedelta(days=12) <= signed < public <= day


def test_the_month_before_is_named_in_both_languages() -> None:
    words = Words("{month}情况", "{month}", more={})
    assert dated(words, date(2026, 1, 31), "zh").title == "2025年12月情况"
    assert dated(words, date(2026, 11, 2), "en").summary == "October 2026"
