"""The history of one row, newest first: each change against the one before it, with its act (变更历史)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from relief.trail.models import Event
from relief.trail.timeline import RowChange, compare
from relief.trail.tracked import Tracked


@dataclass(frozen=True)
class RowStep:
    """One row of history: `record` says when, who and why, `event` the act, `change` what became of it."""

    record: Any
    event: Event | None
    change: RowChange


def history_rows(row: Tracked) -> models.QuerySet:
    """The history rows of `row`, newest first by `history_id`: dates can be equal."""
    return type(row).history.model.objects.filter(id=row.pk).order_by("-history_id")


def row_history(row: Tracked, *, start: int = 0, count: int = 50) -> list[RowStep]:
    """`count` steps from `start` on (0 is the newest). Two queries, whatever the count."""
    records = list(history_rows(row)[start : start + count + 1])
    events = Event.objects.in_bulk({record.event_id for record in records[:count]})
    befores = [*records[1:], None]
    return [
        RowStep(record, events.get(record.event_id), compare(type(row), before, record))
        for record, before in zip(records[:count], befores, strict=False)
    ]
