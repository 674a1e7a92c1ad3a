"""What is public changes with no row in the journal, as a file's title: whoever changes it tells the keys."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from search.follow import keep_public
from search.notes import Notes
from search.noting import Noting


def tell(keys: Iterable[str]) -> None:
    """Public records at these keys may say something else once this transaction is committed."""
    NOTING.note(keys)


def write() -> int:
    """Write what is told. How many keys."""
    with notes().taken() as keys:
        keep_public(keys)
        return len(keys)


def notes() -> Notes:
    """What is told and not written yet."""
    return Notes(Path(settings.SEARCH_DIR))


NOTING = Noting("search", notes, write, lambda: _("Search has read what changed without a publication."))
