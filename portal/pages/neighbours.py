"""The next newer and next older text of a section."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, Subquery

from portal.pages.localised import Entry, localised


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
    beside = type(facts).objects.sibling_of(facts, inclusive=False).filter(live=True).select_related("locale")
    same_day = Q(signed_on=facts.signed_on)
    later = Q(signed_on__gt=facts.signed_on) | same_day & Q(pk__gt=facts.pk)
    newer = beside.filter(later).order_by("signed_on", "pk").values("pk")[:1]
    older = beside.exclude(later).order_by("-signed_on", "-pk").values("pk")[:1]
    both = beside.filter(Q(pk=Subquery(newer)) | Q(pk=Subquery(older)))
    found = Neighbours()
    for entry in localised(list(both)):
        place = (entry.source.signed_on, entry.source.pk) > (facts.signed_on, facts.pk)
        found = replace(found, **{"newer" if place else "older": entry})
    return found
