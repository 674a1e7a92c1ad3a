"""Queries whose SQL is made once in a process: making it is nine tenths of a small query's cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators


class Asked(Expression):
    """A value that is named when the query is written and given when it is asked."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def given(self, values: dict[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Prepared:
    """`build` returns a queryset of `values_list`, with `Asked` where a value is still open.

    Called with these values by name, it returns the rows. A list of values (`__in`) can't be asked.
    """

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self.build = build
        self._made: dict[str, tuple[str, dict[str, Any], list[Any]]] = {}

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        sql, params, converters = self._made.get(connection.vendor) or self._make()
        given = {place: one.given(values) if isinstance(one, Asked) else one for place, one in params.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            rows = cursor.fetchall()
        return [_converted(row, converters) for row in rows] if converters else rows

    def _make(self) -> tuple[str, dict[str, Any], list[Any]]:
        compiler = self.build().query.get_compiler(connection.alias)
        sql, params = _by_name(*compiler.as_sql())
        self.remember(compiler)
        shown = [column[0] for column in compiler.select[: compiler.col_count]]
        made = sql, params, list(compiler.get_converters(shown).items())
        self._made[connection.vendor] = made
        return made

    def remember(self, compiler: Any) -> None:
        """What else is needed of a query that has just been written."""


class PreparedObjects:
    """The same for a queryset of a model: returns objects, with these columns loaded or with all."""

    def __init__(
        self, build: Callable[[], QuerySet], columns: Iterable[str] = (), beside: Iterable[str] = ()
    ) -> None:
        """`beside`: names of values that `finish` gets with the object."""
        self.build, self.columns, self.beside = build, frozenset(columns), tuple(beside)
        self.names: list[str] = []
        self.model: type[Model] | None = None
        self.ask = Prepared(self._values)

    def __call__(self, **values: Any) -> list[Any]:
        rows = self.ask(**values)
        return [self._object(row) for row in rows]

    def first(self, **values: Any) -> Any:
        """The first object, or None."""
        rows = self.ask(**values)
        return self._object(rows[0]) if rows else None

    def finish(self, found: Any, *beside: Any) -> None:
        """What else belongs to an object that was read."""

    def _values(self) -> QuerySet:
        found = self.build()
        self.model = found.model
        every = [field.attname for field in found.model._meta.concrete_fields]
        self.names = [name for name in every if not self.columns or name in self.columns]
        return found.values_list(*self.names, *self.beside)

    def _object(self, row: tuple[Any, ...]) -> Any:
        count = len(self.names)
        found = self.model.from_db(connection.alias, self.names, row[:count])  # type: ignore[union-attr]
        self.finish(found, *row[count:])
        return found


class PreparedJoined(Prepared):
    """The same for a queryset of a model with `select_related`: objects, with those that they name."""

    def objects(self, **values: Any) -> list[Any]:
        rows = self(**values)
        return [self._object(row) for row in rows]

    def remember(self, compiler: Any) -> None:
        first, *_others, last = compiler.klass_info["select_fields"]
        self._own = slice(first, last + 1)
        self._model = compiler.klass_info["model"]
        self._names = [column[0].target.attname for column in compiler.select[self._own]]
        related: Any = get_related_populators  # its stub is of a later Django
        self._beside = related(compiler.klass_info, compiler.select, connection.alias)

    def _object(self, row: tuple[Any, ...]) -> Any:
        found = self._model.from_db(connection.alias, self._names, row[self._own])
        for other in self._beside:
            other.populate(row, found)
        return found


def _by_name(sql: str, params: Iterable[Any]) -> tuple[str, dict[str, Any]]:
    """The same with named places: for SQLite Django searches the SQL for nameless ones at every call."""
    named = {f"p{number}": one for number, one in enumerate(params)}
    return sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in named), named


def _converted(row: tuple[Any, ...], converters: list[Any]) -> tuple[Any, ...]:
    found = list(row)
    for place, (steps, expression) in converters:
        for step in steps:
            found[place] = step(found[place], expression, connection)
    return tuple(found)
