"""What the public may see of the pages, and what it reads about their changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction

from portal.prepared import Asked, PreparedObjects
from portal.publishing.models import ChangeKind, PageRecord, PageState, PublicChange

#: so many changes stand on the page itself
CHANGES_TOLD = 5


def readable(pages: Any) -> Any:
    """Of a queryset of pages those that are public and not removed; superseded ones stay, marked."""
    return _open_to_all(pages, (PageState.REMOVED,))


def current(pages: Any) -> Any:
    """Of a queryset of pages those that are public and neither superseded nor removed."""
    return _open_to_all(pages, (PageState.SUPERSEDED, PageState.REMOVED))


def answering(pages: Any) -> Any:
    """Of a queryset of pages those whose address answers the public: removed ones say that they are."""
    return _open_to_all(pages, ())


def _open_to_all(pages: Any, without: tuple[PageState, ...]) -> Any:
    """Live, in none of these states, behind no restriction, in one query."""
    gone = PageRecord.objects.filter(page_id=OuterRef("pk"), state__in=without)
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.alias(here=here).filter(here__startswith=F("page__path"))
    return pages.filter(live=True).exclude(Exists(gone)).exclude(Exists(above))


_told = PreparedObjects(
    lambda: (
        PublicChange.objects.filter(record_id=Asked("record", BigIntegerField()))
        .exclude(kind__in=(ChangeKind.FIRST, ChangeKind.MINOR))
        .order_by("-pk")[:CHANGES_TOLD]
    )
)


def changes_told(kept: PageRecord) -> list[PublicChange]:
    """The newest changes of a page that the public is told of in words."""
    return _told(record=kept.pk)


def public_history(kept: PageRecord) -> QuerySet[PublicChange]:
    """Every public change of a page, newest first."""
    return kept.changes.order_by("-pk")


def records_of(pages: Iterable[Any]) -> dict[int, PageRecord]:
    """The public state of these pages by page, of those that have one; one query.

    Public dates are read from here: Wagtail's own stamps tell the time of the server, not of the act.
    """
    kept = PageRecord.objects.filter(page_id__in=[page.pk for page in pages])
    return {one.page_id: one for one in kept}
