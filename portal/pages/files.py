"""Own image and document models: public addresses carry a random token, never a database id."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        pass


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            ),
        ]


class PortalDocument(AbstractDocument):
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        pass

    @property
    def url(self) -> str:
        """Address under `/files/`, by token and file name."""
        return reverse("document", args=[self.token, self.filename])
