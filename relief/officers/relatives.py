"""The register of staff relatives (近亲属登记): who declared whom."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from relief.confidential.sealed import SealedField
from relief.officers.models import Officer
from relief.trail.tracked import Root


class KinRelation(models.TextChoices):
    """Near relatives (近亲属) as the Civil Code names them, art 1045."""

    SPOUSE = "spouse", _("spouse")
    PARENT = "parent", _("parent")
    CHILD = "child", _("child")
    SIBLING = "sibling", _("brother or sister")
    GRANDPARENT = "grandparent", _("grandparent")
    GRANDCHILD = "grandchild", _("grandchild")


class StaffRelative(Root):
    """A near relative whom an officer declared (工作人员近亲属, 57号 art 11), found again by blind index.

    Name and ID number are sealed under the relative's own key `staffrelative:<uuid>`; the index row has the
    purpose `kin-id`.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="relatives")
    relation = models.CharField(_("relation"), max_length=20, choices=KinRelation)
    name = SealedField(pgettext_lazy("person", "name"), purpose="relative.name")
    id_number = SealedField(_("ID number"), purpose="relative.id-number")
    declared_on = models.DateField(_("declared on"))
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("relative of staff")
        verbose_name_plural = _("relatives of staff")
