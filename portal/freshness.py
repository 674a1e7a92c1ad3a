"""How long an answer may be kept: never without asking again; what stands behind sign-in not at all.

The address alone chooses the language of a public page, so an answer never varies by the browser's language.
"""

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from portal.display import mode_of
from relief.ledger import journal
from relief.publicity.models import PublicList
from relief.trail import clock

STAFF = ("/desk/", "/cms/", "/audit/")
#: what shapes a page besides the data: a new release must not be taken for the old page
SHAPES = (
    "portal/**/*.py",
    "templates/**/*.html",
    "templates/**/*.typ",
    "portal/locale/**/*.mo",
    "portal/cms/locale/**/*.mo",
    "portal/static/cap/*.css",
)


class FreshnessMiddleware:
    """Gives every answer that says nothing itself its Cache-Control, and keeps Vary to the point."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        staff = request.path.startswith(STAFF)
        if not response.has_header("Cache-Control"):
            if staff:
                patch_cache_control(response, no_store=True, private=True)
            else:
                patch_cache_control(response, no_cache=True)
        if not staff and response.has_header("Vary"):
            named = [name.strip() for name in response["Vary"].split(",")]
            kept = [name for name in named if name.lower() != "accept-language"]
            response["Vary"] = ", ".join(kept)
            if not kept:
                del response["Vary"]
        return response


def fresh_answer(
    request: HttpRequest,
    public_list: PublicList | None,
    build: Callable[[], HttpResponse],
    *,
    hidden: bool = True,
) -> HttpResponse:
    """Answer 304 when the reader has this page already, else build it; either way it is asked for each time.

    `hidden`: no shared cache and no search engine keeps it, as holds for all that may carry a name.
    """
    etag = entity_tag(request, public_list)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = build()
    if response.status_code in (200, 304):
        response["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ["Accept-Encoding"])
    if hidden:
        patch_cache_control(response, private=True)
        response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def entity_tag(request: HttpRequest, public_list: PublicList | None = None) -> str:
    """The journal's head and the day, with what else makes two answers differ.

    A posting on one of several boards writes no row of the journal, so the list's version counts too.
    """
    parts = [
        release(),
        journal.head(),
        clock.today().isoformat(),
        f"{public_list.pk}.{public_list.version}" if public_list else "",
        get_language(),
        mode_of(request),
        request.get_full_path(),
    ]
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


@functools.cache
def release() -> str:
    """Digest of the pages' own sources; computed once in a process."""
    root = Path(settings.BASE_DIR)
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SHAPES for path in root.glob(pattern)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
