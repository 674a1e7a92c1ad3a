"""What every engine does alike: keep records, answer one stage of a plan, remember how far it has read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from search.plan import Stage
from search.query import Query
from search.record import Record

#: called with how many records are in, as a rebuild goes on
Progress = Callable[[int], None]


class Unavailable(Exception):
    """The engine doesn't answer; the other one will."""


class Outdated(Exception):
    """The index was made by another analysis, or isn't there: rebuild it before writing to it."""


@dataclass(frozen=True)
class Change:
    """One record to be kept, or, with `record` None, the key of one that is no longer public."""

    key: str
    record: Record | None = None


@dataclass(frozen=True)
class Look:
    """One stage asked of an engine, with what narrows, orders and cuts it. `first` counts from 0."""

    stage: Stage
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    languages: tuple[str, ...] = ()
    sort: str = "relevance"
    first: int = 0
    count: int = 10
    counts: bool = True

    @classmethod
    def of(cls, query: Query, stage: Stage) -> Look:
        return cls(
            stage,
            query.filters,
            query.since,
            query.until,
            query.languages,
            query.sort,
            (query.page - 1) * query.size,
            query.size,
            query.counts,
        )


@dataclass(frozen=True)
class Found:
    """An engine's answer: records with the number of their tier, how many there are, how many by facet.

    `matched` is how many there would be without filters and days. Facets count around their own filter.
    """

    hits: tuple[tuple[Record, int], ...] = ()
    total: int = 0
    matched: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Index(Protocol):
    """An engine. Every method raises Unavailable when it doesn't answer."""

    name: str

    def look(self, look: Look) -> Found: ...

    def apply(self, changes: Iterable[Change], cursor: int) -> None:
        """Write changes and how far the journal is read. Repeatable. Raises Outdated."""

    def rebuild(self, records: Iterable[Record], cursor: int, progress: Progress | None = None) -> int:
        """A new index from these records, swapped in when it is whole. How many there are."""

    def cursor(self) -> int:
        """How far the journal is read; -1 where there is no index of this analysis."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """Key and digest of every record kept, for `check_search`."""
