"""Tables of corrections (更正): proposed by one person, approved by a second, never silent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.ledger.insert_only import InsertOnly
from relief.publicity.models import PublicList
from relief.trail.tracked import Root


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("not approved")


class Correction(Root):
    """A correction of a published list, with its note in both languages and, once approved, both digests.

    `edition` is the edition that it made (the first correction makes edition 2); counts are households and
    persons of the list after it.
    """

    public_list = models.ForeignKey(PublicList, on_delete=models.PROTECT, related_name="corrections")
    state = models.CharField(
        _("state"), max_length=10, choices=CorrectionState, default=CorrectionState.PROPOSED
    )
    note_zh = models.CharField(_("Chinese note"), max_length=400)
    note_en = models.CharField(_("English note"), max_length=400)
    edition = models.PositiveSmallIntegerField(_("edition"), null=True)
    digest_before = models.CharField(_("digest before"), max_length=64, blank=True)
    digest_after = models.CharField(_("digest after"), max_length=64, blank=True)
    entry_count = models.PositiveIntegerField(_("households"), null=True)
    person_count = models.PositiveIntegerField(_("persons"), null=True)
    proposed_on = models.DateField(_("proposed on"))
    decided_on = models.DateField(_("decided on"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta(Root.Meta):
        ordering = ("-pk",)
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.UniqueConstraint(fields=["public_list", "edition"], name="one_correction_per_edition"),
            models.UniqueConstraint(
                fields=["public_list"],
                condition=models.Q(state="proposed"),
                name="one_correction_at_a_time",
            ),
        ]


class RowChange(models.TextChoices):
    CHANGED = "changed", _("changed")
    ADDED = "added", _("added")
    REMOVED = "removed", _("removed")


class CorrectionRow(InsertOnly):
    """One row of a correction: what happens to it and why, by a class that the public may read.

    `version` is the case's when the correction was proposed: approving compares. What the row shows is read
    from the case, never typed. An added row gets its number when the correction is approved.
    """

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="rows")
    change = models.CharField(max_length=8, choices=RowChange)
    row_number = models.PositiveIntegerField(null=True)
    application_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    reason = models.CharField(max_length=20)
    response_id = models.BigIntegerField(null=True)
    event_id = models.BigIntegerField(db_index=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = "row of a correction"
