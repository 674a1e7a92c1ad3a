"""Rows of the embedded index: put one in, take one out, read a page of them, tell combinations apart."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from search.embedded_match import EXACTLY, match, union
from search.index import Change, Look
from search.query import NEWEST, REACH, RELEVANCE
from search.record import FACETS, Record, first_order, last_order, tokens_of

_WORDS = "title, body, sound, initials, exact, whole"
#: the last bits of a row's number are its combination, so that counting reads nothing but numbers
_BITS = 16
_COMBO = 2**_BITS - 1
#: combinations kept apart; of further ones only type and language are told
APART = 60_000
Combos = Mapping[int, Mapping[str, str]]


class Narrowed(NamedTuple):
    """The combinations that are wanted, None for all, and those among them that are no lists."""

    wanted: Collection[int] | None
    texts: Collection[int]


def meta(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def set_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


# --- writing ----------------------------------------------------------------------------------


def put(connection: sqlite3.Connection, change: Change) -> None:
    """Keep the record of a change as it now is, or take its key out. Doing it again changes nothing."""
    record = change.record.cleaned() if change.record else None
    digest = record.digest() if record else ""
    kept = connection.execute("SELECT id, digest, data FROM record WHERE key = ?", (change.key,)).fetchone()
    if kept and kept[1] == digest:
        return
    if kept:
        _take_out(connection, kept[0], Record.from_dict(json.loads(kept[2])))
    if record is None:
        return
    combo = _combo(connection, record)
    place = record.order & ~_COMBO | combo
    while connection.execute("SELECT 1 FROM record WHERE id = ?", (place,)).fetchone():
        place -= _COMBO + 1  # two keys of one day whose order is the same: the later stands behind
    data = json.dumps(record.as_dict(), ensure_ascii=False)
    connection.execute("INSERT INTO record VALUES (?, ?, ?, ?)", (place, record.key, digest, data))
    connection.execute("INSERT INTO facts VALUES (?, ?)", (place, combo))
    connection.execute(
        f"INSERT INTO words (rowid, {_WORDS}) VALUES (?, ?, ?, ?, ?, ?, ?)", (place, *_columns(record))
    )


def _take_out(connection: sqlite3.Connection, place: int, record: Record) -> None:
    connection.execute(
        f"INSERT INTO words (words, rowid, {_WORDS}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)",
        (place, *_columns(record)),
    )
    connection.execute("DELETE FROM record WHERE id = ?", (place,))
    connection.execute("DELETE FROM facts WHERE id = ?", (place,))


def _columns(record: Record) -> tuple[str, ...]:
    made = tokens_of(record)
    exact = [EXACTLY + value for value in made.exact]
    parts = (made.title, made.body, made.sound, made.initials, exact, made.whole)
    return tuple(map(" ".join, parts))


def _combo(connection: sqlite3.Connection, record: Record) -> int:
    """The number of a record's combination: a new one the first time, as long as there are some left."""
    values = tuple(getattr(record, name) for name in FACETS)
    same = " AND ".join(f"{name} = ?" for name in FACETS)
    row = connection.execute(f"SELECT id FROM combo WHERE {same}", values).fetchone()
    if row is not None:
        return int(row[0])
    (used,) = connection.execute("SELECT coalesce(max(id), 0) FROM combo").fetchone()
    few = replace(record, issuer="", topic="", year="", street="", validity="")
    if used >= APART and few != record:
        return _combo(connection, few)
    places = ", ".join("?" * len(FACETS))
    made = connection.execute(f"INSERT INTO combo ({', '.join(FACETS)}) VALUES ({places})", values)
    return int(made.lastrowid or 0)


# --- reading ----------------------------------------------------------------------------------


def combos(connection: sqlite3.Connection) -> Combos:
    """Every combination of facets that a record has or had."""
    rows = connection.execute(f"SELECT id, {', '.join(FACETS)} FROM combo")
    return {row[0]: dict(zip(FACETS, row[1:], strict=True)) for row in rows}


def holds(facts: Mapping[str, str], filters: Mapping[str, tuple[str, ...]]) -> bool:
    return all(facts[name] in values for name, values in filters.items())


def count(connection: sqlite3.Connection, look: Look) -> Counter[int]:
    """How many records match by combination, within the days."""
    where, values = _where(look, union(look.stage.tiers))
    if _place(where) == "facts.id":
        return Counter(dict(connection.execute(f"SELECT combo, count(*) {where} GROUP BY combo", values)))
    # one list written by SQLite and counted here takes a third of the time that GROUP BY does
    (row,) = connection.execute(f"SELECT group_concat(words.rowid & {_COMBO}) {where}", values)
    return Counter({int(one): number for one, number in Counter((row[0] or "").split(",")).items() if one})


def page(connection: sqlite3.Connection, look: Look, narrowed: Narrowed) -> list[tuple[Record, int]]:
    """The records of one page with the numbers of their tiers."""
    return [(_record(connection, place), number) for place, number in _places(connection, look, narrowed)]


def keys(connection: sqlite3.Connection, look: Look, narrowed: Narrowed) -> list[str]:
    """The keys of one page alone."""
    found = [place for place, _tier in _places(connection, look, narrowed)]
    asked = "SELECT id, key FROM record WHERE id IN (SELECT value FROM json_each(?))"
    rows = dict(connection.execute(asked, (json.dumps(found),)))
    return [rows[place] for place in found]


def _places(connection: sqlite3.Connection, look: Look, narrowed: Narrowed) -> list[tuple[int, int]]:
    """The places of one page, best first, with the numbers of their tiers."""
    end = min(look.first + look.count, REACH)
    found: dict[int, int] = {}
    if look.sort == RELEVANCE:
        for number, tier in enumerate(look.stage.tiers):
            where, values = _where(look, match(tier), narrowed.texts if tier.texts else narrowed.wanted)
            rest = f"ORDER BY {_place(where)} DESC LIMIT {end + len(found)}"
            for (place,) in connection.execute(f"SELECT {_place(where)} {where} {rest}", values):
                found.setdefault(place, number)
            if len(found) >= end:
                break
    else:
        where, values = _where(look, union(look.stage.tiers), narrowed.wanted)
        way = "DESC" if look.sort == NEWEST else "ASC"
        rest = f"ORDER BY {_place(where)} {way} LIMIT {end}"
        for (place,) in connection.execute(f"SELECT {_place(where)} {where} {rest}", values):
            found[place] = 0
    return list(found.items())[look.first : end]


def _where(look: Look, expression: str, wanted: Collection[int] | None = None) -> tuple[str, list[object]]:
    """The table and the condition of an expression, with days and combinations. No expression: nothing."""
    values: list[object] = []
    if any(tier.groups for tier in look.stage.tiers):
        clause = "FROM words WHERE words MATCH ?"
        values.append(expression)
        if not expression:
            return clause.replace("words MATCH ?", "0"), []
    else:
        clause = "FROM facts WHERE 1"
    if look.since:
        clause += f" AND {_place(clause)} >= ?"
        values.append(first_order(look.since))
    if look.until:
        clause += f" AND {_place(clause)} <= ?"
        values.append(last_order(look.until))
    if wanted is not None:
        clause += f" AND {_place(clause)} & {_COMBO} IN ({', '.join(map(str, wanted))})"
    return clause, values


def _place(clause: str) -> str:
    return "words.rowid" if clause.startswith("FROM words") else "facts.id"


def _record(connection: sqlite3.Connection, place: int) -> Record:
    (data,) = connection.execute("SELECT data FROM record WHERE id = ?", (place,)).fetchone()
    return Record.from_dict(json.loads(data))
