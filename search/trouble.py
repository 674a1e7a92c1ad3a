"""Whether the search answers as it should, for the staff: readers always get an answer.

Since when the chosen engine is dead stands in a file beside the embedded index: every process knows it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from relief.trail import clock
from search.folder import own_folder


@dataclass(frozen=True)
class Trouble:
    """The engine `engine` doesn't answer `since` then; None where there never was an index."""

    engine: str
    since: datetime | None


def begins(engine: str) -> None:
    """The engine is dead; its first moment stays. A folder that can't be written tells nobody."""
    with suppress(OSError):
        own_folder(_mark(engine).parent)
        with _mark(engine).open("x") as mark:
            mark.write(clock.now().isoformat())


def ends(engine: str) -> None:
    """The engine has answered."""
    if _mark(engine).exists():
        with suppress(OSError):
            _mark(engine).unlink(missing_ok=True)


def lasts(engine: str) -> datetime | None:
    """Since when the engine is dead; None while it answers."""
    try:
        return timezone.localtime(datetime.fromisoformat(_mark(engine).read_text()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):  # seen between its making and its writing
        return clock.now()


def _mark(engine: str) -> Path:
    return Path(settings.SEARCH_DIR) / f"dead-{engine}"
