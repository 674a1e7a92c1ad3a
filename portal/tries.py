"""Limited tries (限次): how often one visitor may be wrong within a while before he must wait."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from relief.trail import clock


@dataclass(frozen=True)
class Tries:
    """`limit` wrong tries in each window of `seconds`; counted in the shared cache, forgotten with it."""

    name: str
    limit: int
    seconds: int

    def count(self, request: HttpRequest) -> None:
        """One more wrong try of this visitor."""
        key = self._key(request)
        cache.add(key, 0, self.seconds * 2)
        try:
            cache.incr(key)
        except ValueError:  # the entry was pushed out between the two lines
            cache.set(key, 1, self.seconds * 2)

    def used_up(self, request: HttpRequest) -> bool:
        return int(cache.get(self._key(request), 0)) >= self.limit

    @property
    def again(self) -> datetime:
        """When the next window begins."""
        now = clock.now()
        return datetime.fromtimestamp((self._window + 1) * self.seconds, tz=now.tzinfo)

    def refusal(self, request: HttpRequest) -> HttpResponse:
        """429 in words, with the time from which to try again."""
        answer = render(request, "429.html", {"again": self.again}, status=429)
        answer["Retry-After"] = str(max(1, int((self.again - clock.now()).total_seconds()) + 1))
        return answer

    @property
    def _window(self) -> int:
        return int(clock.now().timestamp() // self.seconds)

    def _key(self, request: HttpRequest) -> str:
        """The address enters the cache as a digest only."""
        visitor = hashlib.sha256(address_of(request).encode()).hexdigest()[:24]
        return f"tries.{self.name}.{self._window}.{visitor}"


def address_of(request: HttpRequest) -> str:
    """The visitor's address: from the header that our own proxy sets, where there is one."""
    header = str(settings.CLIENT_ADDRESS_HEADER)
    given = str(request.META.get(header, "")) if header else ""
    return given.strip() or str(request.META.get("REMOTE_ADDR", ""))
