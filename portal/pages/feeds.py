"""Feeds (Atom) of sections and listings: title, summary, dates and address of their pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal import atom
from portal.pages.addresses import feed_address
from portal.pages.criteria import Criteria
from portal.pages.finding import find, specifics
from portal.pages.listing import ListingPage
from portal.pages.models import SectionPage
from portal.publishing.queries import records_of

ENTRIES = 50


@require_safe
def page_feed(request: HttpRequest, key: UUID) -> HttpResponse:
    """The newest pages of a section or listing in the address's language; 404 where there is none."""
    page = (
        Page.objects.live()
        .public()
        .type(SectionPage, ListingPage)
        .filter(translation_key=key, locale__language_code=get_language())
        .specific()
        .first()
    )
    if page is None:
        raise Http404
    response = HttpResponse(_bytes(page, request), content_type=atom.ATOM)
    response["Cache-Control"] = "no-cache"
    return response


def _bytes(page: Any, request: HttpRequest) -> bytes:
    asked = page.criteria if isinstance(page, ListingPage) else Criteria(section=page.translation_key)
    feed = atom.feed(
        title=page.title,
        link=_absolute(page.get_url(request)),
        description=page.summary,
        address=urlsplit(feed_address(page)).path,
        name=f"pages:{page.translation_key}:{get_language()}",
    )
    found = specifics(find(asked, page)[:ENTRIES])
    records = records_of(found)
    for one in found:
        feed.add_item(
            title=one.title,
            link=_absolute(one.get_url(request)),
            description=getattr(one, "summary", ""),
            unique_id=atom.tag(f"page:{one.translation_key}:{get_language()}"),
            pubdate=one.first_published_at,
            updateddate=records[one.pk].published_at if one.pk in records else one.first_published_at,
        )
    return feed.as_bytes()


def _absolute(path: str | None) -> str:
    """Under the site's own base, never under the request's host."""
    return f"{settings.PUBLIC_BASE_URL}{urlsplit(path or '/').path}"
