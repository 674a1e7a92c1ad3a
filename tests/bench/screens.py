"""A big screen of forty households: queries, bytes of a first visit, time of its data."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import databases
from tests.bench import Figure, half_and_tail, milliseconds
from tests.bench.ground import own_database
from tests.factories import stages

VISITS = 60
STATIC = Path(settings.BASE_DIR, "portal/static")


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()):
        stage = stages.running(stages.ground(), 40)
        reader = Client()
        with stages.on(stage.day):
            reader.get("/healthz")  # the first answer of a process reads the addresses
            with CaptureQueriesContext(connection) as queries:
                page = reader.get(f"{stage.path}screen/")
            yield Figure("queries of a screen of 40", len(queries), "", 5)
            names = sorted(set(re.findall(r'/static/([\w./-]+)"', page.content.decode())))
            sizes = {name: len(gzip.compress((STATIC / name).read_bytes())) / 1024 for name in names}
            first = len(gzip.compress(page.content)) / 1024 + sum(sizes.values())
            yield Figure("first visit of a screen of 40, compressed", first, "KB", 15)
            yield Figure("requests of a first visit, heartbeat included", len(names) + 2, "", 5)
            yield Figure("script of a screen, compressed", sizes["cap/screen.js"], "KB", 4)
            yield Figure("styles of a screen, compressed", sizes["cap/screen.css"], "KB", 3)
            data = [milliseconds(lambda: reader.get(f"{stage.path}screen.json")) for _n in range(VISITS)]
            yield Figure("data of a screen of 40, p95", half_and_tail(data)[1], "ms", 100)
