"""Prove the trail: real writes against history, newest history against the row, heads against the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from relief.ledger import journal
from relief.ledger.insert_only import InsertOnly
from relief.ledger.models import Publication
from relief.trail import clock
from relief.trail.models import Event, TrailHead, Witness
from relief.trail.record import unguarded
from relief.trail.tracked import Tracked
from relief.trail.triggers import missing, tracked_models


@dataclass(frozen=True)
class Difference:
    """One row whose trail does not fit: `what` says how."""

    table: str
    row_id: int
    what: str


def differences() -> Iterator[Difference]:
    """Every row of every tracked table whose history is not the whole truth."""
    for model in tracked_models():
        yield from unwitnessed(model)
        yield from outdated(model)
    for table in signed_models():
        yield from unsigned(table)
    yield from journal_gaps()


def missing_guards() -> list[str]:
    return missing(connection)


def unwitnessed(model: type[Tracked]) -> Iterator[Difference]:
    """Rows where the database counted other writes than history rows stand: a bypass."""
    table = model._meta.db_table
    counted = dict(Witness.objects.filter(table_name=table).values_list("row_id", "writes"))
    history = model.history.model
    rows = dict(
        history.objects.order_by()
        .values_list("id")
        .annotate(models.Count("pk"))
        .values_list("id", "pk__count")
    )
    for pk in sorted(counted.keys() | rows.keys()):
        writes, kept = counted.get(pk, 0), rows.get(pk, 0)
        if writes != kept:
            yield Difference(table, pk, f"{writes} writes, {kept} history rows")


def outdated(model: type[Tracked]) -> Iterator[Difference]:
    """Rows that differ from their newest history row, or lack one of the two."""
    history = model.history.model
    columns = [field.attname for field in history.tracked_fields]
    newest = history.objects.order_by().values("id").annotate(last=models.Max("history_id")).values("last")
    kept = {row["id"]: row for row in history.objects.filter(history_id__in=newest).values(*columns)}
    for row in model._default_manager.order_by("pk").values(*columns).iterator():
        if kept.pop(row["id"], None) != row:
            yield Difference(model._meta.db_table, row["id"], "the row differs from its newest history row")
    for pk in kept:
        yield Difference(model._meta.db_table, pk, "history without a row")


def signed_models() -> list[type[models.Model]]:
    """Tables whose rows name the act that wrote them: histories and insert-only tables with `event_id`."""
    histories = [model.history.model for model in tracked_models()]
    written_once = [
        model
        for model in apps.get_models()
        if issubclass(model, InsertOnly) and any(field.name == "event_id" for field in model._meta.fields)
    ]
    return histories + written_once


def unsigned(model: type[models.Model]) -> Iterator[Difference]:
    """Rows that name an act which never was; a table written once may say that a row is older than acts."""
    acts = Event.objects.filter(pk=models.OuterRef("event_id"))
    rows = unguarded(model).filter(~models.Exists(acts))
    if issubclass(model, InsertOnly):
        rows = rows.exclude(event_id=None)
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield Difference(model._meta.db_table, pk, "names no act")


def journal_gaps() -> Iterator[Difference]:
    """Numbers missing from the publication journal, up to its head."""
    there = set(Publication.objects.values_list("seq", flat=True))
    last = max(journal.head(), *there, 0)
    for seq in sorted(set(range(1, last + 1)) - there):
        yield Difference(Publication._meta.db_table, seq, "a number of the journal is missing")
    if there and last != journal.head():
        yield Difference(Publication._meta.db_table, last, "the journal goes beyond its head")


@transaction.atomic
def take_head() -> TrailHead:
    """Digest everything since the last head into a new one, chained to it, in one transaction.

    It waits for acts under way: on PostgreSQL a row with a lower key could else commit after the head.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{Event._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
    last = TrailHead.objects.order_by("-pk").first()
    counts, digest = _digest(last.counts if last else {}, last.digest if last else "")
    head = TrailHead(
        last_event_id=Event.objects.aggregate(last=models.Max("pk"))["last"] or 0,
        counts=counts,
        digest=digest,
        previous=last.digest if last else "",
        at=clock.now(),
    )
    head.save()
    return head


def broken_heads(known: list[dict[str, Any]] | None = None) -> list[str]:
    """Recompute all heads from the rows; `known` are lines kept outside the database. Empty when all fit."""
    wrong: list[str] = []
    counts: dict[str, int] = {}
    digest = ""
    heads = list(TrailHead.objects.order_by("pk"))
    for head in heads:
        counts, digest = _digest(counts, digest, upto=head.counts)
        if head.digest != digest:
            wrong.append(f"head {head.pk}: rows before it were altered")
            digest = head.digest
    here = {head.pk: head.digest for head in heads}
    for line in known or ():
        if here.get(line["id"]) != line["digest"]:
            wrong.append(f"head {line['id']}: differs from the copy kept outside")
    return wrong


def _digest(
    done: dict[str, int], previous: str, upto: dict[str, int] | None = None
) -> tuple[dict[str, int], str]:
    """SHA-256 over all Event and history rows after `done` (last key per table), chained to `previous`.

    Empty columns are left out, so that a column added later doesn't alter what was digested.
    """
    counts: dict[str, int] = {}
    hasher = hashlib.sha256(previous.encode())
    tables: list[type[models.Model]] = [Event, *(m.history.model for m in tracked_models())]
    for model in sorted(tables, key=lambda table: table._meta.db_table):
        table, key = model._meta.db_table, model._meta.pk.attname
        rows = unguarded(model).filter(pk__gt=done.get(table, 0)).order_by("pk")
        if upto is not None:
            rows = rows.filter(pk__lte=upto.get(table, 0))
        counts[table] = done.get(table, 0)
        for row in rows.values().iterator():
            counts[table] = row[key]
            kept = {column: value for column, value in row.items() if value is not None}
            hasher.update(f"\n{table}:{json.dumps(kept, sort_keys=True, default=_plain)}".encode())
    return counts, hasher.hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if hasattr(value, "astimezone"):
        return str(value.astimezone(clock.SHANGHAI).isoformat())
    return str(getattr(value, "token", value))
