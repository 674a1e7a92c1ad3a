"""Photos of boards: kept sealed under the list's key, each used once (一照一用)."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relief.confidential import evidence
from relief.confidential.models import DataKey
from relief.confidential.pictures import Picture, looks_apart
from relief.confidential.vault import Vault, new_vaults, subject_of, vault_of
from relief.errors import Invalid, Reason
from relief.publicity.evidence_models import BoardEvidence, BoardPhoto
from relief.publicity.models import Posting, PublicList
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.actor import Acting
from relief.trail.models import Event

#: fields of 256 in which two looks may differ and still be one photo: encoded anew, scaled or a little
#: lighter it differs in at most 10; two photos of one board by hand in 27 and more (measured)
SAME_LOOK = 12


def check_photo(photo: Picture | None) -> None:
    """Raises Invalid at `photo` when one is asked and missing, or when it was used before."""
    if photo is None:
        if in_force("boards.photo", clock.today()).on:
            raise Invalid({"photo": [Reason("photo-missing", _("Take a photo of the board."))]})
        return
    used = first_use(photo)
    if used:
        raise Invalid({"photo": [_used(used)]})


def first_use(photo: Picture) -> BoardPhoto | None:
    """The first photo kept that is this one: by the upload's bytes, by its pixels or by its look."""
    same = BoardPhoto.objects.filter(source_sha256=photo.source_sha256) | BoardPhoto.objects.filter(
        pixel_sha256=photo.pixel_sha256
    )
    if found := same.order_by("pk").select_related("public_list").first():
        return found
    for pk, look in BoardPhoto.objects.order_by("pk").values_list("pk", "look").iterator():
        if looks_apart(look, photo.look) <= SAME_LOOK:
            return BoardPhoto.objects.select_related("public_list").get(pk=pk)
    return None


def keep_photo(public_list: PublicList, photo: Picture | None, event: Event) -> BoardPhoto | None:
    """Seal the photo and write its row; nothing where there is none. The list is locked by its act."""
    if photo is None:
        return None
    try:
        return BoardPhoto.objects.create(
            public_list=public_list,
            stored_as=evidence.store(photo.jpeg, _vault(public_list)),
            source_sha256=photo.source_sha256,
            pixel_sha256=photo.pixel_sha256,
            look=photo.look,
            width=photo.width,
            height=photo.height,
            size=len(photo.jpeg),
            event_id=event.pk,
            at=event.at,
        )
    except IntegrityError:  # somebody used it at the same moment for another list
        words = _("This photo was used a moment ago for another board. Take one of this board.")
        raise Invalid({"photo": [Reason("photo-used", words)]}) from None


def open_photo(photo: BoardPhoto, *, by: Acting) -> bytes:
    """The JPEG; the look is logged. Raises EvidenceGone."""
    return evidence.read(photo.stored_as, subject_of(photo.public_list), by=by, purpose="board-photo")


def _vault(public_list: PublicList) -> Vault:
    try:
        return vault_of(public_list)
    except DataKey.DoesNotExist:
        return new_vaults([subject_of(public_list)])[0]


def _used(photo: BoardPhoto) -> Reason:
    """Where and when the photo was used first."""
    step = BoardEvidence.objects.filter(photo=photo).select_related("board").first()
    posting = Posting.objects.filter(photo=photo).select_related("board").first()
    board = step.board if step else posting.board if posting else None
    words = _("This photo was used before: list %(list)s, board “%(board)s”, %(day)s. Take a new one.") % {
        "list": photo.public_list,
        "board": board.name if board else "",
        "day": date_format(photo.at.astimezone(clock.SHANGHAI).date()),
    }
    return Reason("photo-used", words)
