"""A reader opened a result: which place in the list it had, for words that are counted already."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.finder.asked import Asked, note_opened
from portal.finder.asked_words import as_typed, folded_words
from portal.finder.counting import Counted, is_a_reader, is_new, network_of, visitor_of

MOST_BYTES, FARTHEST = 2048, 100


@csrf_exempt  # public pages set no cookie, so there is no token; the browser says which site the click is of
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """204, whatever is sent: a browser that leaves the page reads no answer."""
    told = _told(request) if is_a_reader(request) and _is_own(request) else None
    if told is None:
        return HttpResponse(status=204)
    (words, place), language, visitor = told, get_language() or "", visitor_of(request)
    asked = Asked(words, language, network_of(request))

    def count() -> None:
        if is_new(visitor, folded_words(words), language, str(place)):
            note_opened(asked, place)

    return Counted(status=204, then=count)


def _is_own(request: HttpRequest) -> bool:
    """Whether a page of this site sent it."""
    origin = urlsplit(request.headers.get("Origin", "")).netloc
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin" and (
        origin == request.get_host()
    )


def _told(request: HttpRequest) -> tuple[str, int] | None:
    """The words and the place, when there is nothing wrong with either."""
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES or request.content_type != "application/x-www-form-urlencoded":
        return None
    try:
        fields = parse_qs(body.decode("ascii"), max_num_fields=4)
        words, place = as_typed(fields["q"][0]), fields["place"][0]
    except (ValueError, KeyError):
        return None
    known = place.isascii() and place.isdigit() and 1 <= len(place) <= 3 and 1 <= int(place) <= FARTHEST
    return (words, int(place)) if words and known else None
