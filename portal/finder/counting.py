"""From a request to a count: which searches and openings are a reader's, and when they are counted."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from ipaddress import IPv4Address, ip_address
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from portal.finder.asked import Asked, note
from portal.finder.asked_words import as_typed, countable, folded_words
from portal.finder.form import SearchForm
from portal.publicity import throttle
from portal.publicity.throttle import Limit
from search.answer import Answer

log = logging.getLogger(__name__)

#: the same words by the same visitor: read again, turned back to, filters dropped
ONCE = Limit("asked-once", 1, 24 * 60)
#: whoever searches for more than these in a day is a machine
FROM_ONE = Limit("asked-from-one", 200, 24 * 60)
#: at most so many writes a minute, whatever happens
ALTOGETHER = Limit("asked-writes", 120, 1)
#: what calls itself no browser, or an engine's
MACHINE = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|scan|curl|wget|python|java/|go-http|okhttp|headless|^\W*$", re.I
)


class Counted(HttpResponse):
    """An answer that counts something when it has been sent: nobody waits for it, nothing breaks by it."""

    def __init__(self, *args: Any, then: Callable[[], None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._then = then

    def close(self) -> None:
        try:
            self._then()
        except Exception as error:  # its message may repeat what was typed
            log.warning("a search was not counted: %s", type(error).__name__)
        finally:
            super().close()


def count_search(request: HttpRequest, form: SearchForm, answer: Answer) -> Callable[[], None]:
    """What to do once the page is sent: nothing for further pages, filters, machines, no words, no engine."""
    words = as_typed(form.value("q"))
    narrowed = form.visible_chosen or form.value("sort") or request.GET.get("page", "1") != "1"
    if request.method != "GET" or not words or narrowed or not answer.engine or not is_a_reader(request):
        return _nothing
    asked = Asked(words, get_language() or "", network_of(request), answer.total, answer.meaning)
    known = [text for hit in answer.hits for text in (hit.record.title, hit.record.street, *hit.record.exact)]
    visitor = visitor_of(request)

    def count() -> None:
        if countable(words, known) and is_new(visitor, folded_words(words), asked.language):
            note(asked)

    return count


def is_a_reader(request: HttpRequest) -> bool:
    """Whether it looks like a person's browser that shows the page now."""
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return "prefetch" not in ahead and not MACHINE.search(request.headers.get("User-Agent", ""))


def visitor_of(request: HttpRequest) -> str:
    """Address and browser, for counters in memory alone."""
    return f"{throttle.address_of(request)} {request.headers.get('User-Agent', '')[:300]}"


def network_of(request: HttpRequest) -> str:
    """Whom three are told apart by: an IPv4 address, or the half of an IPv6 one that doesn't change daily."""
    told = throttle.address_of(request)
    try:
        address = ip_address(told)
    except ValueError:
        return told
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or address.packed[:8].hex())


def is_new(visitor: str, *what: str) -> bool:
    """Whether this is not yet counted today for this visitor, who has counts left, as the site has."""
    if throttle.exhausted(FROM_ONE, visitor) or throttle.exhausted(ALTOGETHER, ""):
        return False
    if throttle.count(ONCE, " ".join((visitor, *what))):
        return False
    throttle.count(FROM_ONE, visitor)
    throttle.count(ALTOGETHER, "")
    return True


def _nothing() -> None:
    """No count."""
