"""What readers searched for, counted without saying who: words, counts a day, and the secret of a week."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AskedSecret(models.Model):
    """What the digests of one period are keyed with, beside the server's own key; deleted with the period."""

    salt = models.CharField(max_length=64)
    since = models.DateField(unique=True)

    class Meta:
        verbose_name = "secret of a period of searches"


class AskedWords(models.Model):
    """Words that were searched for in one language (搜索词).

    Until three visitors searched for them in one period, `digest` stands for the words and `visitors` holds
    keyed digests of the first two; from the third on `words` (as typed then) and `folded` are plain, and
    both digests are gone. `found` is how many texts were found the last time.
    """

    language = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, blank=True)
    visitors = models.CharField(max_length=130, blank=True)
    words = models.CharField(max_length=40, blank=True)
    folded = models.CharField(max_length=80, blank=True)
    found = models.PositiveIntegerField(default=0)
    first_on = models.DateField(db_index=True)
    last_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("language", "digest"), condition=~Q(digest=""), name="asked-digest-once"
            ),
            models.UniqueConstraint(
                fields=("language", "folded"), condition=~Q(folded=""), name="asked-words-once"
            ),
            models.CheckConstraint(
                condition=Q(digest="", visitors="") | Q(words="", folded=""), name="asked-plain-or-digest"
            ),
        )
        verbose_name = _("words searched for")
        verbose_name_plural = _("words searched for")


class What(models.TextChoices):
    """What is counted of words."""

    ASKED = "asked", "searched for"
    NOTHING = "nothing", "nothing was found"
    LOOSE = "loose", "only by sound or in part"
    OPENED = "opened", "a result was opened"


class AskedCount(models.Model):
    """How often on one day. `place`: of the result that was opened, 11 for all further ones; else 0."""

    words = models.ForeignKey(AskedWords, models.CASCADE, related_name="counts")
    day = models.DateField(db_index=True)
    what = models.CharField(max_length=8, choices=What)
    place = models.PositiveSmallIntegerField(default=0)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("words", "day", "what", "place"), name="asked-count-once"),
        )
        verbose_name = "count of searches"
