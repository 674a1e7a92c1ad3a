"""Verdicts of the privacy gate on pages, and what a second person released; both kept for ever."""

from __future__ import annotations

from django.db import models

from relief.ledger.insert_only import InsertOnly


class GateVerdict(InsertOnly):
    """What the gate said of one revision of a page and of the files that it carries.

    Bound to digests of what was read (`content`, `files`, hexadecimal SHA-256) and to the release of the
    rules. `findings` hold code, place and an excerpt in which nothing of the value is left. Page and revision
    are numbers, no links: a draft may be thrown away, its verdict stays. `authors` are the accounts that
    wrote the text since the live one, `asked_by` the officer who asked (none for a robot).
    """

    page_id = models.BigIntegerField(db_index=True)
    revision_id = models.BigIntegerField(db_index=True)
    content = models.CharField(max_length=64)
    files = models.JSONField()
    rules = models.CharField(max_length=12)
    passed = models.BooleanField()
    findings = models.JSONField()
    authors = models.JSONField()
    asked_by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    event_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "verdict of the gate of pages"


class GateRelease(InsertOnly):
    """A second person says why the findings of a verdict don't stand in the way (第二人放行)."""

    verdict = models.ForeignKey(GateVerdict, on_delete=models.PROTECT, related_name="releases")
    reason = models.CharField(max_length=500)
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=80)
    event_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "release of a verdict"
        constraints = [models.UniqueConstraint(fields=["verdict"], name="one_release_per_verdict")]
