"""Table of translations (译文记事): begun, confirmed against the source, decided not to be needed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing.models import PageRecord
from relief.ledger.insert_only import InsertOnly


class MarkKind(models.TextChoices):
    """What a mark says of a text's translation."""

    BEGUN = "begun", _("begun")
    CONFIRMED = "confirmed", _("confirmed against the Chinese text")
    NOT_NEEDED = "not_needed", _("not needed")
    NEEDED = "needed", _("needed after all")


class TranslationMark(InsertOnly):
    """One thing that an officer said of the English text of a Chinese page; `record` is the Chinese page's.

    `source_change_id` is the last public change of the source that the text takes in, None before the first;
    `twin_revision_id` is the version of the translation that does so: later versions inherit it.
    """

    record = models.ForeignKey(PageRecord, on_delete=models.PROTECT, related_name="translation_marks")
    kind = models.CharField(max_length=12, choices=MarkKind)
    twin_id = models.BigIntegerField(null=True)
    twin_revision_id = models.BigIntegerField(null=True)
    source_change_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=80)
    event_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = "translation mark"
