"""What is public changes with no row in the journal, as a file's title: whoever changes it tells the keys.

They are noted after commit and read anew by a thread of the process; `manage.py tick` reads what was left.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from relief.schedule.run import Job
from search.follow import keep_public
from search.notes import Notes
from search.wake import Follower


def tell(keys: Iterable[str]) -> None:
    """Public records at these keys may say something else once this transaction is committed."""
    if settings.SEARCH_FOLLOWS:
        transaction.on_commit(partial(_wake, list(keys)), robust=True)


def write() -> int:
    """Write what is told. How many keys."""
    with notes().taken() as keys:
        keep_public(keys)
        return len(keys)


def notes() -> Notes:
    """What is told and not written yet."""
    return Notes(Path(settings.SEARCH_DIR))


def _wake(keys: list[str]) -> None:
    if keys:
        notes().add(keys)
        follower.wake()


follower = Follower("search-told", write)
WRITE = Job(
    "write-search",
    lambda: [None] if settings.SEARCH_FOLLOWS and notes().waiting() else [],
    lambda _nothing: write(),
    lambda _nothing: _("Search has read what changed without a publication."),
)
