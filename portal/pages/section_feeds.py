"""Atom feeds of the sections: the 50 newest texts, in the reader's language where they are translated."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal import atom
from portal.context import Bureau
from portal.pages.addresses import absolute, section_feed
from portal.pages.localised import localised
from portal.pages.sections import TextSection
from portal.publishing.queries import records_of

NEWEST = 50
HOME_DEPTH = 2


@require_safe
def section_atom(request: HttpRequest, section: str) -> HttpResponse:
    """The feed of the section of that address; 404 where it lists no texts."""
    found = _section(section)
    if found is None:
        raise Http404
    return HttpResponse(atom_bytes(found), content_type=atom.ATOM)


def _section(slug: str) -> TextSection | None:
    """The section in the active language, else the Chinese one."""
    beneath_home = (
        Page.objects.live().public().filter(slug=slug, depth=HOME_DEPTH + 1).select_related("locale")
    )
    by_language = {page.locale.language_code: page for page in beneath_home}
    page = by_language.get(get_language() or "") or by_language.get(settings.LANGUAGE_CODE)
    specific = page.specific if page else None
    return specific if isinstance(specific, TextSection) else None


def atom_bytes(section: TextSection) -> bytes:
    feed = atom.feed(
        title=f"{section.title} - {Bureau().name}",
        link=absolute(section.get_url() or ""),
        description=section.summary,
        address=section_feed(section.slug),
    )
    newest = sorted(section.texts(), key=lambda text: (_moment(text.first_published_at), text.pk))
    entries = localised(newest[: -NEWEST - 1 : -1])
    records = records_of([entry.shown for entry in entries])
    for entry in entries:
        kept = records.get(entry.shown.pk)
        feed.add_item(
            title=entry.shown.title,
            link=absolute(entry.url),
            description=entry.shown.summary,
            unique_id=atom.tag(f"page/{entry.source.translation_key}"),
            pubdate=_moment(entry.source.first_published_at),
            updateddate=_moment(kept.published_at if kept else entry.source.first_published_at),
            categories=[entry.source.topic] if entry.source.topic else [],
        )
    return feed.as_bytes()


def _moment(at: Any) -> datetime:
    return at if isinstance(at, datetime) else atom.BEGAN
