"""The small demo after migration: goal 20 seconds."""

from collections.abc import Iterator

from django.core.management import call_command

from tests import databases
from tests.bench import Figure, milliseconds
from tests.bench.ground import own_database


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()):
        took = milliseconds(lambda: call_command("load_demo", scale="small", verbosity=0))
    yield Figure("small demo loaded after migration", took / 1000, "s", 20)
