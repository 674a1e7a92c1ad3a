"""What a listing asks for (列表条件), as plain values: which pages, in which order, how many (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext


class Dates(models.TextChoices):
    """Which pages by date, seen from the day of reading."""

    ANY = "any", gettext_lazy("whatever the date")
    LAST = "last", gettext_lazy("published in the last days")
    OPEN = "open", gettext_lazy("deadline not over yet")


class State(models.TextChoices):
    """Which pages by what became of them since they were published."""

    PUBLIC = "public", gettext_lazy("in public")
    SUPERSEDED = "superseded", gettext_lazy("superseded")
    BOTH = "both", gettext_lazy("in public or superseded")


class Sort(models.TextChoices):
    """The order; the newest is the one published last."""

    NEWEST = "newest", gettext_lazy("newest first")
    OLDEST = "oldest", gettext_lazy("oldest first")
    CHANGED = "changed", gettext_lazy("last changed first")
    TITLE = "title", gettext_lazy("by title")


class Layout(models.TextChoices):
    """How a listing is drawn."""

    LIST = "list", gettext_lazy("one below the other")
    TABLE = "table", gettext_lazy("table")
    CARDS = "cards", gettext_lazy("cards")


@dataclass(frozen=True)
class Criteria:
    """Saved criteria; what is empty asks nothing. `types` are keys of page types, `section` a page's uuid.

    `days` belongs to Dates.LAST: 1 is today alone. `limit` 0 is no limit.
    """

    types: tuple[str, ...] = ()
    section: Any = None
    topic: str = ""
    issuer: str = ""
    validity: str = ""
    dates: str = Dates.ANY
    days: int = 30
    state: str = State.PUBLIC
    sort: str = Sort.NEWEST
    limit: int = 0

    def since(self, today: date) -> date | None:
        """The first day of publication that fits; None where any does."""
        if self.dates != Dates.LAST:
            return None
        return today - timedelta(days=max(self.days, 1) - 1)


#: `order_by` of each order; the key settles what is equal
ORDERS: dict[str, tuple[str, str]] = {
    Sort.NEWEST: ("-first_published_at", "-pk"),
    Sort.OLDEST: ("first_published_at", "pk"),
    Sort.CHANGED: ("-last_published_at", "-pk"),
    Sort.TITLE: ("title", "pk"),
}


def found_in_words(count: int, limit: int = 0) -> str:
    """How many pages fit today, for the editor; a listing with a limit shows no more than that."""
    words = ngettext("%(count)d page fits today.", "%(count)d pages fit today.", count) % {"count": count}
    if limit and count > limit:
        words += " " + _("The first %(limit)d are shown.") % {"limit": limit}
    return words
