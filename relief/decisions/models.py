"""Tables of decisions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.applications.models import Application
from relief.confidential.sealed import SealedField
from relief.households.models import Person
from relief.ledger.insert_only import InsertOnly
from relief.places.models import Level
from relief.trail.tracked import Tracked


class HomeVisit(Tracked):
    """A visit at the household (入户调查, 57号 art 16): two visitors at least; all and a member sign.

    `visitors` are staff names as signed; `findings` are sealed under the household's key.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="visits")
    level = models.CharField(_("level"), max_length=10, choices=Level)
    visited_on = models.DateField(_("visited on"))
    visitors = models.JSONField(_("visitors"))
    member_present = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("member present")
    )
    findings = SealedField(_("findings"), purpose="visit.findings")

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("home visit")
        verbose_name_plural = _("home visits")


class CheckResult(models.TextChoices):
    CONSISTENT = "consistent", _("consistent with the declaration")
    MISMATCH = "mismatch", _("not consistent with the declaration")


class CrossCheck(Tracked):
    """Result of the data cross-check (信息核对, 57号 art 17); what the sources said is sealed."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="cross_checks")
    checked_on = models.DateField(_("checked on"))
    result = models.CharField(_("result"), max_length=12, choices=CheckResult)
    remarks = SealedField(_("remarks"), purpose="cross-check.remarks", null=True)

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("cross-check")
        verbose_name_plural = _("cross-checks")


class Opinion(InsertOnly):
    """What one level said on a case: 社区审查意见, 初审意见, 审核确认意见. Written once.

    Amounts are yuan per month; the words are sealed under the household's key.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="opinions")
    level = models.CharField(max_length=10, choices=Level)
    act = models.CharField(max_length=20)
    favourable = models.BooleanField()
    reason = models.CharField(max_length=40, blank=True)
    persons = models.PositiveSmallIntegerField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    top_up = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    words = SealedField(purpose="opinion.words", null=True)
    officer_id = models.BigIntegerField()
    officer_name = models.CharField(max_length=40)
    event_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
