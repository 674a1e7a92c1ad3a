"""Which versions are public, by which page: written by the act of publishing, read wherever files are shown.

A version is private until a page that carries it is live. What a page no longer carries keeps its address;
what stood on a page that was removed answers 410, unless another page still vouches for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import QuerySet, UUIDField, prefetch_related_objects

from portal.attachments.version_models import FileVersion, PublicFile, Showing
from portal.prepared import Asked, PreparedJoined, PreparedObjects

PAGES = UUID("5d3f1f9e-6a0b-4b7c-9d0e-2f6f5c1b7a10")


@dataclass
class Standing:
    """How the public finds one version; `since`: first made public."""

    since: datetime | None = None
    #: last row of each page
    last: dict[UUID, PublicFile] = field(default_factory=dict)

    def add(self, row: PublicFile) -> None:
        """One more row, in the order in which they were written."""
        self.since = self.since or row.at
        self.last[row.page_code] = row

    @property
    def pages(self) -> list[UUID]:
        """Codes of the pages that show it now."""
        return [code for code, row in self.last.items() if row.kind == Showing.SHOWN]

    @property
    def is_public(self) -> bool:
        return any(row.kind != Showing.WITHHELD for row in self.last.values())

    @property
    def is_withheld(self) -> bool:
        return bool(self.last) and not self.is_public

    @property
    def ended(self) -> datetime | None:
        """When the last page went on without it; empty while one shows it."""
        if not self.last or self.pages:
            return None
        return max(row.at for row in self.last.values())


#: public versions of one document, the oldest first
Beside = list[tuple[FileVersion, Standing]]


def code_of(page_id: int) -> UUID:
    """Code of a page's record, always the same: files were public by it before pages had records."""
    return uuid5(PAGES, f"page:{page_id}")


def make_public(
    page_code: UUID, versions: Iterable[FileVersion], *, event_id: int | None, at: datetime
) -> None:
    """The page is live with these versions: what it no longer carries ends, what is new begins."""
    wanted = {version.pk: version for version in versions}
    shown = {pk for pk, row in _of_page(page_code).items() if row.kind == Showing.SHOWN}
    _write(page_code, shown - set(wanted), Showing.ENDED, event_id, at)
    _write(page_code, set(wanted) - shown, Showing.SHOWN, event_id, at)


def withhold(page_code: UUID, *, event_id: int | None, at: datetime) -> None:
    """The page was removed: whatever it ever carried is no longer public because of it."""
    told = {pk for pk, row in _of_page(page_code).items() if row.kind != Showing.WITHHELD}
    _write(page_code, told, Showing.WITHHELD, event_id, at)


def shown_on(page_code: UUID) -> list[FileVersion]:
    """The versions that the live page carries, as publishing froze them; one query."""
    rows = _beside_page.objects(page=page_code)
    last = {row.version_id: row for row in rows if row.page_code == page_code}
    shown = {pk for pk, row in last.items() if row.kind == Showing.SHOWN}
    found = []
    for beside in _by_document(rows).values():
        for version, _standing in beside:
            if version.pk in shown:
                version.beside = beside
                found.append(version)
    return sorted(found, key=lambda one: (one.document_id, one.number))


def known_beside(versions: Iterable[FileVersion]) -> list[tuple[FileVersion, Beside]]:
    """Each version with the public ones of its document, the oldest first; a query for those unread."""
    versions = list(versions)
    unread = [one for one in versions if one.beside is None]
    prefetch_related_objects(unread, "document")
    read = _public_versions([one.document_id for one in unread]) if unread else {}
    return [(one, read.get(one.document_id, []) if one.beside is None else one.beside) for one in versions]


def _public_versions(documents: Any) -> dict[int, Beside]:
    """By document, the versions that the public may read, the oldest first, with their standing."""
    showings = PublicFile.objects.filter(version__document_id__in=documents)
    return _by_document(showings.select_related("version__document").order_by("id"))


def _by_document(rows: Iterable[PublicFile]) -> dict[int, Beside]:
    found: dict[int, tuple[FileVersion, Standing]] = {}
    for row in rows:
        _version, standing = found.setdefault(row.version_id, (row.version, Standing()))
        standing.add(row)
    by_document: dict[int, Beside] = {}
    for version, standing in sorted(found.values(), key=lambda one: one[0].number):
        if standing.is_public:
            by_document.setdefault(version.document_id, []).append((version, standing))
    return by_document


def readable_on(page_code: UUID) -> list[FileVersion]:
    """Whatever the public may read because of this page: what it shows and what it once showed."""
    kept = [pk for pk, row in _of_page(page_code).items() if row.kind != Showing.WITHHELD]
    return list(FileVersion.objects.filter(pk__in=kept).order_by("document_id", "number"))


def standings(versions: Iterable[FileVersion]) -> dict[int, Standing]:
    """Standing by version key, in one query."""
    found: dict[int, Standing] = {version.pk: Standing() for version in versions}
    for row in PublicFile.objects.filter(version__in=list(found)).order_by("id"):
        found[row.version_id].add(row)
    return found


def newest_public(document_id: int) -> FileVersion | None:
    """The newest version of a document that the public may read."""
    versions = list(versions_of(document_id))
    known = standings(versions)
    return next((one for one in versions if known[one.pk].is_public), None)


def versions_of(document_id: int) -> QuerySet[FileVersion]:
    """Newest first."""
    return FileVersion.objects.filter(document_id=document_id).order_by("-number")


_showings = PreparedObjects(
    lambda: PublicFile.objects.filter(page_code=Asked("page", UUIDField())).order_by("id")
)


def _beside_page_now() -> QuerySet[PublicFile]:
    """Every row of every version of the documents that the page ever carried."""
    carried = PublicFile.objects.filter(page_code=Asked("page", UUIDField())).order_by()
    of_them = PublicFile.objects.filter(version__document__in=carried.values("version__document"))
    return of_them.select_related("version__document").order_by("id")


_beside_page = PreparedJoined(_beside_page_now)


def _of_page(page_code: UUID) -> dict[int, PublicFile]:
    """The page's last row of each version."""
    return {row.version_id: row for row in _showings(page=page_code)}


def _write(page_code: UUID, versions: set[int], kind: Showing, event_id: int | None, at: datetime) -> None:
    for pk in sorted(versions):
        PublicFile(version_id=pk, page_code=page_code, kind=kind, event_id=event_id, at=at).save()
