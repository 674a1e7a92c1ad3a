"""Table of handovers."""

from __future__ import annotations

from django.db import models

from relief.ledger.insert_only import InsertOnly
from relief.officers.models import Officer


class Handover(InsertOnly):
    """That an officer's texts and rows of the catalogue went to another one: which, why, by which act.

    `texts` are numbers of pages, `rows` keys of rows.
    """

    leaver = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    texts = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    by_name = models.CharField(max_length=80)
    event_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "handover"
