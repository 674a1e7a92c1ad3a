"""Tables of officers."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relief.places.models import Level
from relief.trail.actor import Actor
from relief.trail.tracked import Root, Tracked, TrackedQuerySet


class Account(AbstractUser):
    """Credentials only: who a person is stands in Officer. Never deleted, only deactivated."""

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def get_full_name(self) -> str:
        officer = Officer.objects.filter(account=self).first()
        return officer.name if officer else self.username


class Role(models.TextChoices):
    """What an officer does; each role belongs to one level."""

    COMMUNITY_CLERK = "community-clerk", _("community clerk")
    COMMUNITY_EXAMINER = "community-examiner", _("community examiner")
    STREET_ACCEPTOR = "street-acceptor", _("street acceptor")
    STREET_REVIEWER = "street-reviewer", _("street reviewer")
    STREET_PUBLISHER = "street-publisher", _("street publisher")
    STREET_APPROVER = "street-approver", _("street approver (delegated)")
    STREET_LEADER = "street-leader", _("street leader")
    DISTRICT_CHECKER = "district-checker", _("district checking clerk")
    DISTRICT_APPROVER = "district-approver", _("district approver")
    DISTRICT_ANNOUNCER = "district-announcer", _("district announcer")
    DISTRICT_LEADER = "district-leader", _("district leader")
    EDITOR = "editor", _("editor")
    SECTION_EDITOR = "section-editor", _("section editor")
    REVIEWER = "reviewer", _("reviewer of texts")
    PUBLISHER = "publisher", _("publisher of texts")
    AUDITOR = "auditor", _("auditor")


#: who writes, reviews and releases what the site publishes; they see no case by it
SITE_ROLES = frozenset({Role.EDITOR, Role.SECTION_EDITOR, Role.REVIEWER, Role.PUBLISHER})

LEVEL_OF = {
    Role.COMMUNITY_CLERK: Level.COMMUNITY,
    Role.COMMUNITY_EXAMINER: Level.COMMUNITY,
    Role.STREET_ACCEPTOR: Level.STREET,
    Role.STREET_REVIEWER: Level.STREET,
    Role.STREET_PUBLISHER: Level.STREET,
    Role.STREET_APPROVER: Level.STREET,
    Role.STREET_LEADER: Level.STREET,
    Role.DISTRICT_CHECKER: Level.DISTRICT,
    Role.DISTRICT_APPROVER: Level.DISTRICT,
    Role.DISTRICT_ANNOUNCER: Level.DISTRICT,
    Role.DISTRICT_LEADER: Level.DISTRICT,
}


def level_of(role: str) -> Level | None:
    """The level at which `role` acts; None for robots and roles outside the road."""
    return LEVEL_OF[Role(role)] if role in LEVEL_OF else None


class Officer(Root):
    """A person in office (工作人员). Left behind in every record, so only ever deactivated."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="officer")
    name = models.CharField(pgettext_lazy("person", "name"), max_length=40)
    office = models.CharField(_("office"), max_length=80)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    active = models.BooleanField(_("active"), default=True)
    mail = models.CharField(_("office mail address"), max_length=120, blank=True)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("officer")
        verbose_name_plural = _("officers")

    def __str__(self) -> str:
        return self.name

    def actor(self) -> Actor:
        """Snapshot without a role: for looks and refusals."""
        return Actor(kind="officer", id=self.pk, name=self.name, office=self.office)


class ScopeKind(models.TextChoices):
    AREA = "area", _("area")
    SECTION = "section", _("section of the site")


class AppointmentQuerySet(TrackedQuerySet):
    """Appointments by day."""

    def on(self, day: date) -> models.QuerySet:
        """In force on `day` (both ends inclusive), officer active."""
        return self.filter(
            models.Q(until_date=None) | models.Q(until_date__gte=day),
            from_date__lte=day,
            officer__active=True,
        )


class Appointment(Tracked):
    """One role in one scope, from–until (任职)."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=24, choices=Role)
    scope_kind = models.CharField(
        _("kind of scope"), max_length=10, choices=ScopeKind, default=ScopeKind.AREA
    )
    scope_code = models.CharField(_("scope"), max_length=40)
    from_date = models.DateField(_("from"))
    until_date = models.DateField(_("until"), null=True)
    why = models.CharField(_("reason"), max_length=200, blank=True)

    objects: ClassVar[models.Manager] = AppointmentQuerySet.as_manager()

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")

    def actor(self) -> Actor:
        """Snapshot of the officer acting in this role."""
        return Actor(
            kind="officer",
            id=self.officer_id,
            name=self.officer.name,
            role=self.role,
            office=self.officer.office,
            area=self.scope_code if self.scope_kind == ScopeKind.AREA else "",
        )
