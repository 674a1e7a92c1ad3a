"""What the finder keeps of files: derived from their bytes, and made anew where it is lost."""

from __future__ import annotations

from django.db import models


class AttachmentText(models.Model):
    """The words of one file that a public page shows, by its digest; no longer than a page shows it.

    `unread` holds codes of what could not be read, divided by spaces. `read_at` is empty until a reading came
    to its end; after `tries` that didn't, the file counts as broken.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField(blank=True)
    unread = models.CharField(max_length=200, blank=True)
    #: the reader that read it last: with another one every file is read again
    reader = models.CharField(max_length=12)
    tries = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = "text of an attachment"
