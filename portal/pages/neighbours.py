"""The next newer and next older text of a section."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, Q, QuerySet
from wagtail.models import Page

from portal.pages.localised import Entry, localised
from portal.pages.read import FOR_LINKS, PreparedPages, key, words
from portal.prepared import Asked
from portal.publishing.queries import readable


@dataclass(frozen=True)
class Neighbours:
    """What stands before and after a text in its section, by the day on which it was signed."""

    newer: Entry | None = None
    older: Entry | None = None


def neighbours(page: Any) -> Neighbours:
    """Two queries at most; none of a page that isn't in the tree yet."""
    facts = page.facts
    if not facts.pk or not facts.signed_on:
        return Neighbours()
    kind: Any = type(facts)
    above = facts.path[: -Page.steplen]
    first, last = facts._get_children_path_interval(above)
    place = {"pk": facts.pk, "day": facts.signed_on, "first": first, "last": last, "depth": facts.depth}
    newer, older = (_beside(kind, later).first(**place) for later in (True, False))
    lines = {entry.source.pk: entry for entry in localised([one for one in (newer, older) if one])}
    return Neighbours(lines.get(newer.pk) if newer else None, lines.get(older.pk) if older else None)


@functools.cache
def _beside(model: Any, later: bool) -> PreparedPages:
    """The readable text that was signed next in the section, or the one before."""

    def build() -> QuerySet:
        day = Asked("day", DateField())
        same = {"signed_on": day, f"pk__{'gt' if later else 'lt'}": key("pk")}
        other = Q(**{f"signed_on__{'gt' if later else 'lt'}": day})
        within = {"path__gte": words("first"), "path__lte": words("last"), "depth": key("depth")}
        order = ("signed_on", "pk") if later else ("-signed_on", "-pk")
        return readable(model.objects.filter(other | Q(**same), **within)).order_by(*order)[:1]

    return PreparedPages(build, (*FOR_LINKS, "signed_on"))
