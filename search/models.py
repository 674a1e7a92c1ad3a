"""The finder's tables: words of one meaning (同义词), with history."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.trail.tracked import Root


class SynonymGroup(Root):
    """Words of one meaning, one a line. An ended group stays readable; `why` says why the newest change."""

    words = models.TextField(_("words of one meaning"), max_length=600)
    ended_at = models.DateTimeField(_("ended on"), null=True)
    why = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(Root.Meta):
        ordering = ("pk",)
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    @property
    def listed(self) -> list[str]:
        return [word for word in self.words.split("\n") if word]
