"""Whatever is typed: an answer, never an error, and no engine's syntax has any meaning."""

from datetime import date

import pytest

from search.find import find_in
from search.query import REACH, TEXT_LIMIT, Query
from tests.search.indexes import WORDS, checked, embedded

STRANGE = {
    "one character": "保",
    "one letter": "a",
    "ten thousand characters": "低保标准" * 2500,
    "ten thousand letters": "a" * 10_000,
    "ten thousand words": "a b " * 2500,
    "numbers": "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
    "punctuation": "，。！？…—·“”《》",
    "quotes": '"AND (`*`^~NEAR',
    "phrase": '"低保" AND "标准"',
    "column": "title : 低保",
    "near": "NEAR(低保 标准, 5)",
    "not": "低保 NOT 标准 -公示 +公告",
    "lucene": "title:低保* OR _exists_:body~2 [2020 TO 2026] /.*/",
    "json": '{"match_all": {}}',
    "sql": "'; DROP TABLE record; --",
    "backslashes": '\\\\ \\" \\u0000',
    "nul": "低\x00保\x00",
    "halves": "\ud800低保\udfff",
    "directions": "\u202e低保\u200b",
    "mixed": "低保abc123ひらがなДокумент ᠮᠣᠩᠭᠣᠯ",
    "rare": "𰀀𠀀㐁",
    "percent": "%E4%BD%8E%E4%BF%9D 100%",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_there_is_an_answer_and_both_engines_give_the_same(text):
    answer = find_in(embedded(), Query(text), WORDS)
    assert answer.shortened == (len(text) > TEXT_LIMIT)
    assert len(answer.query.text) <= TEXT_LIMIT
    assert len(answer.hits) <= 10
    assert answer == find_in(checked(), Query(text), WORDS)


def test_operators_are_words():
    """Were NOT an operator, texts with 标准 would be gone."""
    plain = find_in(embedded(), Query("低保 标准"), WORDS)
    titles = [hit.record.title for hit in find_in(embedded(), Query('"低保" NOT 标准'), WORDS).hits]
    assert plain.total > 0
    assert any("标准" in title for title in titles)


def test_nothing_to_look_for_is_said():
    answer = find_in(embedded(), Query("。。"), WORDS)
    assert (answer.meaning, answer.total, answer.hits) == ("", 0, ())


def test_no_words_list_everything():
    answer = find_in(embedded(), Query(" "), WORDS)
    assert answer.total == len(list(embedded().digests()))
    assert [hit.record.order for hit in answer.hits] == sorted(
        (h.record.order for h in answer.hits), reverse=True
    )


@pytest.mark.parametrize("page", [-5, 0, 10**9])
def test_a_page_that_is_not_there_is_the_nearest(page):
    answer = find_in(embedded(), Query("低保", page=page), WORDS)
    assert answer.page == (1 if page < 1 else answer.pages)
    assert answer.hits


def test_sizes_and_reach_are_bounded():
    assert len(find_in(embedded(), Query("通知", size=10**6), WORDS).hits) == 100
    assert Query(page=10**9, size=100).sound().page * 100 <= REACH


def test_unknown_facets_orders_and_values_are_left_out():
    odd = Query("低保", filters={"colour": ("red",), "kind": ()}, sort="random")
    assert find_in(embedded(), odd, WORDS).hits == find_in(embedded(), Query("低保"), WORDS).hits
    none = find_in(embedded(), Query("低保", filters={"kind": ("no such'\" kind",)}), WORDS)
    assert (none.total, none.meaning) == (0, "found")
    assert [one.value for facet in none.facets for one in facet.values if one.chosen] == ["no such'\" kind"]


def test_days_the_wrong_way_round_find_nothing():
    answer = find_in(embedded(), Query("低保", since=date(2026, 1, 1), until=date(2020, 1, 1)), WORDS)
    assert (answer.total, answer.meaning) == (0, "found")
    assert find_in(embedded(), Query("低保", since=date.min, until=date.max), WORDS).total > 0
