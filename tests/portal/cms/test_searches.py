"""The screen of what readers search: three tabs, filters in the address, synonyms from there, a table."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.finder.asked import Asked, note, note_opened
from relief.officers.models import Role
from relief.trail import clock
from search.plan import FOUND, RELAXED
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

SCREEN = "/cms/publishing/searches/"
EXPORT = f"{SCREEN}export/"


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def searched(
    words: str, *, total: int = 9, meaning: str = FOUND, language: str = "zh-hans", by: int = 3
) -> None:
    for who in range(by):
        note(Asked(words, language, f"192.0.2.{who}", total, meaning))


def opened(words: str, *places: int) -> None:
    for place in places:
        note_opened(Asked(words, "zh-hans", ""), place)


@pytest.fixture
def some(room: Newsroom) -> Newsroom:
    """What readers did: found and opened, found and left, in vain, in part, in English, and too few."""
    searched("低保标准", by=6)
    opened("低保标准", 1, 2, 2, 40)
    searched("办事时间", by=4)
    searched("爱心屋", total=0, by=5)
    searched("低保 房子", meaning=RELAXED)
    searched("guarantee", language="en")
    searched("临时救助", by=2)
    return room


def shown(client: Client, **asked: str) -> list[list[str]]:
    soup = BeautifulSoup(client.get(SCREEN, asked).content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in soup.select("table.listing tbody tr")
    ]


def words_shown(client: Client, **asked: str) -> list[str]:
    return [row[0].removesuffix("简体中文").removesuffix("English").strip() for row in shown(client, **asked)]


def test_the_most_frequent_come_first_with_their_figures(some):
    client = signed_in(some.writer)
    rows = shown(client)
    assert [row[0] for row in rows] == [
        "低保标准 简体中文", "爱心屋 简体中文", "办事时间 简体中文", "低保 房子 简体中文",
        "guarantee English",
    ]  # fmt: skip
    assert rows[0][1:7] == ["6", "9", "0", "0", "4 (67%)", "2"]
    assert rows[1][1:7] == ["5", "0", "5", "0", "0", "–"]
    page = client.get(SCREEN).content.decode()
    assert "临时救助" not in page and "本周另有2次" in page
    assert (
        'href="/search/?q=%E7%88%B1%E5%BF%83%E5%B1%8B"' in page and 'href="/en/search/?q=guarantee"' in page
    )


def test_tabs_show_what_was_searched_in_vain_and_what_nobody_opened(some):
    client = signed_in(some.writer)
    assert words_shown(client, show="in-vain") == ["爱心屋", "低保 房子"]
    assert words_shown(client, show="unopened") == ["办事时间", "低保 房子", "guarantee"]
    assert words_shown(client, show="nonsense") == words_shown(client)


def test_who_may_enter_synonyms_is_led_there_with_the_words(some):
    link = 'href="/cms/publishing/synonyms/add/?words=%E7%88%B1%E5%BF%83%E5%B1%8B"'
    page = signed_in(some.writer).get(SCREEN).content.decode()
    assert page.count("/synonyms/add/?words=") == 2 and link in page
    of_section = some.district.officer(Role.SECTION_EDITOR)
    assert "/synonyms/add/" not in signed_in(of_section).get(SCREEN).content.decode()


def test_filters_stand_in_the_address_and_wrong_ones_ask_for_nothing(some):
    client = signed_in(some.writer)
    assert words_shown(client, q="低保") == ["低保标准", "低保 房子"]
    assert words_shown(client, q="低保標") == ["低保标准"]
    assert words_shown(client, language="en") == ["guarantee"]
    assert words_shown(client, q="没有的词") == []
    assert "没有符合" in client.get(SCREEN, {"q": "没有的词"}).content.decode()
    assert len(words_shown(client, language="xx", days="999", sort="worst", p="-3")) == 5
    with clock.moved_to(clock.now() + timedelta(days=10)):
        searched("高龄津贴")
        assert words_shown(client, days="7") == ["高龄津贴"]
        assert words_shown(client)[0] == "低保标准" and words_shown(client, sort="newest")[0] == "高龄津贴"


def test_an_empty_log_says_so_and_what_is_kept(room):
    page = signed_in(room.writer).get(SCREEN).content.decode()
    assert "还没有" in page and "30天" in page and EXPORT not in page
    assert "还没有" not in signed_in(room.writer).get(SCREEN, {"show": "in-vain"}).content.decode()


def test_the_table_to_take_away_holds_the_same_rows_and_no_formula(some):
    searched("=1+cmd", total=0)
    answer = signed_in(some.writer).get(EXPORT, {"show": "in-vain"})
    assert (
        answer["Content-Type"] == "text/csv; charset=utf-8"
        and "searches.csv" in answer["Content-Disposition"]
    )
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert len(head) == 9 and [row[0] for row in rows] == ["爱心屋", "低保 房子", "'=1+cmd"]
    assert rows[0][2:7] == ["5", "0", "5", "0", "0"]


def test_many_rows_take_pages_that_keep_the_filter_and_no_more_queries(some):
    client = signed_in(some.writer)
    client.get(SCREEN)
    with CaptureQueriesContext(connection) as few:
        client.get(SCREEN)
    for number in range(60):
        searched(f"{1960 + number}年报")
    with CaptureQueriesContext(connection) as many:
        page = client.get(SCREEN, {"q": "年报"}).content.decode()
    assert len(many) == len(few)
    assert "q=%E5%B9%B4%E6%8A%A5&amp;p=2" in page
    assert len(words_shown(client, q="年报")) == 50 and len(words_shown(client, q="年报", p="2")) == 10


@pytest.mark.parametrize("address", [SCREEN, EXPORT])
def test_only_who_has_a_role_of_the_site_reads_it(some, address):
    for officer in (some.writer, some.reviewer, some.publisher):
        assert signed_in(officer).get(address).status_code == 200
    stranger = signed_in(some.district.officer(Role.STREET_REVIEWER)).get(address)
    assert stranger.status_code in (302, 403, 404) and "低保" not in stranger.content.decode()
    assert Client().get(address).status_code == 302
