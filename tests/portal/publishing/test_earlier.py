"""A text that was public before this site had it: the day of then is told alike wherever it is told."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime

from portal.catalogue.seed import seed_catalogue
from portal.pages.policy import PolicyPage
from portal.pages.sections import PolicySection
from portal.pages.seed import add_live
from portal.publishing.submit import record_of
from relief.trail import clock
from tests.factories.pages import seeded

BEFORE = timedelta(days=900)


@pytest.fixture
def rules(db) -> PolicyPage:
    home = seeded()["zh-hans"]
    seed_catalogue()
    section = PolicySection.objects.child_of(home).get()
    then = clock.now() - BEFORE
    words = {"title": "低保办法", "slug": "rules", "issuer": "甲", "topic": "guarantee"}
    page = PolicyPage(signed_on=then.date(), in_force_from=then.date(), locale=section.locale, **words)
    page.first_published_at = then
    add_live(section, page)
    return page


def test_the_day_of_then_is_told_by_text_history_and_catalogue(rules):
    then = localtime(rules.first_published_at).date()
    kept = record_of(rules)
    assert localtime(kept.first_published_at).date() == then
    assert localtime(kept.published_at).date() == clock.today()
    shown = f"{then.year}年{then.month}月{then.day}日"
    for address in (rules.get_url(), f"/page-history/{kept.code}/"):
        assert shown in Client().get(address).content.decode()
    row = json.loads(Client().get("/disclosure/catalogue/guarantee-policies/data.json").content)
    assert row["first_published"] == then.isoformat()
    assert [one["code"] for one in row["findings"]] == [], "it was not published late"


def test_a_text_that_begins_here_is_brought_from_nowhere(rules):
    kept = record_of(rules.get_parent().specific)
    assert "转入本网站" not in Client().get(f"/page-history/{kept.code}/").content.decode()
