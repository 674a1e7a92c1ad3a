"""Play many scripts as one life: whoever's moment comes first acts first, so history's order is time's order.

A script is a generator. It yields the moment of its next act, sleeps until the clock stands there, acts,
and yields again.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import count

from relief.trail import clock

Script = Iterator[datetime]


def play(scripts: Iterable[Script], *, on_day: Callable[[date], object]) -> None:
    """Run all scripts to their ends; `on_day` hears each act's day. Raises when one goes back in time."""
    turns = count()
    waiting: list[tuple[datetime, int, Script]] = []
    for script in scripts:
        _wait(waiting, script, next(turns))
    while waiting:
        moment, _turn, script = heapq.heappop(waiting)
        on_day(moment.date())
        with clock.moved_to(moment):
            _wait(waiting, script, next(turns), since=moment)


def _wait(
    waiting: list[tuple[datetime, int, Script]], script: Script, turn: int, since: datetime | None = None
) -> None:
    moment = next(script, None)
    if moment is None:
        return
    if since is not None and moment < since:
        raise ValueError(f"a script goes back from {since} to {moment}")
    heapq.heappush(waiting, (moment, turn, script))
