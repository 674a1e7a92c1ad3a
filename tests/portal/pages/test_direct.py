"""Pages are found by their address in a query or two, and what Wagtail must decide goes on to it."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from portal.pages import direct
from portal.pages.direct import answering_at
from portal.pages.notice import NoticePage
from portal.publishing import act
from relief.trail import clock
from tests.factories.texts import newsroom, removed, taken_down
from tests.portal.pages.texts import changed, html, in_english, interpretation, notice, policy

#: of a policy alone whose address is known; Wagtail's own way to the page took seven more
ALONE = 9


def queries_of(address: str) -> int:
    client = Client()
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_policy_is_read_in_few_queries_however_many_stand_beside_it(home):
    policy(home, "1")
    assert queries_of("/policies/1/") <= ALONE
    for number in range(2, 9):
        policy(home, str(number))
    assert queries_of("/policies/4/") == ALONE


def test_queries_stay_when_relations_and_interpretations_grow(home):
    old, new = policy(home, "1"), policy(home, "2", since=date(2026, 2, 1))
    changed(old, "amends", new)
    interpretation(home, "x", old)
    few = queries_of("/policies/1/")
    changed(old, "amends", policy(home, "3", since=date(2026, 2, 2)))
    interpretation(home, "y", old)
    assert queries_of("/policies/1/") == few <= 15


def test_every_section_of_texts_is_found_in_both_languages(home, settings):
    one = policy(home, "1")
    pages = {
        "policies/1/": one,
        "notices/2/": notice(home, "2"),
        "interpretations/3/": interpretation(home, "3", one),
    }
    for path, page in pages.items():
        assert answering_at(path) == page and answering_at(path).body == page.body
    english = in_english(one)
    assert "English 1" in html("/en/policies/1/") and english.title in html("/en/policies/1/")
    assert "办法1" in html("/policies/1/")
    assert "通知2" in html("/en/notices/2/") and 'lang="zh-CN"' in html("/en/notices/2/")


@pytest.mark.parametrize("path", ["policies/9/", "policies/1/x/", "policies/1", "guides/1/", "nowhere/"])
def test_other_addresses_are_left_to_wagtail(home, path):
    policy(home, "1")
    assert answering_at(path) is None


def test_pages_are_only_read(home):
    policy(home, "1")
    assert Client().head("/policies/1/").status_code == 200
    assert Client().post("/policies/1/").status_code == 405


def test_drafts_are_not_found_and_what_was_removed_says_so(home):
    page = policy(home, "1")
    notice(home, "2")
    taken_down(NoticePage.objects.get(slug="2"))
    assert answering_at("notices/2/") is None and Client().get("/notices/2/").status_code == 404
    removed(page)
    assert answering_at("policies/1/") == page
    assert "误发。" in html("/policies/1/") and "正文" not in html("/policies/1/")


def test_a_closed_section_stays_closed(home):
    page = policy(home, "1")
    with act.opened():
        closed = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="groups")
    closed.groups.add(Group.objects.create(name="inside"))
    assert answering_at("policies/1/") is None


def test_who_stands_at_an_address_now_answers_there(home):
    """A process remembers what answered: not when that was moved, withdrawn, or followed by another."""
    page = policy(home, "1")
    assert answering_at("policies/1/") == page
    with act.opened():
        page.slug = "2"
        page.save()
    assert answering_at("policies/1/") is None and answering_at("policies/2/") == page
    assert page.get_url() == "/policies/2/"
    other = policy(home, "1", number="明民发〔2026〕9号")
    assert answering_at("policies/1/") == other and answering_at("policies/2/") == page
    taken_down(other)
    assert answering_at("policies/1/") is None


def test_the_memory_of_addresses_is_bounded(home, monkeypatch):
    monkeypatch.setattr(direct, "REMEMBERED", 2)
    monkeypatch.setattr(direct, "_answered", {})
    pages = [policy(home, str(number)) for number in range(5)]
    for _round in range(2):
        assert [answering_at(f"policies/{number}/") for number in range(5)] == pages
        assert len(direct._answered) <= 2


def test_a_change_is_seen_at_the_next_request(home):
    page = policy(home, "1", summary="旧的摘要")
    assert "旧的摘要" in html("/policies/1/")
    with clock.moved_to(clock.at(date(2026, 3, 3))):
        room = newsroom()
        room.published(room.edited(page, summary="新的摘要"))
    assert "新的摘要" in html("/policies/1/") and "旧的摘要" not in html("/policies/1/")


def test_the_frame_shows_what_holds_now(home, settings):
    """Menu and foot are drawn once for many pages: by language, place and the bureau's words."""
    policy(home, "1")
    before = html("/policies/1/")
    settings.BUREAU = settings.BUREAU | {"hotline": "0400-111-1111"}
    after = html("/policies/1/")
    assert "0400-111-1111" in after and "0400-111-1111" not in before
    settings.DEMO = False
    assert before.count("<footer") == 1 and "均为虚构" in before and "均为虚构" not in html("/policies/1/")
    here = 'href="{}" aria-current="true"'
    assert here.format("/policies/") in after and here.format("/notices/") not in after
    notice(home, "2")
    assert here.format("/notices/") in html("/notices/2/")
    assert here.format("/policies/") not in html("/notices/2/")
    assert "Site map" in html("/en/policies/1/") and "Site map" not in after
