"""Sections: filters in the address, order, pages, empty states, feeds, and what nobody has translated."""

import re
from datetime import date
from itertools import product
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from portal.pages.topics import Topic
from tests.factories.texts import removed, saved, taken_down
from tests.portal.pages.texts import (
    changed,
    html,
    in_english,
    interpretation,
    notice,
    policy,
)

MOST_QUERIES = 15
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def policies(home):
    made = [
        policy(home, "1", title="甲办法", since=date(2024, 5, 1), issuer="明河区人民政府"),
        policy(home, "2", title="乙细则", since=date(2025, 5, 1), topic=Topic.MEDICAL),
        policy(home, "3", title="丙规定", since=date(2026, 1, 1)),
    ]
    changed(made[0], "repeals", made[1])
    return made


QUERIES = [
    ("", "丙规定 乙细则 甲办法"),
    ("sort=oldest", "甲办法 乙细则 丙规定"),
    ("topic=medical", "乙细则"),
    ("issuer=明河区人民政府", "甲办法"),
    ("year=2025", "乙细则"),
    ("state=in-force", "丙规定 乙细则"),
    ("state=repealed", "甲办法"),
    ("state=in-force&year=2026", "丙规定"),
    ("year=1999&nothing=here", "丙规定 乙细则 甲办法"),
]


def test_filters_and_order_live_in_the_address(policies):
    for query, titles in QUERIES:
        shown = html(f"/policies/?{query}")
        found = sorted((shown.index(f">{title}</a>"), title) for title in ("甲办法", "乙细则", "丙规定")
                       if f">{title}</a>" in shown)  # fmt: skip
        assert [title for _place, title in found] == titles.split(), query
        assert f">{len(found)} 篇<" in shown
    assert "govuk-error-summary" in html("/policies/?year=1999")


def test_filters_are_chips_and_an_empty_list_says_what_to_drop(policies):
    shown = html("/policies/?topic=medical&year=2026")
    assert "cap-chips" in shown and "cap-empty" in shown
    assert 'href="?year=2026"' in shown and 'href="?topic=medical"' in shown
    assert "去掉" in shown and "1 篇" in shown


def test_the_filter_of_states_is_called_by_what_the_section_states(home, policies):
    notice(home, "1", deadline=date(2026, 3, 31))
    for section, label in (("policies", "有效性"), ("notices", "截止日期")):
        assert re.search(rf'for="id_state">\s*{label}\s*<', html(f"/{section}/")), section


def test_an_empty_section_says_so_and_offers_no_filter(home):
    assert "尚未发布" in html("/interpretations/") and "cap-filter" not in html("/interpretations/")


def test_pages_of_twenty_and_a_page_behind_the_last(home, django_assert_max_num_queries):
    for number in range(1, 24):
        policy(home, str(number), since=date(2026, 1, number))
    first, second = html("/policies/"), html("/policies/?page=2")
    assert first.count('lang="zh-CN">明民发') == 20 and second.count('lang="zh-CN">明民发') == 3
    assert 'rel="next"' in first and 'rel="prev"' in second
    behind = html("/policies/?page=9")
    assert behind.count('lang="zh-CN">明民发') == 3 and "没有这一页" in behind
    for address in ("/policies/", "/en/policies/?state=in-force"):
        with django_assert_max_num_queries(MOST_QUERIES):
            html(address)


def test_what_is_not_translated_is_shown_in_chinese_under_a_notice(policies):
    in_english(policies[1])
    shown = html("/en/policies/")
    assert ">English 2</a>" in shown and 'href="/en/policies/3/" lang="zh-CN">丙规定' in shown
    assert ">Minghe Bureau</option>" in shown
    answer = html("/en/policies/3/")
    assert '<html lang="en"' in answer and "has not been translated" in answer
    assert '<h1 class="govuk-heading-l cap-title" lang="zh-CN">丙规定' in answer
    assert 'href="/policies/3/"' in answer and 'href="/en/policies/"' in answer
    assert f'rel="canonical" href="{settings.PUBLIC_BASE_URL}/policies/3/"' in answer
    assert Client().get("/en/policies/99/").status_code == 404
    assert Client().get("/en/nothing/").status_code == 404


def test_a_translation_under_another_address_is_found_by_the_chinese_one(policies):
    english = in_english(policies[2])
    english.slug = "three"
    saved(english)
    answer = Client().get("/en/policies/3/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/policies/three/")


def test_drafts_are_nowhere(policies):
    taken_down(policies[2])
    for address in ("/policies/", "/en/policies/", "/feeds/policies.atom", "/"):
        assert "丙规定" not in html(address)
    assert Client().get("/en/policies/3/").status_code == 404


def test_every_section_has_a_feed_in_both_languages(home):
    base = policy(home, "1")
    interpretation(home, "a", base)
    notice(home, "n")
    in_english(base, summary="In short & plain")
    sections, languages = ("policies", "interpretations", "notices"), (("", "zh-CN"), ("/en", "en"))
    for section, (prefix, language) in product(sections, languages):
        answer = Client().get(f"{prefix}/feeds/{section}.atom")
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        feed = ElementTree.fromstring(answer.content)
        assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
        [entry] = feed.findall(f"{ATOM}entry")
        link = entry.find(f"{ATOM}link").attrib["href"]
        assert link.startswith(f"{settings.PUBLIC_BASE_URL}{prefix}/{section}/")
        assert Client().get(link.removeprefix(settings.PUBLIC_BASE_URL)).status_code == 200
    assert Client().get("/feeds/publicity.atom").status_code == 404


def test_neighbours_lead_through_the_section(policies):
    shown = html("/policies/2/")
    assert "丙规定" in shown and "甲办法" in shown
    assert shown.index("丙规定") < shown.index("甲办法</a>", shown.index("丙规定"))


def test_neighbours_pass_over_what_was_removed(policies):
    removed(policies[2])
    shown = html("/policies/2/")
    assert "丙规定" not in shown and "甲办法" in shown
