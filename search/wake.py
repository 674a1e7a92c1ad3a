"""Wake up whoever follows the journal, as soon as a publication is committed: it is found within a second.

Only a nudge: the index reads the journal by cursor, and `manage.py tick` does the same every minute, so that
nothing depends on this thread. It belongs to the process, reads with a connection of its own, and no officer
waits for it.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connections, transaction

from search.follow import behind, bring_up
from search.index import Unavailable
from search.late import complete
from search.sources import registered

log = logging.getLogger(__name__)


class Follower:
    """One thread for each process, begun when it is first woken: does `work` as often as there is news."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        self.name, self._work = name, work
        self._news = threading.Event()
        self._lock = threading.Lock()
        self._running_in = 0

    def wake(self) -> None:
        with self._lock:
            if self._running_in != os.getpid():
                self._running_in = os.getpid()
                self._news = threading.Event()
                threading.Thread(target=self._follow, name=self.name, daemon=True).start()
        self._news.set()

    def _follow(self) -> None:
        while self._news.wait():
            self._news.clear()
            close_old_connections()
            try:
                self._work()
            except Exception:
                log.exception("%s failed; the next tick does it", self.name)
            connections.close_all()


def follow() -> None:
    """Bring every index up, then let what takes longer be read; a dead index is left to the next time."""
    for index in behind():
        try:
            bring_up(index)
        except Unavailable as problem:
            log.warning("search index %s can't be written: %s", index.name, problem)
    reader.wake()


def read_what_waits() -> None:
    """In a thread of its own: a publication that comes meanwhile doesn't wait for it."""
    for source in registered():
        if source.waiting():
            complete(source)


follower = Follower("search", follow)
reader = Follower("search-reader", read_what_waits)


def on_publication(created: bool = True, **kwargs: Any) -> None:
    """Receiver: a row of the journal was written; it counts once it is committed."""
    if created and settings.SEARCH_FOLLOWS:
        transaction.on_commit(follower.wake, robust=True)
