"""The embedded engine: SQLite's full-text search in a file of its own, beside any database.

A record's row number is its order, so the newest first is the index read backwards; what it is filtered and
counted by is one number for the whole combination, in the last bits of the row's. The words are not kept: a
row is taken out by making its tokens again, which is why a file belongs to one analysis.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from search.analysis import stamp
from search.embedded_file import LAYOUT, Files
from search.embedded_rows import Combos, Narrowed, combos, count, holds, keys, meta, page, put, set_meta
from search.index import Change, Found, Look, Outdated, Progress, Unavailable
from search.record import FACETS, LISTS, Record

#: counted questions that a process keeps
KEPT = 256
T = TypeVar("T")


@dataclass(frozen=True)
class State:
    """One state of the index, and the connection that sees it."""

    version: tuple[str, str]
    connection: sqlite3.Connection


class EmbeddedIndex:
    """One embedded index in one folder; several processes may read and write it."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.files = Files(folder)
        self._answers: dict[object, Any] = {}

    def apply(self, changes: Iterable[Change], cursor: int) -> None:
        """Write changes and how far the journal is read, together. Raises Outdated, Unavailable."""
        with self.files.writing() as connection:
            if not _ours(connection):
                raise Outdated
            for change in changes:
                put(connection, change)
            set_meta(connection, "cursor", str(cursor))
            set_meta(connection, "generation", str(int(meta(connection, "generation") or 0) + 1))

    def rebuild(self, records: Iterable[Record], cursor: int, progress: Progress | None = None) -> int:
        """A new file from these records; readers go over to it once it is whole. How many there are."""
        done = 0
        with self.files.new() as connection:
            for record in records:
                put(connection, Change(record.key, record))
                done += 1
                if progress is not None:
                    progress(done)
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")
            set_meta(connection, "analysis", stamp())
            set_meta(connection, "layout", LAYOUT)
            set_meta(connection, "cursor", str(cursor))
        return done

    def cursor(self) -> int:
        """How far the journal is read; -1 where there is no index of this analysis."""
        try:
            with self._reading() as (_name, connection):
                return int(meta(connection, "cursor") or -1) if _ours(connection) else -1
        except Unavailable:
            return -1

    def digests(self) -> Iterator[tuple[str, str]]:
        """Key and digest of every record kept."""
        with self._reading() as (_name, connection):
            yield from connection.execute("SELECT key, digest FROM record ORDER BY key")

    def look(self, look: Look) -> Found:
        """Answer one stage. Raises Unavailable."""
        with self._reading() as (name, connection):
            state = _state(name, connection)
            known = self._kept(state, (), combos)
            hits = tuple(page(connection, look, self._narrowed(state, known, look)))
            if not look.counts:
                return Found(hits, len(hits), len(hits))
            counted = self._count(state, look)
            matched = _matched(known, counted, look)
            if not matched and (look.since or look.until):
                matched = _matched(known, self._count(state, replace(look, since=None, until=None)), look)
            total, facets = _facets(known, counted, look)
            return Found(hits, total, matched, facets)

    def keys(self, look: Look) -> list[str]:
        """The keys of a look's records in order, and nothing else. Raises Unavailable."""
        with self._reading() as (name, connection):
            state = _state(name, connection)
            return keys(connection, look, self._narrowed(state, self._kept(state, (), combos), look))

    def _narrowed(self, state: State, known: Combos, look: Look) -> Narrowed:
        narrowing = (tuple(sorted(look.filters.items())), look.languages)
        return self._kept(state, narrowing, lambda _at: _narrowed(known, look))

    def _count(self, state: State, look: Look) -> Counter[int]:
        """Counted once until the index changes, so that further pages and filters cost little."""
        asked = (look.stage.tiers, look.since, look.until)
        return self._kept(state, asked, lambda connection: count(connection, look))

    def _kept(self, state: State, name: tuple[object, ...], made: Callable[[sqlite3.Connection], T]) -> T:
        key = (state.version, name)
        known = self._answers.get(key)
        if known is None:
            known = made(state.connection)
            if len(self._answers) >= KEPT:  # another thread may clear it at any time
                self._answers.clear()
            self._answers[key] = known
        return cast(T, known)

    @contextmanager
    def _reading(self) -> Iterator[tuple[str, sqlite3.Connection]]:
        """One unchanging view of the current file."""
        name, connection = self.files.connection()
        try:
            connection.execute("BEGIN")
            yield name, connection
        except sqlite3.Error as problem:
            raise Unavailable(str(problem)) from problem
        finally:
            if connection.in_transaction:
                connection.rollback()


def _ours(connection: sqlite3.Connection) -> bool:
    """Whether a file is made by this analysis, in this layout."""
    return (meta(connection, "analysis"), meta(connection, "layout")) == (stamp(), LAYOUT)


def _state(name: str, connection: sqlite3.Connection) -> State:
    """What the file holds now. Raises Unavailable where it is of another version."""
    if meta(connection, "layout") != LAYOUT:
        raise Unavailable("the file is of another version; it is made anew")
    return State((name, meta(connection, "generation")), connection)


def _narrowed(known: Combos, look: Look) -> Narrowed:
    """The combinations that the filters let through."""
    wanted = [one for one, facts in known.items() if _in_language(facts, look) and holds(facts, look.filters)]
    texts = [one for one in wanted if not known[one]["kind"].startswith(LISTS)]
    return Narrowed(wanted if look.filters or look.languages else None, texts)


def _matched(known: Combos, counted: Counter[int], look: Look) -> int:
    return sum(number for one, number in counted.items() if _in_language(known[one], look))


def _in_language(facts: Mapping[str, str], look: Look) -> bool:
    return not look.languages or facts["language"] in look.languages


def _facets(known: Combos, counted: Counter[int], look: Look) -> tuple[int, dict[str, dict[str, int]]]:
    """How many in all, and by facet and value, each counted around its own filter."""
    total, found = 0, {name: Counter[str]() for name in FACETS}
    for one, number in counted.items():
        facts = known[one]
        if not _in_language(facts, look):
            continue
        missed = [name for name, values in look.filters.items() if facts[name] not in values]
        total += 0 if missed else number
        for name in FACETS if not missed else missed if len(missed) == 1 else ():
            if facts[name]:
                found[name][facts[name]] += number
    return total, {name: dict(values) for name, values in found.items()}
