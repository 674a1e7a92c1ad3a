"""Tables of standards."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relief.trail.tracked import Root


class Clause(Root):
    """One provision of a rule (条款), cited by standards, events and lists."""

    key = models.CharField(_("key"), max_length=40, unique=True)
    instrument_zh = models.CharField(_("rule in Chinese"), max_length=120)
    instrument_en = models.CharField(_("rule in English"), max_length=160)
    article = models.CharField(_("article"), max_length=40, blank=True)
    from_date = models.DateField(_("in force from"))

    class Meta(Root.Meta):
        ordering = ("key",)
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en")
        instrument = self.instrument_en if english else self.instrument_zh
        if not self.article:
            return instrument
        return f"{instrument}, article {self.article}" if english else f"{instrument}第{self.article}条"


class Kind(models.TextChoices):
    NUMBER = "number", _("number")
    MONEY = "money", _("yuan")
    CHOICE = "choice", _("choice")
    SWITCH = "switch", _("yes or no")
    LIST = "list", _("list of words")


class Standard(Root):
    """One value of the law from a date on (标准). A value in use is superseded, never edited."""

    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.CharField(_("value"), max_length=200)
    from_date = models.DateField(_("in force from"))
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="standards")

    class Meta(Root.Meta):
        ordering = ("name", "from_date")
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        constraints = [
            models.UniqueConstraint(fields=["name", "from_date"], name="one_value_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value} ({self.from_date})"


class CalendarDay(Root):
    """The bureau's own word on one day: overrides holidays and make-up working days (调休).

    `notice_year` is set on the days that were entered together as a year's notice (放假安排): with them the
    year is known, and its days are no longer provisional.
    """

    day = models.DateField(_("day"), unique=True)
    working = models.BooleanField(_("working day"))
    source = models.CharField(_("source"), max_length=120)
    notice_year = models.PositiveSmallIntegerField(_("entered with the notice for the year"), null=True)

    class Meta(Root.Meta):
        ordering = ("day",)
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
