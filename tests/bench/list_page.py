"""A list of forty households: time on the server, queries, and bytes of a first visit."""

import gzip
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import databases
from tests.bench import Figure, half_and_tail, milliseconds
from tests.factories import stages

VISITS = 60


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder, "bench.sqlite3")) if databases.on_sqlite() else "relief_bench_list"
        databases.drop(name)
        databases.copy(databases.migrated_template(), name)
        try:
            with databases.pointed_at(name):
                yield from _measure()
        finally:
            databases.drop(name)


def _measure() -> Iterator[Figure]:
    stage = stages.running(stages.ground(), 40)
    reader = Client()
    with stages.on(stage.day):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            page = reader.get(stage.path)
        yield Figure("queries of a list page of 40, nothing cached", len(queries), "", 15)
        html = page.content.decode()
        sent = len(gzip.compress(page.content)) + sum(
            len(gzip.compress(Path(settings.BASE_DIR, "portal/static", name).read_bytes()))
            for name in set(re.findall(r'/static/(cap/[\w.-]+\.(?:css|svg))"', html))
        )
        yield Figure("first visit of a list of 40, page and styles compressed", sent / 1024, "KB", 40)
        half, tail = half_and_tail([milliseconds(lambda: reader.get(stage.path)) for _n in range(VISITS)])
        yield Figure("list page of 40, p50", half, "ms", 200)
        yield Figure("list page of 40, p95", tail, "ms", 200)
        tag = page["ETag"]
        again = [
            milliseconds(lambda: reader.get(stage.path, headers={"If-None-Match": tag}))
            for _n in range(VISITS)
        ]
        yield Figure("list page unchanged (304), p95", half_and_tail(again)[1], "ms", 20)
