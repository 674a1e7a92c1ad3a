"""Which engine answers: Elasticsearch where `ES_URL` is set, the embedded one otherwise and when it is dead.

The embedded index is kept up in any case, so that there is something to fall back to.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search import trouble
from search.answer import Answer
from search.elastic import ElasticIndex
from search.embedded import EmbeddedIndex
from search.index import Index, Unavailable
from search.query import Query
from search.trouble import Trouble

log = logging.getLogger(__name__)
#: seconds for which a dead engine isn't asked again, so that no reader waits for it
PAUSE = 15.0


class Choice:
    """The engines of this installation, and since when the first of them is dead."""

    def __init__(self) -> None:
        self._dead_until = 0.0

    def answering(self) -> list[Index]:
        """The engines to ask, in turn."""
        chosen = elastic()
        if chosen is None or time.monotonic() < self._dead_until:
            return [embedded()]
        return [chosen, embedded()]

    def found_dead(self, index: Index, problem: Exception) -> None:
        log.warning("search engine %s does not answer: %s", index.name, type(problem).__name__)
        if index is elastic():
            self._dead_until = time.monotonic() + PAUSE
            trouble.begins(index.name)

    def found_alive(self, index: Index) -> None:
        if index is elastic():
            self._dead_until = 0.0
            trouble.ends(index.name)

    def forget(self) -> None:
        """Ask every engine again."""
        self._dead_until = 0.0


choice = Choice()
_own: list[Callable[[], Index]] = []


def ask(question: Callable[[Index], Answer]) -> Answer:
    """The answer of the first engine that gives one."""
    for index in choice.answering():
        try:
            answer = question(index)
        except Unavailable as problem:
            choice.found_dead(index, problem)
            continue
        choice.found_alive(index)
        return replace(answer, degraded=index is not chosen())
    return Answer(Query(), degraded=True)


def chosen() -> Index:
    """The engine that this installation wants."""
    return elastic() or embedded()


def in_trouble() -> Trouble | None:
    """Why readers are not answered by the chosen engine, as far as it is known; asks no server."""
    wanted = chosen()
    if wanted is elastic():
        since = trouble.lasts(wanted.name)
        return Trouble(wanted.name, since) if since else None
    return Trouble(wanted.name, None) if wanted.cursor() < 0 else None


def kept() -> list[Index]:
    """Every index that is kept up: those of the public, and those that others keep for themselves."""
    own = [made() for made in _own]
    return [index for index in (embedded(), elastic(), *own) if index is not None]


def keep_up(made: Callable[[], Index]) -> None:
    """When the apps are ready: an index with sources of its own is kept up like the public's."""
    if made not in _own:
        _own.append(made)


def embedded() -> EmbeddedIndex:
    return _embedded(Path(settings.SEARCH_DIR))


def elastic() -> ElasticIndex | None:
    url = settings.ES_URL
    return _elastic(url, settings.ES_INDEX) if url else None


@lru_cache(maxsize=4)
def _embedded(folder: Path) -> EmbeddedIndex:
    return EmbeddedIndex(folder)


@lru_cache(maxsize=4)
def _elastic(url: str, name: str) -> ElasticIndex:
    return ElasticIndex(url.split(","), name)
