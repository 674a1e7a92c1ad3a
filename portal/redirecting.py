"""What no page answers: old and short addresses lead on, the others are counted for the editors."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from portal.publicity import throttle
from portal.publicity.throttle import Limit
from portal.publishing.addresses import CLOSED, leads_to
from portal.publishing.missing import countable, host_of, note

#: whoever asks for more than these in a day looks for holes, not for pages
FROM_ONE = Limit("missing-from-one", 20, 24 * 60)
ONCE = Limit("missing-once", 1, 24 * 60)
#: at most so many writes a minute, whatever happens
ALTOGETHER = Limit("missing-writes", 30, 1)


class RedirectMiddleware:
    """Asks for old addresses only when the answer would be “not found”."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if request.path.startswith(CLOSED):
            return response
        target = leads_to(request.path)
        if not target:
            if request.method == "GET" and is_a_page_s(request):
                count_missing(request)
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{target}?{query}" if query else target)


def is_a_page_s(request: HttpRequest) -> bool:
    """Whether a page could answer there: lists, checks and feeds say themselves what they don't know."""
    match = request.resolver_match
    return match is None or match.url_name == "wagtail_serve"


def count_missing(request: HttpRequest) -> None:
    """Count an address that nothing answers, once a day for each visitor.

    Who asks is known to a counter in memory alone, by keyed hash, for a day.
    """
    who = throttle.address_of(request)
    if throttle.exhausted(FROM_ONE, who) or throttle.exhausted(ALTOGETHER, ""):
        return
    path = countable(request.path)
    if not path or throttle.count(ONCE, f"{who} {path}"):
        return
    throttle.count(FROM_ONE, who)
    throttle.count(ALTOGETHER, "")
    try:
        note(path, host_of(request.headers.get("Referer", "")))
    except DatabaseError:
        return  # a count is worth no error: the reader is told that the page isn't there
