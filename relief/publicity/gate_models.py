"""The verdict of the publish gate (发布前隐私检查), kept for ever."""

from __future__ import annotations

from django.db import models

from relief.ledger.insert_only import InsertOnly
from relief.publicity.models import PublicList


class GateVerdict(InsertOnly):
    """What the gate said of every form of a list, bound to the digest of rows, columns and templates.

    A list that is made and published in one act has none yet when it is inspected; it is bound to it then.
    `findings` name form, place and kind of what was found, never the value. Insert-only; the newest with the
    right fingerprint counts.
    """

    public_list = models.ForeignKey(
        PublicList, on_delete=models.PROTECT, related_name="gate_verdicts", null=True
    )
    fingerprint = models.CharField(max_length=64, db_index=True)
    passed = models.BooleanField()
    findings = models.JSONField()
    forms = models.JSONField()
    event_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "verdict of the gate"
