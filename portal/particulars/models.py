"""The one row of the site's settings. Its history is the trail: who changed what, from what, to what, why."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.trail.tracked import Root


class Particulars(Root):
    """What every page says of the bureau, in both languages. `why` is the reason of the newest change."""

    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80)
    sponsor_zh = models.CharField(_("sponsor in Chinese"), max_length=60, blank=True)
    sponsor_en = models.CharField(_("sponsor in English"), max_length=80, blank=True)
    hotline = models.CharField(_("hotline"), max_length=30)
    hours_zh = models.CharField(_("hours in Chinese"), max_length=80)
    hours_en = models.CharField(_("hours in English"), max_length=80)
    address_zh = models.CharField(_("address in Chinese"), max_length=120)
    address_en = models.CharField(_("address in English"), max_length=120)
    letters_zh = models.CharField(_("letters to the director, in Chinese"), max_length=120, blank=True)
    letters_en = models.CharField(_("letters to the director, in English"), max_length=120, blank=True)
    site_code = models.CharField(_("website code"), max_length=20)
    record_zh = models.CharField(_("ICP record in Chinese"), max_length=60, blank=True)
    record_en = models.CharField(_("ICP record in English"), max_length=60, blank=True)
    police_zh = models.CharField(_("public security record in Chinese"), max_length=60, blank=True)
    police_en = models.CharField(_("public security record in English"), max_length=60, blank=True)
    note_zh = models.CharField(_("words at the foot in Chinese"), max_length=200, blank=True)
    note_en = models.CharField(_("words at the foot in English"), max_length=200, blank=True)
    why = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("settings of the site")
        verbose_name_plural = _("settings of the site")


#: the columns that a change may set, by the groups of the screen
GROUPS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (_("Name and sponsor"), ("name_zh", "name_en", "sponsor_zh", "sponsor_en")),
    (_("Hotline and hours"), ("hotline", "hours_zh", "hours_en")),
    (_("Where to come and write"), ("address_zh", "address_en", "letters_zh", "letters_en")),
    (_("Record numbers"), ("site_code", "record_zh", "record_en", "police_zh", "police_en")),
    (_("Words at the foot of every page"), ("note_zh", "note_en")),
)
COLUMNS: tuple[str, ...] = tuple(column for _title, columns in GROUPS for column in columns)
