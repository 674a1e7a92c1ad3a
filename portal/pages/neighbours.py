"""The next newer and next older text of a section, and whatever texts a page names beside them."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, Q, QuerySet, Subquery
from django.db.models.functions import Substr
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


def around(page: Any, named: Iterable[Any]) -> tuple[Neighbours, dict[int, Entry]]:
    """What stands beside a page, and the lines of the other texts that it names, by key.

    One query, and one for the translations of all of them.
    """
    beside = _beside_now(page)
    lines = {entry.source.pk: entry for entry in localised([*beside.values(), *named])}
    return Neighbours(**{side: lines[one.pk] for side, one in beside.items()}), lines


def _beside_now(page: Any) -> dict[str, Any]:
    """Nothing beside a page that isn't in the tree yet."""
    facts = page.facts
    if not facts.pk or not facts.signed_on:
        return {}
    kind: Any = type(facts)
    above = facts.path[: -Page.steplen]
    place = {"pk": facts.pk, "day": facts.signed_on, "above": above, "size": len(above), "depth": facts.depth}
    ours = (facts.signed_on, facts.pk)
    return {"newer" if (one.signed_on, one.pk) > ours else "older": one for one in _beside(kind)(**place)}


@functools.cache
def _beside(model: Any) -> PreparedPages:
    """The readable text that was signed next in the section, and the one before.

    Looked for from our day on, in the index of days: not among all that the section holds, as an interval of
    paths would have it.
    """

    def next_to(way: str, *order: str) -> Subquery:
        day = Asked("day", DateField())
        other = Q(**{f"signed_on__{way}": day}) | Q(**{f"pk__{way}": key("pk")})
        within = model.objects.alias(above=Substr("path", 1, key("size"))).filter(
            other, above=words("above"), depth=key("depth"), **{f"signed_on__{way}e": day}
        )
        return Subquery(readable(within).order_by(*order).values("path")[:1])

    def build() -> QuerySet:
        # by path, which one table of a page has alone: by key each would be looked for in both
        return model.objects.filter(
            path__in=[next_to("gt", "signed_on", "pk"), next_to("lt", "-signed_on", "-pk")]
        )

    return PreparedPages(build, (*FOR_LINKS, "signed_on"))
