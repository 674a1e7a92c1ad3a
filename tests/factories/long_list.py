"""A published list of any length in no time: rows written as freezing would, without cases behind them."""

from __future__ import annotations

from django.db import transaction

from relief.confidential.sealed import Sealed
from relief.ledger import journal
from relief.ledger.codes import check_code
from relief.publicity.digest import commitment, digest_of, head_document
from relief.publicity.models import Entry, ListState, PublicList, PublicRow
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from tests.factories import stages

SALT = bytes(16)
CHUNK = 2_000


def row_of(number: int, columns: list[str]) -> dict[str, int | str]:
    """A made-up household; money differs from row to row."""
    values: dict[str, int | str] = {
        "row": number,
        "code": check_code(f"{number:010x}" + "0" * 54),
        "name": ("王*英", "欧阳*华", "李*")[number % 3],
        "community": ("10101", "10102")[number % 2],
        "persons": 1 + number % 5,
        "income_per_head": f"{number % 1300}.{number % 100:02d}",
        "difference": f"{number % 1500}.50",
        "top_up": "0.00",
        "amount": f"{number % 1500}.50",
    }
    return {key: values[key] for key in columns}


def running_list(rows: int) -> PublicList:
    """A running list of street 101 whose digest and commitments hold; the small list it grew from is gone."""
    found = stages.running(stages.ground(), 1).list
    with transaction.atomic():
        event = record("publish-list", found, actor=Robot("test").actor(), area="101")
        commitments = list(found.entries.values_list("commitment", flat=True))
        for start in range(2, rows + 1, CHUNK):
            commitments += _write(found, range(start, min(start + CHUNK, rows + 1)), event.pk)
        head = head_document(
            number=found.number or "",
            kind=found.kind,
            area=found.area_id,
            revision=found.revision,
            columns=found.columns,
            commitments=commitments,
        )
        changes = {"digest": digest_of(head), "entry_count": rows, "state": ListState.RUNNING}
        found = set_if(found, found.version, changes, event)
        journal.append("list", found.number or "", found.digest, event_id=event.pk, at=event.at)
    return found


def _write(found: PublicList, numbers: range, event: int) -> list[str]:
    entries, shown = [], []
    for number in numbers:
        row = row_of(number, found.columns)
        entry = Entry(
            public_list=found,
            row_number=number,
            row_code=str(row["code"]),
            commitment=commitment(SALT, row),
            sealed_row=Sealed(b""),
            event_id=event,
        )
        entries.append(entry)
        shown.append(PublicRow(public_list=found, row_number=number, salt=SALT.hex(), row=row))
    for entry, line in zip(Entry.objects.bulk_create(entries), shown, strict=True):
        line.entry = entry
    PublicRow.objects.bulk_create(shown)
    return [entry.commitment for entry in entries]
