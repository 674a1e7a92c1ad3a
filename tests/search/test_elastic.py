"""The engine on a real Elasticsearch: the same answers, and nothing lost or doubled by what breaks off."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from elastic_transport import ConnectionTimeout
from elasticsearch import Elasticsearch

from search import analysis
from search.elastic import ElasticIndex
from search.find import find_in
from search.index import Change, Outdated, Unavailable
from search.query import Query
from search.record import Record
from search.thesaurus import NO_WORDS
from tests.search.corpus import records
from tests.search.indexes import WORDS, embedded
from tests.search.judged import all_judged
from tests.search.test_answers import NARROWED
from tests.search.test_bad_input import STRANGE

TITLE = "关于公布低保标准的通知"
NOTICE = Record("page:7:zh-hans", "notice", "zh-hans", TITLE, "/n/", date(2026, 3, 1), body="每人每月980元")


def engine(client: Elasticsearch, name: str) -> ElasticIndex:
    nodes = [
        f"{node.scheme}://{node.host}:{node.port}"
        for node in (one.config for one in client.transport.node_pool.all())
    ]
    made = ElasticIndex(nodes, name)
    made.client = made.client.options(request_timeout=30)
    return made


@pytest.fixture(scope="module")
def corpus(elastic: Elasticsearch, own_name: str) -> ElasticIndex:
    """The corpus on the server; only to be read."""
    made = engine(elastic, f"{own_name}-corpus")
    assert made.rebuild(records(), 1) == len(records())
    return made


@pytest.fixture
def index(elastic: Elasticsearch, own_name: str) -> ElasticIndex:
    made = engine(elastic, f"{own_name}-one")
    made.rebuild([NOTICE], cursor=3)
    return made


def found(index, words):
    return [hit.record for hit in find_in(index, Query(words), NO_WORDS).hits]


def test_the_same_ten_for_every_known_query(corpus):
    different = [
        one.words
        for one in all_judged()
        if find_in(corpus, Query(one.words), WORDS) != find_in(embedded(), Query(one.words), WORDS)
    ]
    assert different == []


def test_it_narrows_counts_orders_and_pages_alike(corpus):
    for query in NARROWED:
        assert find_in(corpus, query, WORDS) == find_in(embedded(), query, WORDS)


def test_strange_things_get_the_same_answer(corpus):
    for text in STRANGE.values():
        assert find_in(corpus, Query(text), WORDS) == find_in(embedded(), Query(text), WORDS)


def test_the_page_beyond_its_reach_is_the_last(corpus):
    assert find_in(corpus, Query("", page=10**9), WORDS) == find_in(embedded(), Query("", page=10**9), WORDS)


def test_both_keep_the_same_records(corpus):
    assert sorted(corpus.digests()) == sorted(embedded().digests())


def test_what_was_written_twice_is_there_once(index):
    for _again in range(2):
        index.apply([Change(NOTICE.key, NOTICE), Change("page:never:there")], cursor=4)
    assert found(index, "低保") == [NOTICE]
    assert (index.cursor(), len(list(index.digests()))) == (4, 1)


def test_a_changed_text_and_one_taken_out(index):
    changed = replace(NOTICE, title="关于公布特困标准的通知", date=date(2026, 4, 1))
    index.apply([Change(NOTICE.key, changed)], cursor=4)
    assert (found(index, "低保"), found(index, "特困")) == ([], [changed])
    index.apply([Change(NOTICE.key)], cursor=5)
    assert list(index.digests()) == []
    assert index.cursor() == 5


def test_a_rebuild_swaps_whole_and_leaves_one_index(index, elastic):
    told: list[int] = []
    assert index.rebuild(records()[:30], cursor=8, progress=told.append) == 30
    assert told == list(range(1, 31))
    assert (index.cursor(), len(list(index.digests()))) == (8, 30)
    assert len(elastic.indices.get(index=f"{index.alias}-*")) == 1


def test_a_broken_rebuild_leaves_the_old_index(index, elastic):
    def broken() -> Iterator[Record]:
        yield records()[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.rebuild(broken(), cursor=8)
    assert (found(index, "低保"), index.cursor()) == ([NOTICE], 3)
    assert len(elastic.indices.get(index=f"{index.alias}-*")) == 1


def test_an_index_of_another_analysis_is_not_written_to(index, monkeypatch):
    monkeypatch.setattr(analysis, "ANALYSIS", "another")
    assert index.cursor() == -1
    with pytest.raises(Outdated):
        index.apply([Change(NOTICE.key)], cursor=4)


def test_an_alias_that_is_not_there(elastic, own_name):
    nothing = engine(elastic, f"{own_name}-none")
    assert nothing.cursor() == -1
    with pytest.raises(Unavailable):
        find_in(nothing, Query("低保"), NO_WORDS)
    with pytest.raises(Outdated):
        nothing.apply([], cursor=1)


def test_an_older_state_never_overwrites_a_newer_one(index):
    """Two processes follow at once, and the slower has read before the other's publication."""
    newer = replace(NOTICE, title="关于公布特困标准的通知")
    index.apply([Change(NOTICE.key, newer)], cursor=6)
    index.apply([Change(NOTICE.key, NOTICE)], cursor=5)
    assert (found(index, "特困"), index.cursor()) == ([newer], 6)
    index.apply([Change(NOTICE.key)], cursor=5)
    assert len(list(index.digests())) == 1


def test_a_publication_amid_a_swap_is_read_again(index, elastic):
    """What went into the index that is gone mustn't count as read in the new one."""

    def amid() -> Iterator[Change]:
        yield Change(NOTICE.key)
        index.rebuild([NOTICE], cursor=3)

    with pytest.raises(Unavailable):
        index.apply(amid(), cursor=4)
    assert (found(index, "低保"), index.cursor()) == ([NOTICE], 3)
    index.apply([Change(NOTICE.key)], cursor=4)
    assert (list(index.digests()), index.cursor()) == ([], 4)
    assert len(elastic.indices.get(index=f"{index.alias}-*")) == 1


def test_a_swap_without_an_answer_takes_nothing_away(index, monkeypatch):
    """The server may have done it all the same."""
    swap = index._swap

    def unheard(client: Elasticsearch, new: str) -> None:
        swap(client, new)
        raise ConnectionTimeout("no answer")

    monkeypatch.setattr(index, "_swap", unheard)
    with pytest.raises(Unavailable):
        index.rebuild([NOTICE], cursor=9)
    assert (found(index, "低保"), index.cursor()) == ([NOTICE], 9)
