"""Whoever is woken works as often as there is news, and a failure ends nothing."""

import threading

from search import wake
from search.wake import Follower

PATIENCE_S = 20


def test_a_failure_is_left_to_the_next_news():
    began, worked = threading.Semaphore(0), threading.Event()

    def work() -> None:
        began.release()
        if not failed.is_set():
            failed.set()
            raise RuntimeError("no index")
        worked.set()

    failed = threading.Event()
    follower = Follower("search-test", work)
    follower.wake()
    assert began.acquire(timeout=PATIENCE_S)
    follower.wake()
    assert worked.wait(PATIENCE_S)


def test_what_takes_longer_is_read_after_the_journal_by_another(monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(wake, "behind", lambda: told.append("journal") or [])
    monkeypatch.setattr(wake.reader, "wake", lambda: told.append("reader"))
    wake.follow()
    assert told == ["journal", "reader"]
