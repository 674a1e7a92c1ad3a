"""What holds for every page under `/cms/`: never kept by a browser, a policy of its own, fresh rights."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from portal.errors import forbidden
from portal.registers.reader import reader_of
from relief.errors import Refused
from relief.officers.appoint import follow_groups
from relief.officers.models import SITE_ROLES

PREFIX = "/cms/"
#: icons and translations of the screens; the same for everybody, asked for before sign-in too
SHARED = ("/cms/sprite/", "/cms/jsi18n/")
#: who writes no pages needs the registers and a way in and out; Wagtail opens choosers, reports and an API
#: of pages, pictures and documents to everybody who may enter
FOR_READERS = (
    "/cms/registers/",
    "/cms/account/",
    "/cms/login/",
    "/cms/logout/",
    "/cms/dismissibles/",
    "/cms/modeladmin/jsi18n/",
)

#: Wagtail's screens carry inline styles and scripts; nothing comes from or goes to another host.
#: The preview of a page is a frame of our own.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


class CmsMiddleware:
    """Guards `/cms/`: rights as of today, the officer's language, no copies in a browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        if request.path.startswith(SHARED):
            response = self.get_response(request)
        else:
            response = self._for_staff(request)
            response["Cache-Control"] = "private, no-store"
        response["Content-Security-Policy"] = POLICY
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refused act is told in words on the page that it was asked from; never an error page."""
        if not request.path.startswith(PREFIX) or not isinstance(exception, Refused):
            return None
        for reason in exception.reasons:
            messages.error(request, str(reason))
        if request.method in ("GET", "HEAD"):
            return forbidden(request, PermissionDenied())
        return HttpResponseRedirect(_where_from(request))

    def _for_staff(self, request: HttpRequest) -> HttpResponse:
        reader = reader_of(request.user)
        if reader is None:
            return self.get_response(request)
        if reader.due_groups != reader.groups:
            follow_groups(reader.officer)  # an appointment began or ended since
        with translation.override(reader.officer.language):
            enters = request.user.has_perm("wagtailadmin.access_admin")
            reads = request.path == PREFIX or request.path.startswith(FOR_READERS)
            if not enters or not (reads or SITE_ROLES & reader.roles):
                # Wagtail would send them to the sign-in, which would send them back.
                return forbidden(request, PermissionDenied())
            return self.get_response(request)


def _where_from(request: HttpRequest) -> str:
    """The page of the CMS that the request came from; its start page when there is none."""
    referrer = urlsplit(request.META.get("HTTP_REFERER", ""))
    same = not referrer.netloc or referrer.netloc == request.get_host()
    return referrer.path if same and referrer.path.startswith(PREFIX) else PREFIX
