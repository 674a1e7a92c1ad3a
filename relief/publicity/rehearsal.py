"""A list as it will stand in public, on a stage: for its forms to be drawn before it is published."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from relief.applications.models import Application
from relief.confidential.sealed import Sealed
from relief.ledger.models import JournalHead, Publication
from relief.publicity.amounts import sum_of
from relief.publicity.digest import SALT_BYTES, commitment, digest_of, head_document
from relief.publicity.freeze import document_number, shows_counts_only
from relief.publicity.models import Channel, Entry, ListKind, ListState, Posting, PublicList, PublicRow
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.models import Event
from relief.trail.record import event_for
from relief.trail.stage import put, staged

#: primary keys on the stage are negative, so that no real row is met
NOBODY = -1


@contextmanager
def rehearsed(public_list: PublicList, rows: Sequence[Mapping[str, Any]]) -> Iterator[PublicList]:
    """The list as published today with these rows, under its own number or a placeholder (…-000).

    Only this connection sees it, only while the block runs; the real tables are neither written nor locked.
    """
    shown = _as_published(public_list, rows)
    tables = {
        PublicList: shown.pk, Entry: None, PublicRow: None, Posting: None, Event: None, Publication: None
    }  # fmt: skip
    events = _events_of(public_list, shown)
    entries, public = _rows_of(shown, rows)
    web = Posting(
        pk=NOBODY,
        public_list=shown,
        channel=Channel.WEB,
        posted_on=clock.today(),
        officer_name="",
        event_id=0,
    )
    if public_list.number is None:
        shown.counts_only = shows_counts_only(shown.kind, len(rows))
    shown.amount_sum = sum_of(shown, rows, counts_only=bool(shown.counts_only))
    journal = _journal_of(shown)
    with staged(tables):
        put(PublicList, [shown])
        put(Entry, entries)
        put(PublicRow, [] if shown.counts_only else public)
        put(Posting, [web])
        put(Event, events)
        put(Publication, journal)
        yield PublicList.objects.select_related("area").get(pk=shown.pk)


def _as_published(public_list: PublicList, rows: Sequence[Mapping[str, Any]]) -> PublicList:
    shown = copy.copy(public_list)
    shown._state = copy.copy(public_list._state)
    shown.pk = public_list.pk or NOBODY
    shown.entry_count = len(rows)
    if public_list.number is None:
        today = clock.today()
        shown.number = f"{public_list.kind}-{public_list.area_id}-{today.year}-000"
        shown.index_number = f"MZ-{shown.number.upper()}"
        shown.document_number = document_number(shown, shown.number)
        shown.published_at = clock.now()
        before_approval = public_list.kind == ListKind.PRE_APPROVAL
        shown.state = ListState.RUNNING if before_approval else ListState.ANNOUNCED
        shown.days = shown.days or (7 if before_approval else None)
        shown.names_until = None if before_approval else _later(public_list.names_until, today)
    return shown


def _events_of(public_list: PublicList, shown: PublicList) -> list[Event]:
    """What happened to the list so far, and that it was published today if it wasn't yet."""
    known = list(Event.objects.filter(subject_code=public_list.code).order_by("pk"))
    if public_list.number is None:
        act = "publish-list" if public_list.kind == ListKind.PRE_APPROVAL else "announce-list"
        actor = Robot("rehearsal").actor()
        new = event_for(act, shown, actor=actor, area=shown.area_id, to_state=shown.state)
        new.pk = NOBODY
        known.append(new)
    return known


def _journal_of(shown: PublicList) -> list[Publication]:
    """The list's own lines of the publication journal, and the one that its publishing will write."""
    known = list(Publication.objects.filter(ref=shown.number))
    what = "correct" if known else "list"
    seq = JournalHead.objects.values_list("seq", flat=True).first() or 0
    facts = {"kind": what, "ref": shown.number, "digest": shown.digest, "event_id": NOBODY, "at": clock.now()}
    return [*known, Publication(seq=seq + 1, **facts)]


def _later(day: date | None, today: date) -> date:
    return max(day, today) if day else today


def _rows_of(shown: PublicList, rows: Sequence[Mapping[str, Any]]) -> tuple[list[Entry], list[PublicRow]]:
    """Entries and public rows with fresh salts; the digest is set on the list."""
    cases = _cases([str(row["code"]) for row in rows])
    entries, public = [], []
    for place, row in enumerate(rows, start=1):
        salt = os.urandom(SALT_BYTES)
        entry = Entry(
            pk=-place,
            public_list=shown,
            row_number=row["row"],
            application_id=cases.get(str(row["code"]), 0),
            row_code=row["code"],
            commitment=commitment(salt, row),
            sealed_row=Sealed(b""),
            event_id=0,
        )
        entries.append(entry)
        facts = {"row_number": row["row"], "salt": salt.hex(), "row": dict(row)}
        public.append(PublicRow(pk=-place, entry=entry, public_list=shown, **facts))
    document = head_document(
        number=str(shown.number),
        kind=shown.kind,
        area=shown.area_id,
        revision=shown.revision,
        columns=shown.columns,
        commitments=[entry.commitment for entry in entries],
    )
    shown.digest = digest_of(document)
    return entries, public


def _cases(codes: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(codes), 500):
        part = Application.objects.filter(row_code__in=codes[start : start + 500])
        found |= dict(part.values_list("row_code", "pk"))
    return found
