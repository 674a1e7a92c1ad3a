"""The search page as a reader meets it: found at the first try, narrowed, told honestly, never broken."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from search import engine
from search.embedded import EmbeddedIndex
from tests.search import indexes

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = {"zh": "/search/", "en": "/en/search/"}


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> EmbeddedIndex:
    """The corpus of the tests of search, in the place of the site's own index."""
    index = indexes.embedded()
    monkeypatch.setattr(engine, "embedded", lambda: index)
    return index


def page(client: Client, query: dict[str, str], address: str = PAGES["zh"]) -> BeautifulSoup:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def titles(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select("main ol > li > .cap-title a")]


def text_of(soup: BeautifulSoup) -> str:
    return " ".join(soup.main.get_text(" ").split())


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("低保标准", r"(低保|最低生活保障).*标准"),
        ("dibao", r"低保|最低生活保障"),
        ("最低生活保障標準", r"(低保|最低生活保障).*标准"),
        ("gs-101-2026-001", r"公示"),
    ],
)
def test_what_a_new_reader_types_is_found_at_the_first_try(client, indexed, words, title):
    found = titles(page(client, {"q": words}))
    assert found and re.search(title, found[0]), found[:3]


def test_what_was_found_is_marked_and_says_what_it_is(client, indexed):
    soup = page(client, {"q": "临时救助"})
    first = soup.select_one("main ol > li")
    assert "临时救助" in [mark.get_text() for mark in first.select("mark")]
    assert first.select_one("time") is not None
    assert soup.select_one("main a[href^='/search/feed.atom?q=']") is not None


def test_filters_stand_in_the_address_with_their_counts_and_can_be_dropped(client, indexed):
    soup = page(client, {"q": "低保"})
    options = {one["value"]: one.get_text() for one in soup.select("select[name=kind] option")}
    assert re.fullmatch(r"通知公告 \(\d+\)|通知 \(\d+\)|公告 \(\d+\)", options["notice"])
    count = int(re.search(r"\d+", options["notice"])[0])
    narrowed = page(client, {"q": "低保", "kind": "notice"})
    assert f"{count}条结果" in text_of(narrowed).replace(" ", "")
    chip = narrowed.select_one(".cap-chips a")
    assert chip["href"] == "?q=%E4%BD%8E%E4%BF%9D"
    assert narrowed.select_one("select[name=kind] option[selected]")["value"] == "notice"


def test_a_wrong_day_is_named_and_left_out(client, indexed):
    soup = page(client, {"q": "低保", "since": "2026-13-01", "until": "2030-01-01"})
    assert soup.select_one(".govuk-error-summary") is not None and titles(soup)


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "开始日期晚于结束日期"), ("en", "The first day lies after the last")]
)
def test_days_the_wrong_way_round_are_named_left_out_and_kept_as_typed(client, indexed, language, said):
    typed = {"q": "低保", "since": "2026-11-30", "until": "2026.1.1"}
    soup = page(client, typed, PAGES[language])
    assert said in soup.select_one(".govuk-error-summary").get_text()
    assert {name: soup.select_one(f"input[name={name}]")["value"] for name in typed} == typed
    plain = page(client, {"q": "低保"}, PAGES[language])
    assert titles(soup) == titles(plain) and soup.select_one(".cap-chips") is None


def test_pages_go_on_and_one_beyond_the_end_is_the_last(client, indexed):
    first, second = (titles(page(client, {"q": "低保", "page": n})) for n in ("1", "2"))
    assert len(first) == len(second) == 10 and not set(first) & set(second)
    last = page(client, {"q": "低保", "page": "9999"})
    assert titles(last) and last.select_one(".govuk-pagination__next") is None


def test_words_of_the_same_sound_and_fewer_words_are_told(client, indexed):
    heard = page(client, {"q": "低宝"})
    assert "读音相同" in text_of(heard) and titles(heard)
    meant = heard.find("a", href="?q=%E4%BD%8E%E4%BF%9D")
    assert meant is not None and meant.get_text() == "低保"
    relaxed = page(client, {"q": "低保 不存在的词语"})
    assert "大部分" in text_of(relaxed) and titles(relaxed)


BAD = [
    "", " ", "保", "x" * 10_000, "低" * 10_000, "。，！？", '"', '" OR "', "AND OR NOT", "(", "NEAR(a b)",
    "title:x", "*", "^", "~2", "a:b:c", "\\", "%", "\x00", "低保\x00", "\ufffd",
    "低保 guarantee ＤＩＢＡＯ １２３", "<script>alert(1)</script>", "{{ 7*7 }}",
]  # fmt: skip


@pytest.mark.parametrize("words", BAD)
def test_whatever_is_typed_is_answered(client, indexed, words):
    soup = page(client, {"q": words, "page": "-1", "kind": "nothing", "sort": "worst", "unknown": "1"})
    assert soup.find("script", string=re.compile("alert")) is None
    assert not re.search(r"fts5|sqlite|syntax|Traceback|elastic", text_of(soup), re.IGNORECASE)


def test_nothing_found_says_what_to_do(client, indexed):
    assert "没有找到" in text_of(page(client, {"q": "quux"}))
    soup = page(client, {"q": "低保", "year": "1999"})
    assert soup.select_one(".cap-empty a")["href"] == "?q=%E4%BD%8E%E4%BF%9D"


def test_without_an_index_the_page_stands(client, tmp_path, monkeypatch):
    index = EmbeddedIndex(Path(tmp_path) / "none")
    monkeypatch.setattr(engine, "embedded", lambda: index)
    for asked in ({"q": "低保"}, {}, {"q": "低保", "kind": "notice"}):
        told = text_of(page(client, asked))
        assert "暂时无法检索" in told and "没有找到" not in told and "暂未发布" not in told


def test_english_readers_have_the_page_in_english(client, indexed):
    soup = page(client, {"q": "guarantee"}, PAGES["en"])
    assert soup.h1.get_text() == "Search this site" and soup.html["lang"] == "en"
    assert all(link["href"].startswith("/en/") for link in soup.select("main ol > li > .cap-title a"))


def test_the_feed_of_a_query_gives_the_newest(client, indexed):
    answer = client.get("/search/feed.atom", {"q": "低保", "kind": "notice"})
    assert answer.status_code == 200 and answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    days = [entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")]
    assert len(days) > 10 and days == sorted(days, reverse=True)
    for words in ("quux", "低宝", "低保 不存在的词语"):
        feed = ElementTree.fromstring(client.get("/search/feed.atom", {"q": words}).content)
        assert feed.findall(f"{ATOM}entry") == [], words


def test_the_box_proposes_titles_that_hold_the_words(client, indexed):
    items = client.get("/search/suggest.json", {"q": "临时救助"}).json()["items"]
    assert len(items) == 6 and all({"title", "url"} == set(item) for item in items)
    for words in ("", "低宝", "quux", "\x00", "低" * 10_000):
        assert client.get("/search/suggest.json", {"q": words}).json() == {"items": []}, words


def test_search_engines_keep_no_answers(client, indexed):
    answer = client.get("/search/", {"q": "低保"})
    assert answer["X-Robots-Tag"] == "noindex, follow"


def test_queries_do_not_grow_with_what_is_found(client, indexed, django_assert_num_queries):
    client.get("/search/", {"q": "低保"})
    with django_assert_num_queries(2):  # synonyms, particulars
        client.get("/search/", {"q": "quux"})
    with django_assert_num_queries(2):
        client.get("/search/", {"q": "低保"})
