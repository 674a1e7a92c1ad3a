"""Rung 0 of the tests of Elasticsearch: the very request that would be sent, evaluated over rows in memory.

It knows the query types that `search/documents.py` uses and no other, so a new one fails here first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any

from search.documents import RecordDocument, document, request
from search.elastic import found
from search.index import Change, Found, Look, Progress
from search.record import Record

Row = dict[str, Any]
Score = Callable[[Row], float]
TEXTS = ("title", "body", "sound", "initials")


class CheckedIndex:
    """An index whose server is this file."""

    name = "checked"

    def __init__(self) -> None:
        self.documents: dict[str, Row] = {}
        self.read = -1

    def apply(self, changes: Iterable[Change], cursor: int) -> None:
        for change in changes:
            self.documents.pop(change.key, None)
            if change.record is not None:
                self.documents[change.key] = searchable(document(change.record))
        self.read = cursor

    def rebuild(self, records: Iterable[Record], cursor: int, progress: Progress | None = None) -> int:
        self.documents.clear()
        self.apply((Change(one.key, one) for one in records), cursor)
        return len(self.documents)

    def cursor(self) -> int:
        return self.read

    def digests(self) -> Iterator[tuple[str, str]]:
        yield from ((key, one["digest"]) for key, one in self.documents.items())

    def look(self, look: Look) -> Found:
        return found(answer(request(look, "checked").to_dict(), self.documents), look)


def searchable(made: RecordDocument) -> Row:
    """The document as the server sees it: texts as their words in order, and as a set."""
    row = made.to_dict()
    row |= {f"{name} in order": f" {row.get(name, '')} " for name in TEXTS}
    return row | {name: frozenset(row.get(name, "").split(" ")) for name in TEXTS}


def answer(body: dict[str, Any], documents: dict[str, Row]) -> dict[str, Any]:
    """What the server would answer."""
    query, behind_it = compiled(body["query"]), compiled(body["post_filter"])
    matched = [(score, row) for row in documents.values() if (score := query(row))]
    behind = [one for one in matched if behind_it(one[1])]
    for wanted in reversed(body["sort"]):
        ((field, way),) = wanted.items()
        of_hit = (lambda one: one[0]) if field == "_score" else (lambda one, field=field: one[1][field])
        behind.sort(key=of_hit, reverse=way["order"] == "desc")
    page = behind[body["from"] : body["from"] + body["size"]]
    rows = [row for _score, row in matched]
    return {
        "hits": {
            "total": {"value": len(behind)},
            "hits": [{"_score": score, "_source": {"kept": row["kept"]}} for score, row in page],
        },
        "aggregations": {name: counted(wanted, rows) for name, wanted in body.get("aggs", {}).items()},
    }


def counted(wanted: dict[str, Any], rows: list[Row]) -> dict[str, Any]:
    counts = compiled(wanted["filter"])
    within = [row for row in rows if counts(row)]
    made: dict[str, Any] = {"doc_count": len(within)}
    for name, below in wanted.get("aggs", {}).items():
        field = below["terms"]["field"]
        values = Counter(row[field] for row in within if field in row)
        made[name] = {"buckets": [{"key": key, "doc_count": n} for key, n in values.items()]}
    return made


# --- queries as functions of a row ------------------------------------------------------------


def compiled(query: dict[str, Any]) -> Score:
    """The score of a row; 0 when it doesn't match."""
    ((kind, asked),) = query.items()
    return KINDS[kind](asked)


def _bool(asked: dict[str, Any]) -> Score:
    filters = [compiled(one) for one in asked.get("filter", ())]
    nots = [compiled(one) for one in asked.get("must_not", ())]
    musts = [compiled(one) for one in asked.get("must", ())]
    shoulds = [compiled(one) for one in asked.get("should", ())]
    needed = asked.get("minimum_should_match", 0)

    def score(row: Row) -> float:
        if not all(one(row) for one in filters) or any(one(row) for one in nots):
            return 0.0
        total = 0.0
        for one in musts:
            if not (here := one(row)):
                return 0.0
            total += here
        there = 0
        for one in shoulds:
            if here := one(row):
                there, total = there + 1, total + here
                if there == needed and needed == 1:
                    break
        return (total or 1.0) if there >= needed else 0.0

    return score


def _constant_score(asked: dict[str, Any]) -> Score:
    inner, boost = compiled(asked["filter"]), asked["boost"]
    return lambda row: boost if inner(row) else 0.0


def _dis_max(asked: dict[str, Any]) -> Score:
    inner = [compiled(one) for one in asked["queries"]]
    return lambda row: max(one(row) for one in inner)


def _range(asked: dict[str, Any]) -> Score:
    ((field, bounds),) = asked.items()
    first = date.fromisoformat(bounds.get("gte", "0001-01-01"))
    last = date.fromisoformat(bounds.get("lte", "9999-12-31"))
    return lambda row: float(first <= row[field] <= last)


def _words(row: Row, field: str) -> Collection[str]:
    value = row.get(field, ())
    return (value,) if isinstance(value, str) else value


def _phrase(asked: dict[str, Any]) -> Score:
    ((field, wanted),) = asked.items()
    words, place = f" {wanted['query']} ", f"{field} in order"
    return lambda row: float(words in row[place])


def _term(asked: dict[str, Any]) -> Score:
    ((field, wanted),) = asked.items()
    return lambda row: float(wanted in _words(row, field))


def _terms(asked: dict[str, Any]) -> Score:
    ((field, wanted),) = asked.items()
    return lambda row: float(any(one in wanted for one in _words(row, field)))


def _prefix(asked: dict[str, Any]) -> Score:
    ((field, wanted),) = asked.items()
    return lambda row: float(any(one.startswith(wanted["value"]) for one in _words(row, field)))


KINDS: dict[str, Callable[[dict[str, Any]], Score]] = {
    "bool": _bool,
    "constant_score": _constant_score,
    "dis_max": _dis_max,
    "match_all": lambda _asked: lambda _row: 1.0,
    "match_none": lambda _asked: lambda _row: 0.0,
    "match_phrase": _phrase,
    "prefix": _prefix,
    "range": _range,
    "term": _term,
    "terms": _terms,
}
