"""What takes too long for a publication to wait for: read afterwards, and written bit by bit."""

from __future__ import annotations

import math
import time
from collections.abc import Collection

from search import engine
from search.compared import compare_again
from search.follow import catch_up, read
from search.held import COMPLETING, REBUILDING, held
from search.index import Index, Outdated, Progress, Unavailable
from search.sources import Source, registered


def complete(
    source: Source, progress: Progress | None = None, *, wait: bool = False, seconds: float = math.inf
) -> int | None:
    """Let a source do what it left for later, for so many seconds. How many bits were done.

    None while another process does them; with `wait` that one is waited for. `progress` is told after each.
    """
    with held(COMPLETING, wait=wait) as alone:
        if not alone:
            return None
        done, until = 0, time.monotonic() + seconds
        for done, keys in enumerate(source.complete(), start=1):
            _write(source, keys)
            if progress is not None:
                progress(done)
            if time.monotonic() > until:
                break
        return done


def _write(source: Source, keys: Collection[str]) -> None:
    """Into every index of the public, never while one is made anew: what was read before would replace it."""
    with held(REBUILDING):
        for index in engine.kept():
            if registered(index.name) != registered():
                continue  # it has sources of its own
            try:
                _write_to(index, source, keys)
            except Outdated:
                continue  # it is made anew, with all this
            except Unavailable:
                compare_again(index)


def _write_to(index: Index, source: Source, keys: Collection[str]) -> None:
    """What is public now; the journal is read on from where it stood, in case it told something meanwhile."""
    cursor = index.cursor()
    if cursor < 0:
        raise Outdated
    index.apply(read(source, keys), cursor)
    catch_up(index)
