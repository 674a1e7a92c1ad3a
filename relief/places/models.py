"""Tables of places."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relief.trail.tracked import Root

DISTRICT = "000"


class Level(models.TextChoices):
    DISTRICT = "district", _("district")
    STREET = "street", _("street")
    COMMUNITY = "community", _("community")


class Named(Root):
    """A place with its name in both languages."""

    name_zh = models.CharField(_("Chinese name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80)

    class Meta(Root.Meta):
        abstract = True

    @property
    def name(self) -> str:
        """The name in the active language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh

    def __str__(self) -> str:
        return self.name


class Area(Named):
    """District `000` (区), street of three digits (街道), community of five (社区): `101` holds `10102`."""

    number = models.CharField(_("area number"), max_length=5, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=Level)

    class Meta(Named.Meta):
        ordering = ("number",)
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    @property
    def street_number(self) -> str:
        """Number of the street that the area is or lies in; `000` for the district."""
        return self.number[:3]


class Station(Named):
    """Counter where people come: street head station or community station (救助服务站)."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="stations")
    address_zh = models.CharField(_("address in Chinese"), max_length=120)
    address_en = models.CharField(_("address in English"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=30)

    class Meta(Named.Meta):
        ordering = ("area__number",)
        verbose_name = _("service station")
        verbose_name_plural = _("service stations")


class Board(Named):
    """Bulletin board (公告栏) or big screen of a community; a list hangs on every listed board in use."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="boards")
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta(Named.Meta):
        ordering = ("area__number", "pk")
        verbose_name = _("bulletin board")
        verbose_name_plural = _("bulletin boards")
