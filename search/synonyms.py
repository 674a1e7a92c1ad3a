"""The synonyms that hold now: read once for each state of the table, asked for with every query."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Max

from search.models import SynonymGroup
from search.thesaurus import Thesaurus, thesaurus


def current() -> Thesaurus:
    """One query, by the newest row of their history: a change holds in every process with the next search."""
    newest = SynonymGroup.history.aggregate(newest=Max("history_id"))["newest"]
    return _at(newest or 0)


@lru_cache(maxsize=2)
def _at(_newest: int) -> Thesaurus:
    return thesaurus(group.listed for group in in_force())


def in_force() -> list[SynonymGroup]:
    """The groups that have not ended."""
    return list(SynonymGroup.objects.filter(ended_at=None))
