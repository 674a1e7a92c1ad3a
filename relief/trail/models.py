"""Tables of the audit trail: acts, looks, refusals, heads, witnesses."""

from __future__ import annotations

from typing import Any

from django.db import models

from relief.ledger.insert_only import InsertOnly


class ActorColumns(models.Model):
    """Snapshot of the actor in every row of the trail."""

    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80)
    actor_role = models.CharField(max_length=40, blank=True)
    actor_office = models.CharField(max_length=120, blank=True)
    actor_area = models.CharField(max_length=8, blank=True)

    class Meta:
        abstract = True


class Event(ActorColumns, InsertOnly):
    """One act in the law's words: exactly one per thing moved.

    `words` are sealed under the household's key by the verb; the trail can't read them.
    A list act is one event for the list and one per case, linked by `cause_id`.
    """

    act = models.CharField(max_length=40, db_index=True)
    subject_kind = models.CharField(max_length=40)
    subject_code = models.UUIDField()
    area = models.CharField(max_length=8, blank=True, db_index=True)
    from_state = models.CharField(max_length=32, blank=True)
    to_state = models.CharField(max_length=32, blank=True)
    reason = models.CharField(max_length=64, blank=True)
    words = models.BinaryField(null=True)
    clause = models.CharField(max_length=80, blank=True)
    standards = models.JSONField(default=dict)
    cause_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("id",)
        verbose_name = "event"
        indexes = [
            models.Index(fields=["subject_kind", "subject_code", "id"], name="event_subject_ix"),
            models.Index(fields=["actor_id", "id"], name="event_actor_ix"),
        ]


class Access(ActorColumns, InsertOnly):
    """One look at sealed data: who opened what of whom, for which purpose, and on which case (if on one)."""

    purpose = models.CharField(max_length=64)
    subjects = models.JSONField()
    columns = models.JSONField()
    case_code = models.UUIDField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("id",)
        verbose_name = "access"
        indexes = [models.Index(fields=["case_code", "id"], name="access_case_ix")]


class Refusal(ActorColumns, InsertOnly):
    """One refused act, written after the rollback. Codes only: what was typed is not kept."""

    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    reasons = models.JSONField(default=list)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_code = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("id",)
        verbose_name = "refusal"


class TrailHead(InsertOnly):
    """State of the trail at a moment; also written to a file outside the database (防篡改存证)."""

    last_event_id = models.BigIntegerField()
    counts = models.JSONField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name = "trail head"

    def as_line(self) -> dict[str, Any]:
        """The line of the outside file."""
        return {
            "id": self.pk,
            "last_event": self.last_event_id,
            "counts": self.counts,
            "previous": self.previous,
            "digest": self.digest,
            "at": self.at.isoformat(),
        }


class Witness(models.Model):
    """Counts the real writes of a tracked row; kept by trigger, never by Python."""

    table_name = models.CharField(max_length=64)
    row_id = models.BigIntegerField()
    writes = models.PositiveIntegerField()

    class Meta:
        verbose_name = "witness"
        constraints = [
            models.UniqueConstraint(fields=["table_name", "row_id"], name="witness_once"),
        ]
