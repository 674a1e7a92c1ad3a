"""The heartbeat of a big screen (心跳): few bytes, each value one of few; nothing else is taken or kept."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.publicity import throttle
from portal.publicity.screen_options import read_options
from portal.publicity.throttle import Limit
from relief.publicity.queries import find
from relief.publicity.screens import Beat, hear, place_named

MOST_BYTES = 1024
#: of one address: the screens of an office share it
BEATS = Limit("screen-beat", times=120, minutes=1)
FIELDS = {"key", "path", "state", "number", "code", "size"}


@csrf_exempt
@require_POST
def beat(request: HttpRequest) -> HttpResponse:
    """204 when kept, 202 when it came too soon to be kept, 400 when it is none, 429 when one sends too many.

    A screen has no session, so there is no token to ask for; JSON keeps forms of other sites away.
    """
    if throttle.count(BEATS, throttle.address_of(request)):
        answer = HttpResponse(status=429)
        answer["Retry-After"] = "60"
        return answer
    try:
        return HttpResponse(status=204 if hear(read_beat(request)) else 202)
    except (ValueError, RecursionError):
        return HttpResponse(status=400)


def read_beat(request: HttpRequest) -> Beat:
    """Raises ValueError for whatever is not exactly a heartbeat."""
    body = request.read(MOST_BYTES + 1)
    if request.content_type != "application/json" or len(body) > MOST_BYTES:
        raise ValueError("no short JSON")
    told = json.loads(body)
    if not isinstance(told, dict) or set(told) != FIELDS or {type(one) for one in told.values()} != {str}:
        raise ValueError("not the fields of a heartbeat")
    area, path = _where(told["path"])
    return Beat(
        key=told["key"],
        area=area,
        path=path,
        state=told["state"],
        list_number=told["number"],
        check_code=told["code"],
        size=told["size"],
    )


def _where(address: str) -> tuple[str, str]:
    """The area of a screen's address, and the address as the site itself writes it."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        raise ValueError("no path")
    try:
        match = resolve(parts.path)
    except Resolver404:
        raise ValueError("no address of this site") from None
    if match.namespace != "publicity" or not (match.url_name or "").endswith("screen"):
        raise ValueError("no screen")
    options = read_options(parts.query)
    community = str(options.value("community"))
    if "number" in match.kwargs:
        one = find(match.kwargs["kind"], match.kwargs["number"])
        if one is None or (community and community not in one.labels["communities"]):
            raise ValueError("no such list")
        return community or one.area_id, parts.path + options.page_query
    place = place_named(community or str(options.value("street")))
    if place is None:
        raise ValueError("no such place")
    return place.number, parts.path + options.page_query
