"""How long an index of many documents takes to make, how much memory and disk, and how long an answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

from search.embedded import EmbeddedIndex
from search.find import find_in
from search.index import Index
from search.query import Query
from tests.bench import Figure, milliseconds
from tests.bench.finding.crowd import crowd
from tests.bench.finding.ground import Run
from tests.search.indexes import WORDS
from tests.search.judged import all_judged

REBUILD_S, HALF_MS, TAIL_MS = 300, 5, 50
#: of memory at the end over that at a tenth: flat
FLAT = 1.1


def measure(run: Run) -> Iterator[Figure]:
    made = EmbeddedIndex(run.folder / "crowd")
    yield from rebuild("embedded", made, run.size)
    yield Figure("embedded: its file", made.files.current().stat().st_size / 1e6, "MB")
    yield from latencies("embedded", lambda: EmbeddedIndex(made.files.folder), run.size, goals=True)
    if index := run.elastic("crowd"):
        yield from rebuild("Elasticsearch", index, run.size)
        (stats,) = index.client.indices.stats(index=index.alias, metric="store")["indices"].values()
        yield Figure("Elasticsearch: its index", stats["total"]["store"]["size_in_bytes"] / 1e6, "MB")
        yield from latencies("Elasticsearch", lambda: index, run.size, goals=False)


def rebuild(name: str, index: Index, size: int) -> Iterator[Figure]:
    """Make an index of so many documents; memory as it goes."""
    marks = {max(1, size // 10): 0.0, max(1, size // 2): 0.0, size: 0.0}

    def told(done: int) -> None:
        if done in marks:
            marks[done] = resident()

    began = perf_counter()
    index.rebuild(crowd(size), 1, told)
    goal = REBUILD_S if size >= 100_000 else None
    yield Figure(f"{name}: rebuild of {size:,} documents", perf_counter() - began, "s", goal)
    for done, memory in marks.items():
        yield Figure(f"{name}: memory of our process with {done:,} of them", memory, "MB")
    first, *_middle, last = marks.values()
    yield Figure(f"{name}: memory at the end over that at a tenth", last / first, "times", FLAT)


def resident() -> float:
    """Megabytes that this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def latencies(name: str, fresh: Callable[[], Index], size: int, *, goals: bool) -> Iterator[Figure]:
    """Every known query with its counts: for the first time, and again. `fresh` opens the index anew."""
    words = list(dict.fromkeys(one.words for one in all_judged()))
    index = fresh()
    find_in(index, Query("的"), WORDS)  # the first question of a process reads tables of characters
    index = fresh()
    for what in ("for the first time", "again"):
        times, work = [], []
        for one in words:
            began = process_time()
            times.append(milliseconds(lambda: find_in(index, Query(one), WORDS)))  # noqa: B023  called at once
            work.append((process_time() - began) * 1000)
        first = goals and what == "for the first time"
        slowest = max(zip(times, words, strict=True))
        about = f"{name}, {size:,} documents: {len(words)} queries {what}"
        yield from spread(about, times, HALF_MS if first else None, TAIL_MS if first else None)
        yield from spread(f"{about}, of our CPU", work, None, None)
        yield Figure(f"{about}, the slowest: {slowest[1]}", slowest[0], "ms")


def spread(about: str, times: list[float], half: float | None, tail: float | None) -> Iterator[Figure]:
    """Median and 99th percentile."""
    cuts = quantiles(times, n=100, method="inclusive")
    yield Figure(f"{about}, p50", cuts[49], "ms", half)
    yield Figure(f"{about}, p99", cuts[98], "ms", tail)
