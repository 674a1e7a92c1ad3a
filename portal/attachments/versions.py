"""Versions of a document: made when a file is saved, read for the editors' screens."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from portal.attachments.kinds import media_type_of
from portal.attachments.version_models import FileVersion, PublicFile, WasPublic
from relief.officers.authority import officer_of
from relief.trail import clock

SETUP = "setup"


def keep_version(document: Any) -> FileVersion | None:
    """The version that holds the document's file, made when there is none. The caller's transaction."""
    if not document.file:
        return None
    newest = newest_version(document)
    if newest is not None and newest.file.name == document.file.name:
        return newest
    type(document).objects.select_for_update().filter(pk=document.pk).first()  # numbers run without gaps
    number = (newest_version(document) or FileVersion(number=0)).number + 1
    with document.open_file() as file:
        data = file.read()
    by_id, by_name = _who(document)
    version = FileVersion(
        document=document,
        number=number,
        file=document.file.name,
        filename=PurePath(str(document.file.name)).name,
        sha256=digest_of(data),
        size=len(data),
        media_type=media_type_of(data),
        note=document.upload_note,
        by_id=by_id,
        by_name=by_name,
        uploaded_at=clock.now(),
    )
    if number == 1:
        version.token = document.token
    version.save()
    return version


def newest_version(document: Any) -> FileVersion | None:
    return FileVersion.objects.filter(document_id=document.pk).order_by("-number").first()


def digest_of(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _who(document: Any) -> tuple[int | None, str]:
    """Officer's key and name; the set-up robot where code uploads."""
    officer = officer_of(document.uploader or document.uploaded_by_user)
    return (officer.pk, officer.name) if officer else (None, SETUP)


def ever_public(documents: Any) -> set[int]:
    """Keys of those documents of which any version was ever public."""
    return set(
        PublicFile.objects.filter(version__document__in=documents).values_list(
            "version__document_id", flat=True
        )
    )


def refuse_if_public(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Receiver of `pre_delete`: also of whole querysets and of whatever takes the document along."""
    if ever_public([instance.pk]):
        raise WasPublic


def drop_bytes(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Receiver of `post_delete`: what was never public goes with all its versions' bytes, after commit."""
    names = list(FileVersion.objects.filter(document_id=instance.pk).values_list("file", flat=True))

    def drop() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(drop)
