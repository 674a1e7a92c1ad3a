"""Documents that editors choose, their versions, and which version which page has made public."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from relief.ledger.insert_only import InsertOnly

#: bytes of a file's name in storage; file systems end at 255, and a Chinese character takes three
MOST_NAME_BYTES = 150


def document_path(document: PortalDocument, filename: str) -> str:
    """A folder of its own for each upload, so that a later file of the same name keeps its name."""
    return f"documents/{document.token.hex}/{uuid.uuid4().hex[:12]}/{_short(PurePath(filename).name)}"


def _short(name: str) -> str:
    """The name cut before its extension to what every file system keeps."""
    path = PurePath(name)
    stem = path.stem.encode()[: MOST_NAME_BYTES - len(path.suffix.encode())].decode("utf-8", "ignore")
    return f"{stem}{path.suffix}"


class WasPublic(PermissionDenied):
    """A document that the public has seen is withdrawn with its page, never deleted."""

    def __init__(self) -> None:
        self.reasons = [
            _("This document has been public. It can't be deleted; withdraw the page that carries it.")
        ]
        super().__init__(str(self.reasons[0]))


class PortalDocument(AbstractDocument):
    """A file for download (附件): the stable thing that editors choose. Its content are its versions.

    `file` is the newest version's. `token` is the address of the first version and the name of the newest.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=document_path, max_length=255)
    admin_form_fields = Document.admin_form_fields

    #: who uploads, and what they noted; set by the form before it saves
    uploader: Any = None
    upload_note: str = ""

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        """Wagtail's word on a name's ending is for a file that was taken; of a refused one none is there."""
        if self.file:
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A file that no version holds yet becomes the next version, in the same transaction."""
        from portal.attachments.versions import keep_version

        with transaction.atomic():
            super().save(*args, **kwargs)
            keep_version(self)

    @property
    def url(self) -> str:
        """Address of the version shown here: the page's own, else the newest public, else the newest."""
        from portal.attachments.shown import address_shown, version_shown

        version = version_shown(self)
        return address_shown(version) if version else reverse("document", args=[self.token, self.filename])

    @property
    def newest_url(self) -> str:
        """Stable address that leads to the newest public version."""
        return reverse("newest-document", args=[self.token])

    def version_lines(self) -> list[Any]:
        """All versions for the editors' screen, newest first."""
        from portal.attachments.lines import version_lines

        return version_lines(self)

    @property
    def is_private(self) -> bool:
        """Whether its collection is closed to the public, whatever pages say."""
        return self.collection.get_view_restrictions().exists()


class FileVersion(InsertOnly):
    """One upload of a document, for ever: number, bytes by digest, who, when. Its address never changes.

    No constraint holds it to its document: a document that was never public may go, with its bytes; that it
    was there, by whom and with which digest, stays.
    """

    document = models.ForeignKey(
        PortalDocument, on_delete=models.DO_NOTHING, db_constraint=False, related_name="versions"
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
