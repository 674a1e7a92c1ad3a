"""How good the first ten are, and whether every evaluation gives the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from search.answer import Answer
from search.find import find_in
from search.index import Index
from search.query import Query
from tests.bench import Figure
from tests.bench.finding.ground import Run
from tests.search.corpus import records
from tests.search.indexes import WORDS, checked, embedded
from tests.search.judged import all_judged

PRECISION, RECALL = 90.0, 95.0
Asked = Callable[[str], list[str]]


def measure(run: Run) -> Iterator[Figure]:
    yield from of("embedded", keys(embedded()))
    yield agreement("embedded and our reading of the request to Elasticsearch", embedded(), checked())
    if index := run.elastic("known"):
        index.rebuild(records(), 1)
        yield from of("Elasticsearch", keys(index))
        yield agreement("embedded and Elasticsearch", embedded(), index)


def of(what: str, asked: Asked, *, goals: bool = True) -> Iterator[Figure]:
    """Recall and precision of whoever answers a query's words with keys, the best first."""
    precision, recall = [], []
    judged = all_judged()
    for one in judged:
        right, got = one.answers(), asked(one.words)[:10]
        hits = sum(key in right for key in got)
        precision.append(hits / len(got) if got else 0.0)
        recall.append(hits / min(10, len(right)))
    number = f"{len(judged)} known queries"
    for name, values, goal in (("recall@10", recall, RECALL), ("precision@10", precision, PRECISION)):
        value = 100 * sum(values) / len(values)
        yield Figure(f"{what}: {name}, {number}", value, "%", goal if goals else None, least=True)


def keys(index: Index) -> Asked:
    return lambda words: [hit.record.key for hit in find_in(index, Query(words), WORDS).hits]


def agreement(what: str, one: Index, other: Index) -> Figure:
    """Of how many known queries the whole answer is the same: hits, order, tiers, passages, counts."""
    words = [judged.words for judged in all_judged()]
    alike = sum(_answer(one, asked) == _answer(other, asked) for asked in words)
    return Figure(f"{what}: the same answer", 100 * alike / len(words), "%", 100, least=True)


def _answer(index: Index, words: str) -> Answer:
    return find_in(index, Query(words), WORDS)
