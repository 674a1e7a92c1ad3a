"""The finder among what `tick` does: read the journal on, and once a day put right what days alone change."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from relief.schedule.run import Job
from relief.trail import clock
from search import follow
from search.compared import compared_on, remember
from search.engine import kept
from search.index import Index
from search.late import complete
from search.sources import Source, registered

#: seconds after which a tick goes on to what else is due; the next one reads on
COMPLETING_S = 20


def uncompared() -> list[Index]:
    """The indexes that were not compared yet today."""
    today = clock.today().isoformat()
    return [index for index in kept() if settings.SEARCH_FOLLOWS and compared_on(index) != today]


def unread() -> list[Index]:
    """The indexes that have not read the journal to its end."""
    return follow.behind() if settings.SEARCH_FOLLOWS else []


def compare(index: Index) -> list[follow.Difference]:
    """Mend the index and remember the day beside it."""
    found = follow.mend(index)
    remember(index, clock.today().isoformat())
    return found


def incomplete() -> list[Source]:
    """The sources that have something to do which takes longer."""
    return [source for source in registered() if settings.SEARCH_FOLLOWS and source.waiting()]


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
COMPLETE = Job(
    "complete-search",
    incomplete,
    lambda source: complete(source, seconds=COMPLETING_S),
    lambda _source: _("What takes longer to be read was read for the search, and what is over forgotten."),
)
