"""Documents that editors choose; their versions are in `version_models`."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from portal.attachments.lines import VersionLine, version_lines
from portal.attachments.shown import address_shown, version_shown
from portal.attachments.versions import keep_version

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
        with transaction.atomic():
            super().save(*args, **kwargs)
            keep_version(self)

    @property
    def url(self) -> str:
        """Address of the version shown here: the page's own, else the newest public, else the newest."""
        version = version_shown(self)
        return address_shown(version) if version else reverse("document", args=[self.token, self.filename])

    @property
    def newest_url(self) -> str:
        """Stable address that leads to the newest public version."""
        return reverse("newest-document", args=[self.token])

    def version_lines(self) -> list[VersionLine]:
        """All versions for the editors' screen, newest first."""
        return version_lines(self)

    @property
    def is_private(self) -> bool:
        """Whether its collection is closed to the public, whatever pages say."""
        return self.collection.get_view_restrictions().exists()
