"""Which areas an area contains (pure): the number says it, no tree is walked."""

from __future__ import annotations

from django.db.models import Q

from relief.places.models import DISTRICT


def contains(scope: str, area: str) -> bool:
    """Whether the area numbered `scope` is or contains `area`."""
    return scope == DISTRICT or area.startswith(scope)


def within(scope: str, column: str = "area") -> Q:
    """Filter for rows whose area number in `column` lies within `scope`."""
    return Q() if scope == DISTRICT else Q(**{f"{column}__startswith": scope})


def within_any(scopes: list[str], column: str = "area") -> Q:
    """Filter for rows within any of `scopes`; nothing for an empty list."""
    if DISTRICT in scopes:
        return Q()
    query = Q(pk__in=[])
    for scope in scopes:
        query |= within(scope, column)
    return query
