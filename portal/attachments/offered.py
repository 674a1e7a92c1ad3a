"""Which files a page offers, read from the instance in hand: what is about to be live is no row yet."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from portal.attachments.models import PortalDocument
from portal.attachments.version_models import FileVersion


def documents_of(page: Any) -> list[int]:
    """Keys of the documents that the page's content names, in the order in which it names them.

    Links in rich text, choosers in streams, foreign keys, and children of the page, as they stand in memory.
    """
    kind = ContentType.objects.get_for_model(PortalDocument).pk
    found = ReferenceIndex._extract_references_from_object(page)
    return list(dict.fromkeys(int(key) for content_type, key, *_paths in found if content_type == kind))


def offered_by(page: Any) -> list[FileVersion]:
    """The newest version of each document that the page offers."""
    wanted = documents_of(page)
    newest: dict[int, FileVersion] = {}
    for version in (
        FileVersion.objects.filter(document_id__in=wanted).select_related("document").order_by("number")
    ):
        newest[version.document_id] = version
    return [newest[key] for key in wanted if key in newest]
