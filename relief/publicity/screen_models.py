"""Big screens that said they are alive (大屏幕心跳)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.places.models import Area


class Screen(models.Model):
    """A screen by the random key that its browser keeps: what it shows and when it was seen. No case data.

    Untracked and deletable: a heartbeat is no act.
    """

    key = models.CharField(max_length=22, unique=True)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, to_field="number", related_name="+", verbose_name=_("area")
    )
    path = models.CharField(_("address"), max_length=200)
    list_number = models.CharField(_("list number"), max_length=24, blank=True)
    check_code = models.CharField(_("check code drawn"), max_length=9, blank=True)
    state = models.CharField(_("state"), max_length=10)
    size = models.CharField(_("size"), max_length=12, blank=True)
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        ordering = ("area", "pk")
        verbose_name = _("big screen")
        verbose_name_plural = _("big screens")
