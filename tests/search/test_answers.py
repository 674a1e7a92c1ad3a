"""Known queries with known right answers: how good they are, and that every engine gives the same ones."""

from datetime import date

import pytest

from search.embedded import EmbeddedIndex
from search.find import find_in
from search.index import Index
from search.plan import SOUND, TITLE
from search.query import NEWEST, OLDEST, Query
from search.record import LISTS, Record
from search.synonym_seed import GROUPS
from search.thesaurus import thesaurus
from tests.search.corpus import texts
from tests.search.indexes import WORDS, checked, embedded
from tests.search.judged import Judged, all_judged

JUDGED = all_judged()
RECALL, PRECISION = 0.95, 0.90
NARROWED = (
    Query("低保", filters={"kind": ("notice",)}),
    Query("低保", filters={"kind": ("notice", "policy"), "year": ("2024",)}, sort=NEWEST),
    Query("公示", filters={"street": ("和平街道",)}, sort=OLDEST),
    Query("公示", since=date(2025, 1, 1), until=date(2025, 6, 30)),
    Query("低保", filters={"kind": ("report",)}),
    Query("低保", filters={"issuer": ("明河区民政局",)}, since=date(2030, 1, 1)),
    Query("低宝", filters={"validity": ("repealed",)}),
    Query("", filters={"kind": ("policy",)}, page=3),
    Query("", sort=OLDEST),
    Query("申请", languages=("zh-hans",), page=2),
    Query("apply", languages=("en",)),
    Query("保", page=4, size=20),
    Query("2024 标准 通告 复核 解读", page=2),
)


def keys(index: Index, query: Query) -> list[str]:
    return [hit.record.key for hit in find_in(index, query, WORDS).hits]


def quality(judged: Judged) -> tuple[float, float]:
    """Precision and recall of the first ten."""
    right, got = judged.answers(), keys(embedded(), Query(judged.words))
    hits = sum(key in right for key in got)
    return (hits / len(got) if got else 0.0), hits / min(10, len(right))


def test_there_are_enough_judgements():
    assert len({one.words for one in JUDGED}) >= 120
    assert 550 <= len({one.record.key for one in texts()}) == len(texts())


def test_what_is_found_is_right_and_what_is_right_is_found():
    measured = [quality(one) for one in JUDGED]
    precision = sum(p for p, _r in measured) / len(measured)
    recall = sum(r for _p, r in measured) / len(measured)
    assert precision >= PRECISION, f"{precision:.3f}"
    assert recall >= RECALL, f"{recall:.3f}"


@pytest.mark.parametrize("sort", sorted({one.sort for one in JUDGED}))
def test_no_kind_of_query_is_left_behind(sort):
    """The mean may not hide that one way of asking finds little."""
    recalls = [quality(one)[1] for one in JUDGED if one.sort == sort]
    assert sum(recalls) / len(recalls) >= 0.85


def test_both_engines_give_the_same_ten():
    different = [
        one.words for one in JUDGED if keys(embedded(), Query(one.words)) != keys(checked(), Query(one.words))
    ]
    assert different == []


@pytest.mark.parametrize("query", NARROWED, ids=repr)
def test_both_engines_narrow_count_order_and_page_alike(query):
    ours, theirs = (find_in(index, query, WORDS) for index in (embedded(), checked()))
    assert ours.total > 0 or query.narrowed
    assert ours == theirs


def test_a_word_that_was_given_a_meaning_is_still_found_by_its_parts():
    """Where none of a group stands anywhere as a whole."""
    plain = find_in(embedded(), Query("医疗救助对象"), WORDS)
    grouped = find_in(
        embedded(), Query("医疗救助对象"), thesaurus([*GROUPS, ("医疗救助对象", "看病补助对象")])
    )
    assert plain.total and grouped.relaxed
    first = grouped.hits[0].record
    assert all(part in first.title + first.body for part in ("医疗", "救助", "对象"))


@pytest.mark.parametrize("words", ["低保", "dibao"])
def test_texts_come_before_lists_whose_titles_fit_as_well(words):
    """The newest lists would fill the first page of every programme's name."""
    hits = find_in(embedded(), Query(words, size=100), WORDS).hits
    kinds = [hit.record.kind.startswith(LISTS) for hit in hits if hit.tier in (TITLE, SOUND)]
    assert True in kinds and kinds == sorted(kinds)


@pytest.mark.parametrize(
    ("words", "first"), [("低保", "notice"), ("低保公示", "list-gs"), ("dibao gongshi", "list-gs")]
)
def test_who_means_lists_gets_them_among_texts_by_date(tmp_path, words, first):
    index = EmbeddedIndex(tmp_path)
    old = Record("page:1:zh-hans", "notice", "zh-hans", "关于规范低保公示工作的通知", "/n/", date(2020, 1, 1))
    new = Record("list:gs-1", "list-gs", "zh-hans", "和平街道低保公示", "/l/", date(2026, 1, 1))
    index.rebuild([old, new], 1)
    assert [hit.record.kind for hit in find_in(index, Query(words), WORDS).hits][0] == first
