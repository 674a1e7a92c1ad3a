"""Tables of the catalogue: what editors did to a row. What a row is stands in `rows.py`, in code."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.catalogue.rows import BY_KEY, Row
from relief.officers.models import Officer
from relief.trail.tracked import Root, Tracked

#: a row's code follows from its key, so that every site and every import calls it the same
NAMESPACE = uuid.UUID("6f0c2a52-6a0e-5d4c-9a53-2f6f7f0b7d13")


def code_of(key: str) -> uuid.UUID:
    """The stable id of a row, for ever."""
    return uuid.uuid5(NAMESPACE, key)


class CatalogueRow(Root):
    """One row of the catalogue as a thing that acts speak of; nobody renames, moves or deletes it."""

    key = models.CharField(_("row"), max_length=32, unique=True)
    checked_at = models.DateTimeField(_("checked on"), null=True)
    checked_by = models.CharField(_("checked by"), max_length=80, blank=True)
    owner = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("person in charge")
    )
    owner_note = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("row of the catalogue")

    @property
    def row(self) -> Row:
        """Its words, basis, limit and channels."""
        return BY_KEY[self.key]


class CatalogueItem(Tracked):
    """A page that an editor put into a row or took out of it, by the uuid that its translations share."""

    row = models.ForeignKey(CatalogueRow, on_delete=models.PROTECT, related_name="items")
    page_key = models.UUIDField(_("page"))
    title = models.CharField(_("title"), max_length=255)
    attached = models.BooleanField(_("in the row"), default=True)

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("page in a row of the catalogue")
        constraints = [
            models.UniqueConstraint(fields=["row", "page_key"], name="one_item_per_page_and_row"),
        ]


class Statement(Tracked):
    """ "Nothing this period" (本期无此项信息), signed: who, why, until when."""

    row = models.ForeignKey(CatalogueRow, on_delete=models.PROTECT, related_name="statements")
    why_zh = models.CharField(_("reason in Chinese"), max_length=200)
    why_en = models.CharField(_("reason in English"), max_length=200)
    until = models.DateField(_("until"))
    made_at = models.DateTimeField(_("signed on"))
    made_by = models.CharField(_("signed by"), max_length=80)
    office = models.CharField(_("office"), max_length=120, blank=True)
    ended_at = models.DateTimeField(_("ended on"), null=True)

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("statement on an empty row")


class CheckRun(models.Model):
    """The newest result of the check, kept by the nightly run so that the start page can warn."""

    at = models.DateTimeField()
    red = models.PositiveIntegerField()
    amber = models.PositiveIntegerField()
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("result of the check")
