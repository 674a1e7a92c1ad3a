"""The frame of every desk page: who sits there, in which language, and how a refusal is answered."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from relief.applications.queries import NO_CASES
from relief.errors import Invalid, NotAllowed, Refused
from relief.officers.authority import appointments_of, officer_of
from relief.officers.models import SITE_ROLES, Appointment, Officer, Role
from relief.trail.verb import write_refusal

DeskView = Callable[..., HttpResponse]


def at_desk(view: DeskView) -> DeskView:
    """A view `(request, officer, …)` for signed-in officers, in their language, never kept by a cache.

    Who isn't an active officer goes to sign-in at once; a refusal that the view lets through becomes a page.
    """

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        officer = officer_of(request.user)
        if officer is None:
            logout(request)
            return no_store(redirect_to_login(request.get_full_path(), reverse("desk:sign-in")))
        request.desk_appointments = appointments_of(officer)  # type: ignore[attr-defined]
        with translation.override(officer.language):
            try:
                response = view(request, officer, *args, **kwargs)
            except Refused as refused:
                _record(request, officer, refused)
                response = refusal_page(request, officer, refused)
            except Http404:
                response = page(request, officer, "desk/not_found.html", status=404)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return no_store(response)

    return run


def _record(request: HttpRequest, officer: Officer, refused: Refused) -> None:
    """Keep the refusal of what was sent when no verb has kept it: the page itself asked who may."""
    if request.method == "POST" and not refused.recorded and request.resolver_match:
        write_refusal(request.resolver_match.url_name or "", refused, by=officer)


def held_by(request: HttpRequest) -> list[Appointment]:
    """What the officer of this request may act as today, read once for the page."""
    return getattr(request, "desk_appointments", [])


def no_store(response: HttpResponse) -> HttpResponse:
    """Nothing behind sign-in is kept, in no cache and in no browser's history."""
    patch_cache_control(response, no_store=True, private=True)
    return response


def page(
    request: HttpRequest,
    officer: Officer | None,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    section: str = "",
    status: int = 200,
) -> HttpResponse:
    """Draw a desk page; the navigation offers each officer what their roles open."""
    roles = {one.role for one in held_by(request)}
    frame = {
        "officer": officer,
        "desk_section": section,
        "at_counter": Role.COMMUNITY_CLERK in roles,
        "reads_cases": bool(roles - NO_CASES),
        "sees_counts": bool(roles - SITE_ROLES),
    }
    return render(request, template, {**frame, **(context or {})}, status=status)


def status_of(refused: Refused) -> int:
    """Who → 403, bad input → 422, when and what is missing → 409."""
    if isinstance(refused, NotAllowed):
        return 403
    return 422 if isinstance(refused, Invalid) else 409


def refusal_page(
    request: HttpRequest, officer: Officer, refused: Refused, *, back: str = "", title: str = ""
) -> HttpResponse:
    """A page that says why not, with the way back."""
    if not title:
        not_allowed = isinstance(refused, NotAllowed)
        title = _("You may not do this") if not_allowed else _("This is not possible now")
    context = {"reasons": refused.reasons, "title": title, "back_url": back or reverse("desk:queue")}
    return page(request, officer, "desk/refused.html", context, status=status_of(refused))
