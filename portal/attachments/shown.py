"""Which version a link leads to: a page shows the versions with which it was published, not later ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.utils.functional import cached_property

from portal.attachments.models import FileVersion, PortalDocument
from portal.attachments.public import shown_on, standings, versions_of


class _FilesOfPage:
    """The versions of one page by document; asked for at the first link, for most pages have none."""

    def __init__(self, code: UUID) -> None:
        self.code = code

    @cached_property
    def by_document(self) -> dict[int, FileVersion]:
        return {version.document_id: version for version in shown_on(self.code)}


_frozen: ContextVar[_FilesOfPage | None] = ContextVar("files_of_the_page", default=None)


@contextmanager
def files_of(page_code: UUID) -> Iterator[None]:
    """While a live page is drawn: links to documents lead to its own versions. One query for all."""
    token = _frozen.set(_FilesOfPage(page_code))
    try:
        yield
    finally:
        _frozen.reset(token)


def version_shown(document: PortalDocument) -> FileVersion | None:
    """The version of the page being drawn, else the newest public one, else the newest."""
    frozen = _frozen.get()
    if frozen is not None and document.pk in frozen.by_document:
        return frozen.by_document[document.pk]
    versions = list(versions_of(document.pk))
    known = standings(versions)
    public = (version for version in versions if known[version.pk].is_public)
    return next(public, versions[0] if versions else None)
