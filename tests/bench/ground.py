"""A database of the figures' own, thrown away after them."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from tests import databases


@contextmanager
def own_database(template: str) -> Iterator[str]:
    """A copy of the template under Django's connection: real commits, real disk."""
    with TemporaryDirectory() as folder:
        name = f"{folder}/bench.sqlite3" if databases.on_sqlite() else "relief_bench"
        databases.drop(name)
        databases.copy(template, name)
        try:
            with databases.pointed_at(name):
                yield name
        finally:
            databases.drop(name)
