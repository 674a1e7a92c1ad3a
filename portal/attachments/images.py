"""Pictures of editors' pages: the original stays private under a random name, pages show renditions."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import PurePath
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page, ReferenceIndex

#: the only folder under MEDIA_ROOT that is served; originals and documents lie beside it
RENDITIONS = "images"


class PortalImage(AbstractImage):
    """An uploaded picture, encoded anew without metadata by the upload form (`forms.PictureField`)."""

    #: digest of the stored bytes
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def get_upload_to(self, filename: str) -> str:
        """A random name: the editor's file name may say more than the picture."""
        return f"originals/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and (self._state.adding or not self.file._committed):
            with self.open_file() as file:
                self.sha256 = hashlib.sha256(file.read()).hexdigest()
                file.seek(0)
        super().save(*args, **kwargs)


class PictureInUse(PermissionDenied):
    """A picture that a public page shows stays until the page goes on without it."""

    def __init__(self) -> None:
        self.reasons = [_("A public page shows this picture. Change or withdraw the page first.")]
        super().__init__(str(self.reasons[0]))


def refuse_if_shown(sender: Any, instance: PortalImage, **kwargs: Any) -> None:
    """Receiver of `pre_delete`: single, bulk and by queryset."""
    pages = ReferenceIndex.get_references_to(instance).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = [int(key) for key in pages.values_list("object_id", flat=True)]
    if Page.objects.filter(pk__in=keys, live=True).exists():
        raise PictureInUse


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
