"""The finder among what `tick` does: read the journal on, and once a day put right what days alone change."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from relief.schedule.run import Job
from relief.trail import clock
from search import follow
from search.engine import kept
from search.index import Index


def uncompared() -> list[Index]:
    """The indexes that were not compared yet today."""
    today = clock.today().isoformat()
    return [index for index in kept() if settings.SEARCH_FOLLOWS and _day_of(index) != today]


def unread() -> list[Index]:
    """The indexes that have not read the journal to its end."""
    return follow.behind() if settings.SEARCH_FOLLOWS else []


def compare(index: Index) -> list[follow.Difference]:
    """Mend the index and remember the day beside it."""
    found = follow.mend(index)
    _mark(index).write_text(clock.today().isoformat())
    return found


def _mark(index: Index) -> Path:
    return Path(settings.SEARCH_DIR) / f"compared-{index.name}"


def _day_of(index: Index) -> str:
    mark = _mark(index)
    return mark.read_text() if mark.exists() else ""


FOLLOW = Job(
    "follow-publications",
    unread,
    follow.bring_up,
    lambda index: _("Search (%(index)s) has read the journal to its end.") % {"index": index.name},
)
COMPARE = Job(
    "compare-search",
    uncompared,
    compare,
    lambda index: _("Search (%(index)s) was compared with what is public.") % {"index": index.name},
)
