"""Versions of documents, and which version which page has made public."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from relief.ledger.insert_only import InsertOnly


class WasPublic(PermissionDenied):
    """A document that the public has seen is withdrawn with its page, never deleted."""

    def __init__(self) -> None:
        self.reasons = [
            _("This document has been public. It can't be deleted; withdraw the page that carries it.")
        ]
        super().__init__(str(self.reasons[0]))


class FileVersion(InsertOnly):
    """One upload of a document, for ever: number, bytes by digest, who, when. Its address never changes.

    No constraint holds it to its document: a document that was never public may go, with its bytes; that it
    was there, by whom and with which digest, stays.
    """

    document = models.ForeignKey(
        "portal.PortalDocument", on_delete=models.DO_NOTHING, db_constraint=False, related_name="versions"
    )
    number = models.PositiveIntegerField()
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    file = models.FileField(max_length=255)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    #: bytes
    size = models.PositiveBigIntegerField()
    #: found from the bytes, never from the name
    media_type = models.CharField(max_length=100)
    note = models.CharField(max_length=200, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    uploaded_at = models.DateTimeField()

    #: the public versions of the document with their standing, where they were read along (`public.shown_on`)
    beside: Any = None

    class Meta:
        verbose_name = _("version of a file")
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="file_version_number_once"),
        ]

    @property
    def url(self) -> str:
        """Address under `/files/` that serves exactly these bytes."""
        return reverse("document", args=[self.token, self.filename])

    @property
    def etag(self) -> str:
        return f'"{self.sha256}"'


class Showing(models.TextChoices):
    """What became of a version on a page."""

    SHOWN = "shown", _("shown")
    #: the page goes on without it: replaced or left out; its address stays
    ENDED = "ended", _("no longer shown")
    #: the page was removed: its files answer 410
    WITHHELD = "withheld", _("withdrawn")


class PublicFile(InsertOnly):
    """A page begins to show a version, ends it or is removed: the newest row of version and page holds.

    `page_code` is the code of the page's record, `event_id` the act of publishing that wrote the row (empty
    only for what was public before publishing became an act).
    """

    version = models.ForeignKey(FileVersion, on_delete=models.PROTECT, related_name="showings")
    page_code = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=Showing.choices)
    event_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("public file")
        ordering = ("id",)
