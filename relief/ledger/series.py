"""Numbers given once and for ever: case numbers, household numbers, list numbers."""

from __future__ import annotations

from django.db import models

from relief.ledger.models import Series


def next_numbers(key: str, count: int = 1) -> range:
    """Take the next `count` numbers of the series; the row stays locked until commit."""
    Series.objects.get_or_create(key=key)
    Series.objects.filter(key=key).update(last=models.F("last") + count)
    last = Series.objects.values_list("last", flat=True).get(key=key)
    return range(last - count + 1, last + 1)


def next_number(key: str) -> int:
    return next_numbers(key)[0]


def following_number(key: str) -> int:
    """The number that the series would give next; it is not taken."""
    last = Series.objects.filter(key=key).values_list("last", flat=True).first()
    return (last or 0) + 1
