"""The acts on a thing, each with the rows it changed: before and after, column by column (差异)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from relief.trail.models import Event
from relief.trail.tracked import Root, Tracked
from relief.trail.triggers import tracked_models

SILENT = ("version", "id", "code")


@dataclass(frozen=True)
class Change:
    """One column of one row. Sealed columns say that they changed, not what they hold."""

    column: Any
    before: Any
    after: Any
    sealed: bool = False
    #: the column's name in the model, for readers who know its choices
    name: str = ""


@dataclass
class RowChange:
    """What one act did to one row."""

    model: type[Tracked]
    row_id: int
    born: bool
    changes: list[Change] = field(default_factory=list)


@dataclass
class Step:
    """One act of the timeline."""

    event: Event
    rows: list[RowChange] = field(default_factory=list)


def timeline(subject: Root, models: Iterable[type[Tracked]] | None = None) -> list[Step]:
    """Acts on `subject`, newest first, with row diffs. Queries: one for the events, one per model."""
    return with_changes(list(acts_on(subject)), models or tracked_models())


def acts_on(subject: Root) -> QuerySet[Event]:
    """Acts on `subject`, newest first."""
    kind = type(subject)._meta.model_name
    return Event.objects.filter(subject_kind=kind, subject_code=subject.code).order_by("-pk")


def with_changes(events: Sequence[Event], models: Iterable[type[Tracked]]) -> list[Step]:
    """The events' steps; each history row is compared with the one before it by `history_id`."""
    steps = {event.pk: Step(event) for event in events}
    for model in models:
        history = model.history.model
        touched = history.objects.filter(event_id__in=list(steps)).order_by().values("id")
        by_row: dict[int, list[Any]] = defaultdict(list)
        for row in history.objects.filter(id__in=touched).order_by("history_id"):
            by_row[row.id].append(row)
        for rows in by_row.values():
            for before, after in zip([None, *rows], rows, strict=False):
                if after.event_id in steps:
                    steps[after.event_id].rows.append(compare(model, before, after))
    return list(steps.values())


def compare(model: type[Tracked], before: Any, after: Any) -> RowChange:
    """What changed between two neighbouring history rows; `before` is None at the row's birth."""
    change = RowChange(model, after.id, born=before is None)
    for column in type(after).tracked_fields:
        if column.name in SILENT:
            continue
        old = getattr(before, column.attname) if before is not None else None
        new = getattr(after, column.attname)
        if old == new or (before is None and new in (None, "", [], {})):
            continue
        sealed = hasattr(column, "purpose")
        change.changes.append(
            Change(
                column.verbose_name,
                None if sealed else old,
                None if sealed else new,
                sealed=sealed,
                name=column.name,
            )
        )
    return change


def last_act(subject: Root) -> Event | None:
    """The newest act on `subject`: who changed it last, and when."""
    return acts_on(subject).first()
