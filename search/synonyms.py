"""The synonyms that hold now: read once for each state of the table, asked for with every query."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Max

from search.models import SynonymGroup
from search.thesaurus import Thesaurus, thesaurus


def current() -> Thesaurus:
    """One query, by the state of their history: a change holds in every process with the next search."""
    state = SynonymGroup.history.aggregate(
        rows=Count("history_id"), newest=Max("history_id"), at=Max("history_date")
    )
    return _at(state["rows"], state["newest"], state["at"])


@lru_cache(maxsize=2)
def _at(_rows: int, _newest: int | None, _when: datetime | None) -> Thesaurus:
    # the number of rows too: of two acts at once the one with the lower key may be seen last
    return thesaurus(group.listed for group in in_force())


def in_force() -> list[SynonymGroup]:
    """The groups that have not ended."""
    return list(SynonymGroup.objects.filter(ended_at=None))
