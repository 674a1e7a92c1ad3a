"""The one clock of the house: verbs, history dates and pages ask it, nobody asks the system.

Asia/Shanghai throughout. Only the demo loader and tests move it, and only with DEMO=1.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """The moment, aware, in Asia/Shanghai."""
    moved = _moved.get()
    if moved is not None:
        return moved
    return datetime.now(SHANGHAI) + _demo_offset()  # noqa: TID251  the clock itself


def today() -> date:
    return now().date()


def is_moved() -> bool:
    """Whether the house lives at a moment of `moved_to`: whoever moved the clock answers for its course."""
    return _moved.get() is not None


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of `day` in Asia/Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let the house live at `moment` (demo loader and tests only)."""
    if not settings.DEMO:
        raise RuntimeError("the clock moves only with DEMO=1")
    token = _moved.set(moment.astimezone(SHANGHAI))
    try:
        yield
    finally:
        _moved.reset(token)


def _demo_offset() -> timedelta:
    """Seconds by which a browser test has moved a whole server process; none outside DEMO."""
    path = getattr(settings, "DEMO_CLOCK_FILE", "")
    if not (settings.DEMO and path and Path(path).exists()):
        return timedelta()
    return timedelta(seconds=float(Path(path).read_text() or 0))
