"""What hangs on a response: uploads, and the draft of a web form that isn't sent yet (both sealed)."""

from __future__ import annotations

import uuid

from django.db import models

from relief.confidential.sealed import SealedField
from relief.ledger.insert_only import InsertOnly
from relief.publicity.models import PublicList, Response


class ResponseFile(InsertOnly):
    """A picture that came with a response, decoded and encoded anew; its bytes lie sealed in storage."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="files")
    stored_as = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    event_id = models.BigIntegerField(db_index=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = "file of a response"


class ResponseDraft(models.Model):
    """Answers typed so far on the web, sealed under a key of their own; deleted when sent or after a day."""

    code = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    public_list = models.ForeignKey(PublicList, on_delete=models.PROTECT, related_name="+")
    answers = SealedField(purpose="response-draft.answers", null=True)
    stored_as = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()

    class Meta:
        verbose_name = "draft of a response"
