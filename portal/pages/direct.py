"""Pages found by their address in a query or two, where Wagtail asks level by level from the site down."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.views import serve

from portal.pages.base import PortalPage
from portal.pages.read import FOR_LINKS, PreparedPages, key, words
from portal.publishing.queries import answering

#: so many addresses are remembered by a process, each with the type and key of the page that answered there
REMEMBERED = 10_000
_answered: dict[str, tuple[type[Page], int]] = {}


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the tree. What isn't found here, closed to the public or not asked for reading is Wagtail's
    matter, with its hooks; for an open page they ask nothing but the method."""
    page = answering_at(path) if request.method in ("GET", "HEAD") else None
    if page is None:
        return serve(request, path)
    response: HttpResponse = page.serve(request)
    return response


def answering_at(path: str) -> Any:
    """The page that answers the public at this address, as its own type, or None.

    In the active language; where that has no page at all here, the Chinese one that nobody has translated.
    """
    language = get_language()
    home = _home_path(language)
    if not home or path[-1:] not in ("", "/"):
        return None
    address = f"{home}{path}"
    if page := _still_there(address):
        return page
    found = _found.first(url_path=address)
    if found is None and language != settings.LANGUAGE_CODE:
        found = _untranslated(address, f"{_home_path(settings.LANGUAGE_CODE)}{path}")
    if found is None:
        return None
    kind: Any = found.specific_class
    if kind is None or not issubclass(kind, PortalPage) or kind.route is not PortalPage.route:
        return None
    if found.url_path == address:
        _remember(address, kind, found.pk)
    return _whole(kind).first(pk=found.pk, url_path=found.url_path)


def _remember(address: str, kind: type[Page], pk: int) -> None:
    """Which page answers here: the next reader asks for that one by key, and whether it still does."""
    if len(_answered) >= REMEMBERED:
        _answered.clear()
    _answered[address] = kind, pk


def _still_there(address: str) -> Any:
    known: Any = _answered.get(address)
    return _whole(known[0]).first(pk=known[1], url_path=address) if known else None


def _untranslated(own: str, chinese: str) -> Any:
    """The open Chinese page, unless another stands at the language's own address, though closed."""
    there = _either(own=own, chinese=chinese)
    return there[0] if len(there) == 1 and there[0].url_path == chinese else None


def _home_path(language: str | None) -> str:
    """The `url_path` of the home page; empty where there is none, or where Wagtail has to choose a site."""
    known = Site.get_site_root_paths()
    if len({root.site_id for root in known}) != 1:
        return ""
    return next((root.root_path for root in known if root.language_code == language), "")


_found = PreparedPages(
    lambda: answering(Page.objects.filter(url_path=words("url_path"))).order_by("pk")[:1], FOR_LINKS
)


def _own_or_chinese() -> QuerySet:
    open_to_all = answering(Page.objects.filter(url_path=words("chinese"))).values("pk")
    return Page.objects.filter(Q(url_path=words("own"), live=True) | Q(pk__in=open_to_all)).order_by("pk")


_either = PreparedPages(_own_or_chinese, FOR_LINKS)


@functools.cache
def _whole(kind: type[Page]) -> PreparedPages:
    def build() -> QuerySet:
        return answering(kind.objects.filter(pk=key("pk"), url_path=words("url_path")))

    return PreparedPages(build)
