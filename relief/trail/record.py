"""Write an act and its rows: `record` the Event first, then `set_if` what it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from django.db import models
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from simple_history.signals import pre_create_historical_record

from relief.errors import Reason, Stale
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.copies import copy_to_history
from relief.trail.models import Event
from relief.trail.tracked import Root, Tracked, UntrackedWriteError

T = TypeVar("T", bound=Tracked)

HISTORY_CHUNK = 500

SOMEBODY_WAS_FIRST = Reason(
    "changed-meanwhile", _("Somebody changed this record while you worked on it. Compare and try again.")
)


def event_for(act: str, subject: Root, *, actor: Actor, **facts: Any) -> Event:
    """An Event about `subject`, not yet written. `facts` are Event's columns: area, from_state, words …"""
    return Event(
        act=act,
        subject_kind=str(type(subject)._meta.model_name),
        subject_code=subject.code,
        at=clock.now(),
        **actor_columns(actor),
        **facts,
    )


def record(act: str, subject: Root, *, actor: Actor, **facts: Any) -> Event:
    """Write the Event of one act on `subject`; every row that the act writes names it."""
    event = event_for(act, subject, actor=actor, **facts)
    event.save()
    return event


def set_if(obj: T, version: int, changes: Mapping[str, Any], event: Event, **where: Any) -> T:
    """Compare and set: change `obj` if it still has `version` (and `where`), in one conditional UPDATE.

    The only form proven right on SQLite and PostgreSQL. Returns the row as it now stands and writes its
    history row. Raises Stale, with the current row, when somebody was first.
    """
    model = type(obj)
    changed = (
        unguarded(model).filter(pk=obj.pk, version=version, **where).update(**changes, version=version + 1)
    )
    fresh: Any = model._default_manager.filter(pk=obj.pk).first()
    if not changed or fresh is None:
        raise Stale(SOMEBODY_WAS_FIRST, current=fresh)
    write_history([fresh], "~", {fresh.pk: event})
    return fresh


def hold(obj: T, version: int) -> T:
    """Lock the row until the transaction ends and return it fresh, before other rows are written beneath it.

    Raises Stale, with the current row, when it has another version than `version`. On SQLite the whole
    transaction holds the write lock already.
    """
    fresh = type(obj)._default_manager.select_for_update(no_key=True).filter(pk=obj.pk).first()
    if fresh is None or fresh.version != version:
        raise Stale(SOMEBODY_WAS_FIRST, current=fresh)
    return cast(T, fresh)


def touch(root: T, version: int, event: Event, **where: Any) -> T:
    """Raise the root's version for a write beneath it, so that nobody approves beside it."""
    return set_if(root, version, {}, event, **where)


def actor_columns(actor: Actor) -> dict[str, Any]:
    return {
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "actor_role": actor.role,
        "actor_office": actor.office,
        "actor_area": actor.area,
    }


def unguarded(model: type[models.Model]) -> models.QuerySet:
    """The one door past the tracked queryset; only `trail` uses it."""
    return models.QuerySet(model)


def write_history(rows: Iterable[Tracked], history_type: str, events: Mapping[int, Event]) -> None:
    """History rows for rows as they stand in the database; `events`, already written, by primary key."""
    rows = list(rows)
    for start in range(0, len(rows), HISTORY_CHUNK):
        part = rows[start : start + HISTORY_CHUNK]
        copy_to_history(type(part[0]), [(row.pk, events[row.pk].pk) for row in part], history_type)


def _history_columns(event: Event) -> dict[str, Any]:
    return {
        "event_id": event.pk,
        "history_date": event.at,
        "history_change_reason": event.reason or event.act,
        "history_user_id": event.actor_id,
        "actor_name": event.actor_name,
        "actor_role": event.actor_role,
        "actor_area": event.actor_area,
    }


@receiver(pre_create_historical_record)
def _sign_history(instance: Any, history_instance: Any, **kwargs: Any) -> None:
    """A history row that simple-history writes (insert path) names its Event and actor."""
    event = getattr(instance, "_event", None)
    if event is None:
        raise UntrackedWriteError(f"{type(instance).__name__} was saved without an event")
    for column, value in _history_columns(event).items():
        setattr(history_instance, column, value)
