"""Atom of a query: what is newly found under the same words and filters."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import atom
from portal.context import Bureau
from portal.finder.form import SearchForm
from portal.pages.addresses import absolute
from relief.trail import clock
from search.find import find
from search.plan import FOUND
from search.query import NEWEST

MOST = 50


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """The 50 newest of what a query finds, by date: nothing that only sounds alike or holds a part of it."""
    form = SearchForm(request)
    answer = find(replace(form.asked(1, MOST), sort=NEWEST, counts=False))
    feed = atom.feed(
        title=f"{form.value('q') or _('Everything')} - {_('Search this site')} - {Bureau().name}",
        link=absolute(reverse("finder:page") + form.query),
        description=_("What is newly published under these words and filters."),
        address=reverse("finder:feed") + form.query,
    )
    for hit in answer.hits if answer.meaning == FOUND else ():
        record, at = hit.record, clock.at(hit.record.date)
        feed.add_item(
            title=record.title,
            link=absolute(record.url),
            description="".join(piece.text for piece in hit.passage),
            unique_id=atom.tag(f"found/{record.key}"),
            pubdate=at,
            updateddate=at,
            categories=[record.kind],
        )
    return HttpResponse(feed.as_bytes(), content_type=atom.ATOM)
