"""A stage for rehearsals: for a moment a connection sees other rows in some tables, and nothing is written.

Temporary tables of the same names come first in both databases' search order, hold rows for this connection
alone and take no lock on the real ones; so what reads a list can be run on a list that isn't there yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from relief.trail.record import unguarded


@contextmanager
def staged(tables: Mapping[type[models.Model], Any]) -> Iterator[None]:
    """While the block runs each table is a copy: empty for None, else without the row of that primary key.

    Whatever happens, the real tables are seen again afterwards: where a copy can't be dropped the connection
    is closed.
    """
    try:
        with connection.cursor() as cursor:
            for model, without in tables.items():
                name = connection.ops.quote_name(model._meta.db_table)
                condition, values = ("1 = 0", []) if without is None else ("id <> %s", [without])
                copy = f"CREATE TEMP TABLE {name} AS SELECT * FROM {name}"  # noqa: S608  a model's name
                cursor.execute(f"{copy} WHERE {condition}", values)
        yield
    finally:
        _clear(tables)


def put(model: type[models.Model], rows: list[Any]) -> None:
    """Rows with their primary keys into a staged table."""
    unguarded(model).bulk_create(rows, batch_size=500)


def _clear(tables: Mapping[type[models.Model], Any]) -> None:
    schema = "temp" if connection.vendor == "sqlite" else "pg_temp"
    try:
        with connection.cursor() as cursor:
            for model in tables:
                name = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"DROP TABLE IF EXISTS {schema}.{name}")
    except Exception:
        if not connection.in_atomic_block:
            connection.close()
        raise
