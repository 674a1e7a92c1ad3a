"""Bytes of files and pictures: checked like an upload, put where they lay; a failed import leaves none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from portal.attachments.checks import check_document
from portal.attachments.images import RENDITIONS
from portal.attachments.kinds import media_type_of
from portal.attachments.models import PortalDocument
from portal.attachments.pictures import check_clean
from portal.attachments.version_models import FileVersion
from portal.transfer.carried import Carried
from portal.transfer.unpack import Archive, Progress, refused

#: the folder of storage in which the files of a table lie; another one might be served to everybody
FOLDERS = {
    "portal.FileVersion": "documents/",
    "portal.PortalImage": "originals/",
    "portal.PortalRendition": f"{RENDITIONS}/",
}


class Shelf:
    """What an import has put into storage."""

    def __init__(self) -> None:
        self._put: list[tuple[Any, str]] = []
        self.names: set[str] = set()

    def fill(self, table: Carried, archive: Archive, progress: Progress) -> None:
        """Put the files of a table where their rows say. Raises Blocked for what no upload would take."""
        rows = table.selected()
        for row in progress(rows.iterator(), _("Files"), rows.count()):
            if not without_bytes(row):
                self._put_one(table, row, archive)

    def _put_one(self, table: Carried, row: Any, archive: Archive) -> None:
        name, storage = row.file.name, row.file.storage
        if not name.startswith(FOLDERS[table.label]) or not archive.has_file(name):
            raise refused(
                "file-missing",
                _("“%(name)s” is missing in the file. Take the export as it was made.") % {"name": name},
            )
        data = archive.read_file(name)
        _check(row, data)
        self.names.add(name)
        try:
            there = storage.exists(name)
            if not there:
                self._put.append((storage, name))
                storage.save(name, ContentFile(data))
        except (SuspiciousFileOperation, OSError) as fault:
            raise refused("file-name", _("“%(name)s” can't be put into storage.") % {"name": name}) from fault
        if there and not _same(storage, name, data):
            words = _(
                "Another file lies in storage under “%(name)s”. Give the new portal a storage of its own."
            )
            raise refused("file-there", words % {"name": name})

    def empty(self) -> None:
        for storage, name in self._put:
            storage.delete(name)


@contextmanager
def shelf() -> Iterator[Shelf]:
    """A shelf that is emptied again when anything goes wrong."""
    kept = Shelf()
    try:
        yield kept
    except BaseException:
        kept.empty()
        raise


def without_bytes(row: Any) -> bool:
    """Whether the row outlived its bytes: the document was never public and was deleted."""
    return isinstance(row, FileVersion) and not PortalDocument.objects.filter(pk=row.document_id).exists()


def _check(row: Any, data: bytes) -> None:
    """Raises Blocked unless the bytes are what the row says, and such as an upload would be taken."""
    if row.sha256 != hashlib.sha256(data).hexdigest() if hasattr(row, "sha256") else False:
        raise refused(
            "file-other", _("“%(name)s” isn't the file that its row names.") % {"name": row.file.name}
        )
    try:
        if isinstance(row, FileVersion):
            check_document(data, row.filename)
        else:
            check_clean(data, row.file.name)
    except ValidationError as fault:
        words = f"{row.file.name}: {' '.join(fault.messages)}"
        raise refused("file-refused", words) from fault
    if isinstance(row, FileVersion) and (row.size, row.media_type) != (len(data), media_type_of(data)):
        raise refused(
            "file-other", _("“%(name)s” isn't the file that its row names.") % {"name": row.file.name}
        )


def _same(storage: Any, name: str, data: bytes) -> bool:
    with storage.open(name) as there:
        return bool(there.read() == data)
