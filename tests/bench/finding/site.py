"""The page as readers get it, and how long after its publication a text is found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

from django.test import Client, override_settings

from relief.places.set_up import SETUP
from search import engine, follow, late
from search.find import find, find_in
from search.query import Query
from search.sources import registered
from search.synonym_verbs import seed_synonyms
from tests import databases
from tests.bench import Figure, milliseconds
from tests.bench.finding.ground import Run
from tests.bench.finding.speed import spread
from tests.bench.ground import own_database
from tests.factories.texts import make_newsroom
from tests.search.indexes import WORDS
from tests.search.judged import all_judged

PAGE_MS, FOUND_MS = 100, 2000
PUBLICATIONS, PATIENCE_S, STEP_S = 20, 60, 0.01


def measure(run: Run) -> Iterator[Figure]:
    crowd = {"SEARCH_DIR": run.embedded().files.folder}
    yield from page("embedded", run.size, **crowd)
    if index := run.elastic("crowd"):
        run.filled(index)
        for one in all_judged():  # a server that has just begun reads its own code
            find_in(index, Query(one.words), WORDS)
        yield from page("Elasticsearch", run.size, **crowd, ES_URL=run.url, ES_INDEX=index.alias)
    yield from found_after("embedded", run.folder / "news")
    if index := run.elastic("news"):
        there = {"ES_URL": run.url, "ES_INDEX": index.alias}
        yield from found_after("Elasticsearch", run.folder / "news-too", **there)


@contextmanager
def asking(**settings: object) -> Iterator[None]:
    """These settings, and no engine that was found dead under others."""
    with override_settings(**settings):
        engine.choice.forget()
        yield
    engine.choice.forget()


def page(name: str, size: int, **settings: object) -> Iterator[Figure]:
    """`/search/` of every known query, once each, in process: view, queries to the database, template."""
    words = list(dict.fromkeys(one.words for one in all_judged()))
    with own_database(databases.migrated_template()), asking(**settings):
        make_newsroom()
        seed_synonyms(by=SETUP)
        client = Client()
        for _warm in range(3):  # templates and tables of characters are read once a process
            client.get("/search/", {"q": "通知"})
        times, elsewhere = [], 0
        for one in words:
            engine.choice.forget()
            times.append(milliseconds(lambda: client.get("/search/", {"q": one})))  # noqa: B023  called at once
            elsewhere += engine.choice.answering()[0] is not engine.chosen()
    about = f"{name}: /search/ over {size:,} documents, {len(words)} queries"
    yield from spread(about, times, None, PAGE_MS)
    if elsewhere:
        yield Figure(f"{about}: answered by the embedded index, for it took too long", elsewhere, "queries")


def found_after(name: str, folder: Path, **settings: object) -> Iterator[Figure]:
    """Texts are published; the thread that follows the journal writes them, a reader asks until then."""
    with own_database(databases.migrated_template()), asking(SEARCH_DIR=folder, **settings):
        room = make_newsroom()
        for index in engine.kept():
            follow.rebuild(index)
        times = []
        with override_settings(SEARCH_FOLLOWS=True):
            for turn in range(PUBLICATIONS):
                words = f"第{turn + 1}号取暖补助办法"
                page = room.draft(f"found-{turn}", title=words)
                submission = room.handed_in(page)
                room.released(submission)
                times.append(until_found(words))
            for source in registered():  # the thread that reads files has nothing left to ask the database
                late.complete(source, wait=True)
    times.sort()
    about = f"{name}: from a publication's commit until it is found, {PUBLICATIONS} of them"
    yield Figure(f"{about}, p50", times[len(times) // 2], "ms", FOUND_MS)
    yield Figure(f"{about}, the slowest", times[-1], "ms", FOUND_MS)


def until_found(words: str) -> float:
    """Milliseconds until a reader finds a text by its title."""
    began = perf_counter()
    while not any(hit.record.title == words for hit in find(Query(words, counts=False)).hits):
        if perf_counter() - began > PATIENCE_S:
            raise AssertionError(f"{words} was not found within {PATIENCE_S} s")
        sleep(STEP_S)
    return (perf_counter() - began) * 1000
