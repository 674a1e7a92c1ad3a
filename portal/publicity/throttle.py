"""How often one address may try: counted in a cache by keyed hash, never stored, never logged.

No captcha: whoever is told to wait is told until when, and may call or come meanwhile.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from relief.trail import clock


@dataclass(frozen=True)
class Limit:
    """At most `times` tries in `minutes` for each thing that is counted (an address, a number)."""

    name: str
    times: int
    minutes: int


def address_of(request: HttpRequest) -> str:
    """Who asks: as many steps back in X-Forwarded-For as there are own proxies before this server."""
    proxies = settings.OWN_PROXIES
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if proxies and len(told) >= proxies:
        return told[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def count(limit: Limit, *counted: str) -> datetime | None:
    """Count one try for each of `counted`; returns when to try again if one had too many, else None."""
    waits = [_count(limit, one) for one in counted]
    return max((wait for wait in waits if wait), default=None)


def exhausted(limit: Limit, *counted: str) -> datetime | None:
    """The same without counting: when to try again, if one of `counted` had its tries."""
    now = clock.now()
    store, again = caches["throttle"], None
    for one in counted:
        if store.get(_key(limit, one, now), 0) >= limit.times:
            again = _window_end(limit, now)
    return again


def too_many(request: HttpRequest, again: datetime, *, why: str = "") -> HttpResponse:
    """429: when to try again, and whom to call."""
    response = render(request, "429.html", {"again": again, "why": why}, status=429)
    response["Retry-After"] = str(max(1, int((again - clock.now()).total_seconds())))
    return response


def _count(limit: Limit, counted: str) -> datetime | None:
    now = clock.now()
    key, store = _key(limit, counted, now), caches["throttle"]
    store.add(key, 0, timeout=limit.minutes * 60)
    try:
        tries = store.incr(key)
    except ValueError:  # culled between the two: this is the first again
        tries = 1
    return _window_end(limit, now) if tries > limit.times else None


def _window_end(limit: Limit, now: datetime) -> datetime:
    """Windows follow the clock: the tenth minute begins a new one of ten minutes."""
    width = limit.minutes * 60
    start = int(now.timestamp()) // width * width
    return datetime.fromtimestamp(start + width, clock.SHANGHAI)


def _key(limit: Limit, counted: str, now: datetime) -> str:
    window = int(_window_end(limit, now).timestamp())
    text = f"{limit.name}|{window}|{counted}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), text, "sha256").hex()
