"""Both scales of the demo after migration: the small one in 20 seconds, the whole district in 240."""

from collections.abc import Iterator

from django.core.management import call_command

from tests import databases
from tests.bench import Figure, milliseconds
from tests.bench.ground import own_database

GOALS = {"small": 20, "full": 240}


def measure() -> Iterator[Figure]:
    for scale, goal in GOALS.items():
        with own_database(databases.migrated_template()):
            took = milliseconds(lambda scale=scale: call_command("load_demo", scale=scale, verbosity=0))
        yield Figure(f"{scale} demo loaded after migration", took / 1000, "s", goal)
