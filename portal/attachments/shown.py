"""Which version a link leads to: a page shows the versions with which it was published, not later ones.

A draft shows the newest versions, for these would be published with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.utils.functional import cached_property
from wagtail.documents.models import AbstractDocument

from portal.attachments.public import shown_on, standings, versions_of
from portal.attachments.version_models import FileVersion


class _FilesOfPage:
    """The versions of one page by document; asked for at the first link, for most pages have none."""

    def __init__(self, code: UUID) -> None:
        self.code = code

    @cached_property
    def by_document(self) -> dict[int, FileVersion]:
        return {version.document_id: version for version in shown_on(self.code)}


class _FilesOfDraft:
    """The versions that a draft would be published with, and where its reader finds them."""

    def __init__(self, versions: Iterable[FileVersion], address: Callable[[FileVersion], str] | None) -> None:
        self.by_document = {version.document_id: version for version in versions}
        self.address = address


_frozen: ContextVar[_FilesOfPage | _FilesOfDraft | None] = ContextVar("files_of_the_page", default=None)


@contextmanager
def files_of(page_code: UUID) -> Iterator[None]:
    """While a live page is drawn: links to documents lead to its own versions. One query for all."""
    token = _frozen.set(_FilesOfPage(page_code))
    try:
        yield
    finally:
        _frozen.reset(token)


@contextmanager
def files_of_draft(
    versions: Iterable[FileVersion], address: Callable[[FileVersion], str] | None = None
) -> Iterator[None]:
    """While a draft is drawn: links lead to these versions, by `address` where their own isn't open yet."""
    token = _frozen.set(_FilesOfDraft(versions, address))
    try:
        yield
    finally:
        _frozen.reset(token)


def carried_by(page_code: UUID) -> list[FileVersion]:
    """The versions to list below a page: the draft's while one is drawn, else those of the live page."""
    drawn = _frozen.get()
    if isinstance(drawn, _FilesOfDraft) or (drawn is not None and drawn.code == page_code):
        return list(drawn.by_document.values())
    return shown_on(page_code)


def address_shown(version: FileVersion) -> str:
    """Where the reader of what is being drawn finds a version."""
    drawn = _frozen.get()
    if isinstance(drawn, _FilesOfDraft) and drawn.address and version in drawn.by_document.values():
        return drawn.address(version)
    return version.url


def version_shown(document: AbstractDocument) -> FileVersion | None:
    """The version of the page being drawn, else the newest public one, else the newest."""
    frozen = _frozen.get()
    if frozen is not None and document.pk in frozen.by_document:
        return frozen.by_document[document.pk]
    versions = list(versions_of(document.pk))
    known = standings(versions)
    public = (version for version in versions if known[version.pk].is_public)
    return next(public, versions[0] if versions else None)
