"""Tables of households. Names, numbers, dates of birth, telephones, addresses and health are sealed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relief.confidential.sealed import SealedField
from relief.places.models import Area
from relief.trail.tracked import Root, Tracked, TrackedQuerySet


class HouseholdKind(models.TextChoices):
    """How often the household re-declares (57号 art 31): yearly or half-yearly."""

    STABLE = "stable", _("little change expected (12 months)")
    IRREGULAR = "irregular", _("irregular income or able to work (6 months)")


class Household(Root):
    """People who live and are assessed together (家庭), 57号 art 7."""

    number = models.CharField(_("household number"), max_length=16, unique=True)
    community = models.ForeignKey(
        Area, on_delete=models.PROTECT, to_field="number", related_name="+", verbose_name=_("community")
    )
    kind = models.CharField(_("kind of household"), max_length=10, choices=HouseholdKind)
    address = SealedField(_("address"), purpose="household.address")
    phone = SealedField(_("telephone"), purpose="household.phone", null=True)
    account = SealedField(_("bank account"), purpose="household.account", null=True)

    class Meta(Root.Meta):
        ordering = ("number",)
        verbose_name = _("household")
        verbose_name_plural = _("households")

    def __str__(self) -> str:
        return self.number


class Person(Root):
    """One person of the register. Nothing of a person stands in clear."""

    name = SealedField(pgettext_lazy("person", "name"), purpose="person.name")
    id_number = SealedField(_("ID number"), purpose="person.id-number")
    birth_date = SealedField(_("date of birth"), purpose="person.birth-date")
    phone = SealedField(_("telephone"), purpose="person.phone", null=True)
    health = SealedField(_("health"), purpose="person.health", null=True)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return f"P{self.pk}"


class Relation(models.TextChoices):
    """Relation to the head of the household (与户主关系)."""

    HEAD = "head", _("head of household")
    SPOUSE = "spouse", _("spouse")
    CHILD = "child", _("child")
    PARENT = "parent", _("parent")
    GRANDPARENT = "grandparent", _("grandparent")
    GRANDCHILD = "grandchild", _("grandchild")
    SIBLING = "sibling", _("brother or sister")
    OTHER = "other", _("other member")


class MembershipQuerySet(TrackedQuerySet):
    def on(self, day: date) -> models.QuerySet:
        """Memberships in force on `day`."""
        return self.filter(models.Q(until_date=None) | models.Q(until_date__gte=day), from_date__lte=day)


class Membership(Tracked):
    """A person belongs to a household from–until (家庭成员)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(_("relation"), max_length=12, choices=Relation)
    from_date = models.DateField(_("from"))
    until_date = models.DateField(_("until"), null=True)

    objects: ClassVar[models.Manager] = MembershipQuerySet.as_manager()

    class Meta(Tracked.Meta):
        ordering = ("pk",)
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_date=None), name="one_household_at_a_time"
            ),
        ]


class DeathRecord(Root):
    """A death as an authority reported it (死亡信息). Whose it is only the blind index `death-id` says."""

    died_on = models.DateField(_("died on"))
    source = models.CharField(_("source"), max_length=60)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("death record")
        verbose_name_plural = _("death records")
