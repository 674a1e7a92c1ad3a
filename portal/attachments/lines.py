"""Versions in the words of a screen: for editors all of them, for readers what a page carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page

from portal.actors import ROBOT, actor_in_words
from portal.attachments.kinds import NAMES
from portal.attachments.public import Standing, code_of, known_beside, standings, versions_of
from portal.attachments.shown import address_shown
from portal.attachments.version_models import FileVersion

NEVER_PUBLIC = gettext_lazy("Never public")


@dataclass(frozen=True)
class VersionLine:
    """One version on the editors' screen."""

    version: FileVersion
    standing: Standing
    #: live pages that show it
    pages: list[Page]

    @property
    def kind(self) -> str:
        return kind_in_words(self.version)

    @property
    def by(self) -> str:
        """Who put it there."""
        return actor_in_words(self.version.by_name, "" if self.version.by_id else ROBOT)

    @property
    def state(self) -> str:
        """How the public finds it, in a word."""
        if self.standing.is_withheld:
            return _("Withdrawn")
        if not self.standing.is_public:
            return str(NEVER_PUBLIC)
        return _("Replaced, still at its address") if self.standing.ended else _("Public")


@dataclass(frozen=True)
class AttachmentLine:
    """One file under a public page."""

    title: str
    url: str
    kind: str
    #: bytes
    size: int
    #: when a newer version took its place in public; empty while it is the newest
    replaced: datetime | None
    newest_url: str


def version_lines(document: AbstractDocument) -> list[VersionLine]:
    """All versions of a document, newest first."""
    versions = list(versions_of(document.pk))
    known = standings(versions)
    pages = {}
    if any(standing.pages for standing in known.values()):
        users = (user for user, _references in document.get_usage() if isinstance(user, Page))
        pages = {code_of(page.pk): page for page in users}
    return [
        VersionLine(
            version, known[version.pk], [pages[code] for code in known[version.pk].pages if code in pages]
        )
        for version in versions
    ]


def attachment_lines(versions: Iterable[FileVersion]) -> list[AttachmentLine]:
    """What readers are told of the files that a page carries; no query for what `public.shown_on` read."""
    lines = []
    for version, beside in known_beside(versions):
        newer = [standing for other, standing in beside if other.number > version.number]
        lines.append(
            AttachmentLine(
                title=version.document.title,
                url=address_shown(version),
                kind=kind_in_words(version),
                size=version.size,
                replaced=newer[0].since if newer else None,
                newest_url=version.document.newest_url if newer else "",
            )
        )
    return lines


def kind_in_words(version: FileVersion) -> str:
    """PDF, DOCX …; the name's ending where the bytes say nothing."""
    return NAMES.get(version.media_type) or version.filename.rpartition(".")[2].upper()


def mark_documents(documents: Iterable[Any]) -> None:
    """Give each document of a list `versions_count` and `public_word`, in two queries."""
    found = list(documents)
    versions = list(FileVersion.objects.filter(document__in=found))
    known = standings(versions)
    for document in found:
        own = [known[version.pk] for version in versions if version.document_id == document.pk]
        document.versions_count = len(own)
        if any(standing.is_public for standing in own):
            document.public_word = _("Public")
        else:
            document.public_word = _("Withdrawn") if any(one.last for one in own) else NEVER_PUBLIC
