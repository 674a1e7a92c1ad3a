"""Error pages that say more than Django's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def forbidden(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """403 with the reasons of a refused act, when it brought some."""
    return render(request, "403.html", {"reasons": getattr(exception, "reasons", None)}, status=403)


def gone(request: HttpRequest, *, why: str, url: str, label: str, title: str = "") -> HttpResponse:
    """410: was here and was taken down on purpose; where to read on. `title` for what was never public."""
    words = {"title": title or _("No longer published"), "why": why, "url": url, "label": label}
    return render(request, "410.html", words, status=410)
