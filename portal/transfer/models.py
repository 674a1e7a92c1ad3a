"""The table of the way in and out: every export and every import is one row, and one act of the trail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.trail.tracked import Root


class Way(models.TextChoices):
    OUT = "out", _("export")
    IN = "in", _("import")


class Transfer(Root):
    """An export or import of the portal's texts (整站导出导入), known by the SHA-256 of its file.

    `origin` is the public address of the portal that the file was made by, `made_at` when.
    """

    way = models.CharField(max_length=3, choices=Way)
    file_digest = models.CharField(max_length=64)
    origin = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("export or import of texts")
        verbose_name_plural = _("exports and imports of texts")
