"""What the way in and out asks of the database beyond rows: one moment for all tables, keys that go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection, models, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """All tables are read as they stood at one moment, whoever writes meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def keys_go_on(tables: Iterable[type[models.Model]]) -> None:
    """The next new row gets a key after those that were entered with their own."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def check_references() -> None:
    """Raises IntegrityError when a row points to one that isn't there."""
    connection.check_constraints()
