"""Atom of a query: what is newly found under the same words and filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.context import Bureau
from portal.finder.form import SearchForm
from portal.pages.addresses import absolute
from relief.trail import clock
from search.find import find
from search.query import NEWEST

ATOM = "application/atom+xml; charset=utf-8"
MOST = 50


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """The 50 newest of what a query finds; its order is always by date."""
    form = SearchForm(request)
    answer = find(replace(form.asked(1, MOST), sort=NEWEST, counts=False))
    address = reverse("finder:feed") + form.query
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    feed = Atom1Feed(
        title=f"{form.value('q') or _('Everything')} - {_('Search this site')} - {Bureau().name}",
        link=absolute(reverse("finder:page") + form.query),
        description=_("What is newly published under these words and filters."),
        language="en" if get_language() == "en" else "zh-CN",
        feed_url=absolute(address),
        feed_guid=f"tag:{host},2026:{address}",
        author_name=Bureau().name,
    )
    for hit in answer.hits:
        record, at = hit.record, clock.at(hit.record.date)
        feed.add_item(
            title=record.title,
            link=absolute(record.url),
            description="".join(piece.text for piece in hit.passage),
            unique_id=f"tag:{host},2026:found/{record.key}",
            pubdate=at,
            updateddate=at,
            categories=[record.kind],
        )
    if not answer.hits:
        _dated(feed)
    return HttpResponse(feed.writeString("utf-8"), content_type=ATOM)


def _dated(feed: Any) -> None:
    """Nothing was found: a feed says then when it began."""
    feed.latest_post_date = lambda: datetime(2026, 1, 1, tzinfo=UTC)
