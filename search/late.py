"""What takes too long for a publication to wait for: read afterwards, and written bit by bit."""

from __future__ import annotations

import math
import time

from search.follow import keep_public
from search.held import COMPLETING, held
from search.index import Progress
from search.sources import Source


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
            keep_public(keys)
            if progress is not None:
                progress(done)
            if time.monotonic() > until:
                break
        return done
