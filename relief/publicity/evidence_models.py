"""Tables of what happened at the boards: photos, what was seen there, days that were missing (张贴证据)."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from relief.ledger.insert_only import InsertOnly
from relief.places.models import Board
from relief.publicity.models import PublicList


class BoardPhoto(InsertOnly):
    """A photo of a board, decoded and encoded anew, without metadata; its bytes lie sealed in storage.

    `source_sha256` is of the upload, `pixel_sha256` of what was decoded, `look` a perceptual hash (dHash,
    hexadecimal): a photo used before is refused by any of them. Width and height are pixels, size bytes.
    """

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    public_list = models.ForeignKey(PublicList, on_delete=models.PROTECT, related_name="board_photos")
    stored_as = models.CharField(max_length=80)
    source_sha256 = models.CharField(max_length=64, db_index=True)
    pixel_sha256 = models.CharField(max_length=64, unique=True)
    look = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    event_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("photo of a board")
        verbose_name_plural = _("photos of boards")


class BoardStep(models.TextChoices):
    """What happens to a list at a board besides its first posting, which is a `Posting`.

    `LISTED` is written when the list is published: which boards it must hang on is known from then on.
    """

    LISTED = "listed", _("must hang here")
    PRINTED = "printed", _("printed")
    SEEN = "seen", _("spot check: it hangs there")
    MISSING = "missing", _("spot check: it is missing")
    PINNED_AGAIN = "pinned-again", _("pinned up again")
    TAKEN_DOWN = "taken-down", _("taken down")


class BoardEvidence(InsertOnly):
    """One step at one board on a day, by an officer, with a photo where the step asks one."""

    public_list = models.ForeignKey(PublicList, on_delete=models.PROTECT, related_name="board_evidence")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("step"), max_length=12, choices=BoardStep)
    happened_on = models.DateField(_("on"))
    photo = models.ForeignKey(BoardPhoto, on_delete=models.PROTECT, null=True, related_name="+")
    officer_id = models.BigIntegerField(null=True)
    officer_name = models.CharField(max_length=80)
    event_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("step at a board")
        verbose_name_plural = _("steps at boards")
        indexes = [models.Index(fields=["public_list", "board"], name="board_evidence_ix")]


class Supplement(InsertOnly):
    """Missing days that were added to a list's period (补充公示): entries and digest stay, the end moves.

    Both days of `missing_from`–`missing_until` are counted as missing; `days` is how many were added.
    """

    public_list = models.ForeignKey(PublicList, on_delete=models.PROTECT, related_name="supplements")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+")
    missing_from = models.DateField()
    missing_until = models.DateField()
    days = models.PositiveSmallIntegerField()
    ended_before = models.DateField()
    ends_after = models.DateField()
    event_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("supplement")
        verbose_name_plural = _("supplements")
