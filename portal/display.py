"""How a reader wants the pages drawn: standard, large type (长者版) or high contrast (高对比度).

The choice lives in a cookie that only the reader's own click sets; `?ui=large` shows one page that way
without a cookie. Styles do the rest, no script.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

MODES = ("large", "contrast")
COOKIE = "display"
ONE_YEAR = 365 * 24 * 60 * 60


def mode_of(request: HttpRequest) -> str:
    """The mode of this page: "" (standard), "large" or "contrast".

    A page that asks differs by cookie, so the middleware then sends `Vary: Cookie`; a view that
    computes an ETag must put the mode into it.
    """
    request.display_mode_used = True  # type: ignore[attr-defined]
    for wish in (request.GET.get("ui"), request.COOKIES.get(COOKIE)):
        if wish in MODES:
            return str(wish)
    return ""


class DisplayMiddleware:
    """Tells caches that a page drawn in the reader's mode depends on the cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "display_mode_used", False):
            patch_vary_headers(response, ["Cookie"])
        return response


@never_cache
@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Keep the chosen mode (`?mode=large|contrast|standard`) and go back to the page (`next`)."""
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    mode = request.GET.get("mode")
    if mode in MODES:
        response.set_cookie(
            COOKIE, mode, max_age=ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
