"""Own image and document models: public addresses carry a random token, never a database id."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page, ReferenceIndex

#: the only folder under MEDIA_ROOT that is served; originals and documents lie beside it
RENDITIONS = "images"


class PortalImage(AbstractImage):
    """An uploaded picture. The original stays private under a random name; pages show renditions of it."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def get_upload_to(self, filename: str) -> str:
        """A random name: the editor's file name may say more than the picture."""
        return f"originals/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"


class PortalRendition(AbstractRendition):
    """A picture in the size that a page shows, named after the original's random name."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            ),
        ]

    def get_upload_to(self, filename: str) -> str:
        return f"{RENDITIONS}/{PurePath(filename).name}"


def document_path(document: PortalDocument, filename: str) -> str:
    """A folder of its own by token, so that a second file of the same name keeps its name."""
    return f"documents/{document.token.hex}/{PurePath(filename).name}"


class PortalDocument(AbstractDocument):
    """A file for download (附件). It is public while a live page offers it."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=document_path, max_length=255)
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def url(self) -> str:
        """Address under `/files/`, by token and file name."""
        return reverse("document", args=[self.token, self.filename])

    def is_public(self) -> bool:
        """Whether a live, unrestricted page links to it and its collection is not private."""
        if self.collection.get_view_restrictions().exists():
            return False
        offering = ReferenceIndex.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            to_content_type=ContentType.objects.get_for_model(PortalDocument),
            to_object_id=str(self.pk),
        ).values_list("object_id", flat=True)
        pages = [int(pk) for pk in offering]
        return Page.objects.live().public().filter(pk__in=pages).exists()
