"""Tables of the sunshine project."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.applications.models import Application
from relief.trail.tracked import Tracked


class Stage(models.TextChoices):
    DECLARED = "declared", _("declared by the household")
    VERIFIED = "verified", _("verified by the street")


class IncomeTotals(Tracked):
    """A household's monthly income by kind (家庭收入, 57号 art 13), yuan per month over all members.

    `deductions` are the rigid costs that may be taken off; `top_up` is the classified top-up (分类施保) in
    yuan per month that the street grants on top of the difference.
    """

    PARTS = ("wages", "business", "property_income", "transfers", "other")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="income_totals")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    persons = models.PositiveSmallIntegerField(_("persons"))
    wages = models.DecimalField(_("wages"), max_digits=12, decimal_places=2, default=0)
    business = models.DecimalField(_("net business income"), max_digits=12, decimal_places=2, default=0)
    property_income = models.DecimalField(
        _("net property income"), max_digits=12, decimal_places=2, default=0
    )
    transfers = models.DecimalField(_("net transfers"), max_digits=12, decimal_places=2, default=0)
    other = models.DecimalField(_("other income"), max_digits=12, decimal_places=2, default=0)
    deductions = models.DecimalField(_("deductions"), max_digits=12, decimal_places=2, default=0)
    top_up = models.DecimalField(_("classified top-up"), max_digits=12, decimal_places=2, default=0)

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("income totals")
        verbose_name_plural = _("income totals")
        constraints = [
            models.UniqueConstraint(fields=["application", "stage"], name="one_income_per_stage"),
        ]

    @property
    def counted(self) -> Decimal:
        """Counted income of the household, yuan per month; never below zero."""
        return max(
            sum((getattr(self, part) for part in self.PARTS), Decimal(0)) - self.deductions, Decimal(0)
        )
