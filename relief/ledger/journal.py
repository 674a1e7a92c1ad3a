"""Append to the journal, ask its head, read on from a cursor."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import models, transaction

from relief.ledger.models import JournalHead, Publication


def append(kind: str, ref: str, digest: str, *, event_id: int, at: datetime) -> Publication:
    """Write the next row of the journal. Call it last in the publishing transaction: it locks the head."""
    if kind not in Publication.KINDS:
        raise ValueError(f"unknown kind of publication: {kind}")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the journal is written inside the publishing transaction only")
    # Counting up in the UPDATE itself locks the row on both databases until commit.
    JournalHead.objects.filter(pk=1).update(seq=models.F("seq") + 1)
    return Publication.objects.create(
        seq=head(), kind=kind, ref=ref, digest=digest, event_id=event_id, at=at.astimezone(UTC)
    )


def head() -> int:
    """Number of the newest row: the generation named by every ETag. 0 before the first."""
    return JournalHead.objects.values_list("seq", flat=True).get(pk=1)


def since(cursor: int) -> models.QuerySet[Publication]:
    """Rows after `cursor`, in order."""
    return Publication.objects.filter(seq__gt=cursor).order_by("seq")
