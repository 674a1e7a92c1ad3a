"""What many tests make in the same way is made once: `@kept` replays the rows that it wrote then.

A kept function runs through the verbs the first time. Where it is asked again in the same state of the
database, at the same moment and with the same arguments, its rows are written as they were and what it
returned is handed out again. Where anything differs it simply runs; `function.anew()` always runs.
Outside a test's transaction (`scratch`) nothing is kept: there, real commits are the point.
"""

from __future__ import annotations

import functools
import itertools
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.db import connection

from relief.trail import clock
from relief.trail.models import Event, Witness

P = ParamSpec("P")
R = TypeVar("R")
Row = tuple[Any, ...]
#: table → primary key → the row
Tables = dict[str, dict[Any, Row]]
#: the full-text index is a virtual table; what triggers witness, they witness again
NOT_KEPT = {"wagtailsearch"}
WITNESSED_AGAIN = Witness._meta.db_table


class Sequence:
    """Numbers that differ within one test: names and ID numbers of invented persons."""

    def __init__(self) -> None:
        self.last = 0

    def __next__(self) -> int:
        self.last += 1
        return self.last


invented = Sequence()


@dataclass
class Kept:
    """What one call did."""

    inserted: dict[str, list[Row]]
    changed: dict[str, list[Row]]
    gone: dict[str, list[Any]]
    witnessed: list[Row]
    after: Any
    lineage: tuple[Any, ...]
    person: int
    result: bytes


_known: dict[tuple[Any, ...], Kept] = {}
#: how the present state came about, and how to tell that it still is the present one
_standing: tuple[tuple[Any, ...], Any] = ((), None)
_steps = itertools.count(1)
_recording = False


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function of the factories replay itself; its arguments are told apart by their words."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _recording or not connection.in_atomic_block:
            return function(*args, **kwargs)
        before = signature()
        lineage = _standing[0] if _standing[1] == before else ("empty",) if before[0] is None else None
        if lineage is None:
            return function(*args, **kwargs)
        asked = repr([_told(one) for one in args]), repr({key: _told(kwargs[key]) for key in sorted(kwargs)})
        moment = clock.now() if clock.is_moved() else clock.today()
        key = (lineage, function.__qualname__, asked, moment, before, invented.last)
        if key not in _known:
            return _record(key, lambda: function(*args, **kwargs))
        return _replay(_known[key])

    run.anew = function  # type: ignore[attr-defined]
    return run


def start() -> None:
    """A test begins: no state is known, persons are counted from one."""
    global _standing
    _standing = ((), None)
    invented.last = 0


def signature() -> Any:
    """The newest Events, whose subjects have codes of their own, and how much there is of everything."""
    newest = list(Event.objects.order_by("-pk").values_list("pk", "at", "act", "subject_code")[:3])
    return (newest[0] if newest else None, tuple(newest), _counts())


def _told(argument: Any) -> Any:
    """A district and a list are known by the state that they stand in."""
    return type(argument).__name__ if hasattr(argument, "areas") else argument


def _record(key: tuple[Any, ...], make: Callable[[], R]) -> R:
    global _recording, _standing
    before = _tables()
    _recording = True
    try:
        result = make()
    finally:
        _recording = False
    after = _tables()
    inserted = {
        name: [row for pk, row in rows.items() if pk not in before[name]] for name, rows in after.items()
    }
    changed = {
        name: [row for pk, row in rows.items() if pk in before[name] and before[name][pk] != row]
        for name, rows in after.items()
    }
    gone = {name: list(before[name].keys() - after[name].keys()) for name in after}
    lineage = (next(_steps),)
    _standing = (lineage, signature())
    witnessed = list(Witness.objects.filter(writes__gt=1).values_list("writes", "table_name", "row_id"))
    _known[key] = Kept(
        inserted, changed, gone, witnessed, _standing[1], lineage, invented.last, pickle.dumps(result)
    )
    return result


def _replay(found: Kept) -> Any:
    global _standing
    with connection.cursor() as cursor:
        for name, keys in found.gone.items():
            columns, pk = _columns()[name]
            cursor.executemany(f"DELETE FROM {name} WHERE {columns[pk]} = %s", [(key,) for key in keys])
        for name, rows in found.inserted.items():
            if rows:
                columns, _pk = _columns()[name]
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", rows)
        for name, rows in found.changed.items():
            columns, pk = _columns()[name]
            sets = ", ".join(f"{column} = %s" for column in columns)
            for row in rows:
                cursor.execute(f"UPDATE {name} SET {sets} WHERE {columns[pk]} = %s", [*row, row[pk]])
        # the triggers have seen one write of each row, whatever it went through then
        table = connection.ops.quote_name(WITNESSED_AGAIN)
        writes = f"UPDATE {table} SET writes = %s WHERE table_name = %s AND row_id = %s"
        cursor.executemany(writes, found.witnessed)
    invented.last = found.person
    _standing = (found.lineage, found.after)
    return pickle.loads(found.result)  # noqa: S301  our own bytes of a moment ago


@functools.cache
def _columns() -> dict[str, tuple[list[str], int]]:
    """Table → its columns, quoted, and which of them is the primary key."""
    quote = connection.ops.quote_name
    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        known = meta.app_label not in NOT_KEPT and meta.db_table != WITNESSED_AGAIN
        if known and meta.managed and not meta.proxy:
            columns = [field.column for field in meta.local_concrete_fields]
            found[quote(meta.db_table)] = (
                [quote(column) for column in columns],
                columns.index(str(meta.pk.column)),
            )
    return found


def _tables() -> Tables:
    found: Tables = {}
    with connection.cursor() as cursor:
        for name, (columns, pk) in _columns().items():
            cursor.execute(f"SELECT {', '.join(columns)} FROM {name}")
            found[name] = {row[pk]: row for row in cursor.fetchall()}
    return found


def _counts() -> tuple[int, ...]:
    """Rows of every table."""
    names = list(_columns())
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {name})" for name in names))
        return tuple(cursor.fetchone())
