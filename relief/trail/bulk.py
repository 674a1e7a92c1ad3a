"""Set forms: many rows, each with its history row, in few statements."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from relief.errors import Stale
from relief.trail.models import Event
from relief.trail.record import SOMEBODY_WAS_FIRST, unguarded, write_history
from relief.trail.tracked import Tracked

T = TypeVar("T", bound=Tracked)
CHUNK = 500


@contextmanager
def without_collecting() -> Iterator[None]:
    """A hundred thousand rows without cycles: looking for cycles among them costs a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def create(model: type[T], rows: Sequence[T], events: Event | Sequence[Event]) -> list[T]:
    """Insert rows with their first history rows; one event for all or one per row, in order."""
    each = [events] * len(rows) if isinstance(events, Event) else list(events)
    if len(each) != len(rows):
        raise ValueError("one event per row")
    created = unguarded(model).bulk_create(rows, batch_size=CHUNK)
    for part in _chunks(list(zip(created, each, strict=True))):
        write_history([row for row, _ in part], "+", {row.pk: event for row, event in part})
    return created


def record_many(events: Sequence[Event]) -> list[Event]:
    """Write Events made by `event_for`, in order."""
    return Event.objects.bulk_create(events, batch_size=CHUNK)


def set_all(
    model: type[T],
    versions: Mapping[int, int],
    changes: Mapping[str, Any],
    events: Mapping[int, Event],
    **where: Any,
) -> list[T]:
    """The set form of `set_if`: `versions` by primary key, all rows get the same `changes`.

    Raises Stale when any row has another version or fails `where`; the caller's transaction rolls back.
    Primary keys are locked in order, so two set forms on the same rows can't deadlock.
    """
    from django.db.models import F

    fresh: list[T] = []
    for part in _chunks(sorted(versions)):
        held = dict(
            model._default_manager.select_for_update()
            .filter(pk__in=part)
            .order_by("pk")
            .values_list("pk", "version")
        )
        changed_elsewhere = [pk for pk in part if held.get(pk) != versions[pk]]
        if changed_elsewhere:
            raise Stale(
                SOMEBODY_WAS_FIRST, current=model._default_manager.filter(pk=changed_elsewhere[0]).first()
            )
        count = unguarded(model).filter(pk__in=part, **where).update(**changes, version=F("version") + 1)
        if count != len(part):
            raise Stale(SOMEBODY_WAS_FIRST)
        rows: list[Any] = list(model._default_manager.filter(pk__in=part).order_by("pk"))
        write_history(rows, "~", events)
        fresh.extend(rows)
    return fresh


def _chunks(items: Iterable[Any]) -> Iterable[list[Any]]:
    iterator = iter(items)
    while part := list(islice(iterator, CHUNK)):
        yield part
