"""Tables of awards."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.applications.models import Application
from relief.households.models import Household, Person
from relief.places.models import Area
from relief.publicity.models import Entry
from relief.trail.tracked import Root, Tracked


class AwardStatus(models.TextChoices):
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")


class ImportBatch(Root):
    """One accepted file of standing households (存量家庭导入). Counts are rows of the file."""

    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    rows_read = models.PositiveIntegerField(_("rows read"))
    households = models.PositiveIntegerField(_("households"))
    persons = models.PositiveIntegerField(_("persons"))

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")


class Award(Root):
    """A household's (or one person's) standing right to a benefit."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="awards")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    benefit = models.CharField(_("benefit"), max_length=20)
    community = models.ForeignKey(
        Area, on_delete=models.PROTECT, to_field="number", related_name="+", verbose_name=_("community")
    )
    status = models.CharField(_("status"), max_length=10, choices=AwardStatus, default=AwardStatus.ACTIVE)
    #: A, B or C where the district uses classes (分类管理), as its own files say; unknown for decided cases
    household_class = models.CharField(_("household class"), max_length=4, null=True)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            models.UniqueConstraint(
                fields=["household", "benefit"],
                condition=models.Q(person=None) & ~models.Q(status="ended"),
                name="one_award_per_household",
            ),
            models.UniqueConstraint(
                fields=["person", "benefit"],
                condition=models.Q(person__isnull=False) & ~models.Q(status="ended"),
                name="one_award_per_person",
            ),
        ]


class AwardPeriod(Tracked):
    """Amount (yuan per month) and persons, from a month until a month (both first days, until exclusive).

    It comes from a frozen entry of an announcement, from an import batch, or, where the rule set announces
    nothing, from the decided case itself.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="periods")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    persons = models.PositiveSmallIntegerField(_("persons"))
    #: counted income, yuan per month, as an import states it; a decided case keeps its own worksheet
    household_income = models.DecimalField(_("household income"), max_digits=12, decimal_places=2, null=True)
    from_month = models.DateField(_("from month"))
    until_month = models.DateField(_("until month"), null=True)
    source_entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    import_batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="+")
    source_case = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("award period")
        verbose_name_plural = _("award periods")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source_entry__isnull=False, import_batch=None, source_case=None)
                | models.Q(source_entry=None, import_batch__isnull=False, source_case=None)
                | models.Q(source_entry=None, import_batch=None, source_case__isnull=False),
                name="award_period_has_one_source",
            ),
        ]


class AwardChange(Tracked):
    """Links a case to the award that it opened or changed."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="award_changes")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="changes")

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("award change")
        verbose_name_plural = _("award changes")


class AdjustmentKind(models.TextChoices):
    CHANGED = "changed", _("changed")
    ENDED = "ended", _("ended")


class Adjustment(Root):
    """A decided change or ending of an award (调整, 终止), announced in its street's next list (变更公告).

    Amount in yuan per month and persons are those after the change, nothing for an ending; `from_month` is
    the first day of the first month that it holds for. `entry` is its frozen place once it is announced.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="adjustments")
    kind = models.CharField(_("kind"), max_length=8, choices=AdjustmentKind)
    reason = models.CharField(_("reason class"), max_length=20)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True)
    persons = models.PositiveSmallIntegerField(_("persons"), null=True)
    from_month = models.DateField(_("from month"))
    decided_on = models.DateField(_("decided on"))
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        constraints = [
            models.UniqueConstraint(
                fields=["award"], condition=models.Q(entry=None), name="one_open_adjustment_per_award"
            ),
        ]
