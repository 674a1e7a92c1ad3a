"""Tables of applications."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relief.applications.road import Road
from relief.applications.roads import road_by_key
from relief.applications.states import State
from relief.confidential.sealed import SealedField
from relief.households.models import Household, Person
from relief.ledger.codes import random_code
from relief.ledger.insert_only import InsertOnly
from relief.officers.models import Officer
from relief.places.models import Area
from relief.trail.tracked import Root


class CaseKind(models.TextChoices):
    """What is applied for (申请类型)."""

    NEW = "new", _("new application")


class KinDeclaredBy(models.TextChoices):
    """Who said that a member is a relative of staff (单独登记备案, 57号 art 11)."""

    APPLICANT = "applicant", _("the applicant")
    OFFICER = "officer", _("an officer")
    MATCH = "match", _("the match with the register of staff relatives")


class Application(Root):
    """One case (申请). Income and amounts are yuan per month; persons are counted persons.

    The top-up (分类施保) is the part of the amount that is not difference. `proposed_*` is the street's
    first-review opinion, `decided_*` the district's decision. What must cross between decisions and publicity
    stands here, for the two rooms don't know each other: `complaint_registered`, `kin_registered`,
    `spot_check`, the match with the registers (`matched_on`, `open_hits`), and `name_withheld` (申请不公开,
    granted by the district). Where the clock is stopped (`clock_stopped_on`) no deadline passes; `owner` is
    the officer who took the case.
    """

    number = models.CharField(_("case number"), max_length=16, unique=True, null=True)
    benefit = models.CharField(_("benefit"), max_length=20)
    kind = models.CharField(_("kind"), max_length=16, choices=CaseKind, default=CaseKind.NEW)
    road_key = models.CharField(_("rule set"), max_length=20)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("applicant")
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    community = models.ForeignKey(
        Area, on_delete=models.PROTECT, to_field="number", related_name="+", verbose_name=_("community")
    )
    state = models.CharField(_("stage"), max_length=24, choices=State, default=State.DRAFT)
    row_code = models.CharField(_("row code"), max_length=9, unique=True, default=random_code)
    persons = models.PositiveSmallIntegerField(_("persons in the household"))
    submitted_on = models.DateField(_("submitted on"), null=True)
    accepted_on = models.DateField(_("accepted on"), null=True)
    survey_from = models.DateField(_("survey from"), null=True)
    due_on = models.DateField(_("due on"), null=True)
    limit_on = models.DateField(_("to be finished by"), null=True)
    due_provisional = models.BooleanField(_("deadline provisional"), default=False)
    due_standard = models.CharField(_("standard of the deadline"), max_length=60, null=True)
    due_from = models.DateField(_("deadline counted from"), null=True)
    due_days = models.PositiveSmallIntegerField(_("working days of the deadline"), null=True)
    limit_standard = models.CharField(_("standard of the whole limit"), max_length=60, null=True)
    limit_days = models.PositiveSmallIntegerField(_("working days of the whole limit"), null=True)
    limit_provisional = models.BooleanField(_("whole limit provisional"), null=True)
    clock_stopped_on = models.DateField(_("clock stopped since"), null=True)
    owner = models.ForeignKey(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("case", "owner"),
    )
    kin_declared_by = models.CharField(
        _("kinship declared by"), max_length=10, choices=KinDeclaredBy, null=True
    )
    complaint_on = models.DateField(_("complaint received on"), null=True)
    reinvestigation_from = models.DateField(_("re-investigation from"), null=True)
    matched_on = models.DateField(_("matched with the registers on"), null=True)
    open_hits = models.PositiveSmallIntegerField(_("matches not explained"), null=True)
    spot_check = models.BooleanField(_("drawn for a spot check"), null=True)
    name_withheld = models.BooleanField(_("name withheld on request"), null=True)
    kin_registered = models.BooleanField(_("registered as staff kin"), default=False)
    complaint_registered = models.BooleanField(_("complaint registered"), default=False)
    income_per_head = models.DecimalField(_("income per head"), max_digits=12, decimal_places=2, null=True)
    recommended = models.BooleanField(_("recommended by the street"), null=True)
    proposed_persons = models.PositiveSmallIntegerField(_("persons proposed"), null=True)
    proposed_amount = models.DecimalField(_("amount proposed"), max_digits=12, decimal_places=2, null=True)
    proposed_top_up = models.DecimalField(_("top-up proposed"), max_digits=12, decimal_places=2, null=True)
    forwarded_on = models.DateField(_("forwarded on"), null=True)
    decided_persons = models.PositiveSmallIntegerField(_("persons decided"), null=True)
    decided_amount = models.DecimalField(_("amount decided"), max_digits=12, decimal_places=2, null=True)
    decided_top_up = models.DecimalField(_("top-up decided"), max_digits=12, decimal_places=2, null=True)
    decided_on = models.DateField(_("decided on"), null=True)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        indexes = [
            models.Index(fields=["state", "community", "due_on"], name="application_queue_ix"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.code)[:8]

    @property
    def road(self) -> Road:
        return road_by_key(self.road_key)

    @property
    def area(self) -> str:
        """Number of the community: the area in which the case's officers act."""
        return self.community_id

    @property
    def needs_district_visit(self) -> bool:
        """Kin of staff, a complaint or a spot check: the district visits by itself (57号 art 20)."""
        return self.kin_registered or self.complaint_registered or bool(self.spot_check)


class ClockAct(models.TextChoices):
    """What was done to a case's clock."""

    STOP = "stop-clock", _("clock stopped")
    START = "start-clock", _("clock started again")
    EXTEND = "extend-limit", _("limit extended")


class ClockChange(InsertOnly):
    """A deadline was stopped, started again or extended, with a reason (中止、恢复、延长).

    `from_date` is the first day that doesn't count (stop) or counts again (start), or the day of the
    extension; `days` the whole limit's working days after an extension.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="clock_changes")
    act = models.CharField(max_length=16, choices=ClockAct)
    from_date = models.DateField()
    days = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=40)
    words = SealedField(purpose="clock.words", null=True)
    event_id = models.BigIntegerField(db_index=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("change of the clock")
        verbose_name_plural = _("changes of the clock")
