"""Tables of decisions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.applications.models import Application
from relief.confidential.sealed import SealedField
from relief.households.models import Person
from relief.ledger.insert_only import InsertOnly
from relief.places.models import Level
from relief.trail.tracked import Root, Tracked


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


class Source(models.TextChoices):
    """Who answered the cross-check (核对信息来源, 57号 art 17)."""

    REPORT = "report", _("the district's combined report")
    HOUSEHOLD_REGISTER = "household-register", _("household register")
    TAX = "tax", _("tax")
    SOCIAL_INSURANCE = "social-insurance", _("social insurance")
    REAL_ESTATE = "real-estate", _("real estate")
    BUSINESS = "business", _("business registration")
    HOUSING_FUND = "housing-fund", _("housing fund")
    VEHICLES = "vehicles", _("vehicles and ships")
    DEPOSITS = "deposits", _("bank deposits")
    SECURITIES = "securities", _("securities and insurance")


class CheckResult(models.TextChoices):
    CONSISTENT = "consistent", _("consistent with the declaration")
    MISMATCH = "mismatch", _("not consistent with the declaration")


class CheckBatch(Root):
    """One imported file of cross-check results (核对结果批次). The file itself isn't kept, its digest is."""

    source = models.CharField(_("source"), max_length=20, choices=Source)
    file_digest = models.CharField(_("digest of the file"), max_length=64, unique=True)
    rows = models.PositiveIntegerField(_("rows"))
    mismatches = models.PositiveIntegerField(_("mismatches"))

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("batch of cross-checks")
        verbose_name_plural = _("batches of cross-checks")


class CrossCheck(Tracked):
    """What one source answered (信息核对, 57号 art 17); the words are sealed.

    No source means the district's combined report. A mismatch needs the street's `explanation`.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="cross_checks")
    checked_on = models.DateField(_("checked on"))
    result = models.CharField(_("result"), max_length=12, choices=CheckResult)
    remarks = SealedField(_("remarks"), purpose="cross-check.remarks", null=True)
    source = models.CharField(_("source"), max_length=20, choices=Source, null=True)
    explanation = SealedField(_("explanation"), purpose="cross-check.explanation", null=True)
    batch = models.ForeignKey(
        CheckBatch, on_delete=models.PROTECT, null=True, related_name="checks", verbose_name=_("batch")
    )

    @property
    def origin(self) -> Source:
        """The source that answered."""
        return Source(self.source or Source.REPORT)

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


class DemocraticReview(Tracked):
    """A meeting that discussed one case (民主评议): residents' representatives and how they voted.

    57号 art 19 allows it after an objection; 220号 asks it for every case. Persons are counted persons.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="democratic_reviews")
    held_on = models.DateField(_("held on"))
    participants = models.PositiveSmallIntegerField(_("participants"))
    representatives = models.PositiveSmallIntegerField(_("residents' representatives among them"))
    votes_for = models.PositiveSmallIntegerField(_("votes for"))
    votes_against = models.PositiveSmallIntegerField(_("votes against"))
    minutes = SealedField(_("minutes"), purpose="democratic-review.minutes")

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("democratic review")
        verbose_name_plural = _("democratic reviews")


class HitKind(models.TextChoices):
    """What a match with the registers found (比对命中)."""

    DEATH = "death", _("a member is reported dead")
    DOUBLE_MEMBERSHIP = "double-membership", _("a member belongs to another household too")
    STAFF_KIN = "staff-kin", _("a member is a relative of staff")


class RegisterHit(Tracked):
    """One match of a member with a register before a list; open until it is explained or gone."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="register_hits")
    kind = models.CharField(_("kind of match"), max_length=20, choices=HitKind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    reference = models.CharField(_("matched with"), max_length=60)
    found_on = models.DateField(_("found on"))
    open = models.BooleanField(_("open"), default=True)
    explanation = SealedField(_("explanation"), purpose="register-hit.explanation", null=True)

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("match with a register")
        verbose_name_plural = _("matches with registers")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "person", "reference"], name="one_hit_per_reference"
            ),
        ]
