"""Which files readers are shown now, by which page: only what stands on one of these is found."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import CollectionViewRestriction

from portal.attachments.models import PortalDocument
from portal.attachments.version_models import FileVersion, PublicFile, Showing
from portal.finder.pages import public_pages
from portal.publishing.models import PageRecord


def showings() -> QuerySet[PublicFile]:
    """The rows by which a page that readers can open shows a file now; none of a closed collection."""
    same = {"version": OuterRef("version"), "page_code": OuterRef("page_code")}
    later = PublicFile.objects.filter(**same, pk__gt=OuterRef("pk"))
    pages = PageRecord.objects.filter(page_id__in=public_pages().order_by().values("pk"))
    rows = PublicFile.objects.filter(kind=Showing.SHOWN, page_code__in=pages.values("code"))
    return rows.filter(version__document__in=_open_documents().values("pk")).exclude(Exists(later))


def shown_versions() -> QuerySet[FileVersion]:
    """The files themselves, the oldest first."""
    return FileVersion.objects.filter(pk__in=showings().order_by().values("version")).order_by("pk")


def _open_documents() -> Any:
    here = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    closed = CollectionViewRestriction.objects.alias(here=here).filter(here__startswith=F("collection__path"))
    return PortalDocument.objects.exclude(Exists(closed)).order_by()
