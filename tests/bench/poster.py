"""Posters as PDF: time to set one, font and cache cold, its bytes, the memory that many leave behind."""

import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core.cache import caches
from django.test import Client

from portal.publicity import typesetting
from portal.publicity.poster import Cut, cut_of, poster_pdf
from tests import databases
from tests.bench import Figure, milliseconds
from tests.factories import stages

LARGE = (657, 4_601)
TURNS = 60


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder, "bench.sqlite3")) if databases.on_sqlite() else "relief_bench_poster"
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
        reader.get("/healthz")  # the first answer of a process reads the addresses
        for size in ("a4", "a3"):
            caches["papers"].clear()
            typesetting.fonts.cache_clear()
            got = []
            time = milliseconds(
                lambda size=size, got=got: got.append(reader.get(f"{stage.path}poster.pdf?size={size}"))
            )
            yield Figure(f"poster of 40, {size.upper()}, font and cache cold", time / 1000, "s", 2)
            yield Figure(f"poster of 40, {size.upper()}", len(got[0].content) / 1024, "KB", 500)
        again = milliseconds(lambda: reader.get(f"{stage.path}poster.pdf"))
        yield Figure("the same poster from memory", again, "ms")
        rows = cut_of(stage.list).rows
        for count in LARGE:
            many = Cut([(n, {**(rows[n % 40][1] or {}), "row": n}) for n in range(1, count + 1)])
            got = []
            time = milliseconds(lambda many=many, got=got: got.append(poster_pdf(stage.list, "a3", many)))
            yield Figure(f"poster of {count:,}, A3", time / 1000, "s")
            yield Figure(f"poster of {count:,}, A3", len(got[0]) / 1024, "KB")
        before = _memory()
        for turn in range(TURNS):
            poster_pdf(stage.list, "a4", Cut(rows[: 40 - turn % 20]))
        yield Figure(f"memory that {TURNS} further posters add to the peak", _memory() - before, "MiB")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
