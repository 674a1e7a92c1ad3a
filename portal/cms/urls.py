"""Addresses of the editors' face: `/cms/`, and the files that their pages offer.

What comes first closes what Wagtail would open.
"""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path, reverse
from wagtail.admin import urls as wagtail_admin
from wagtail.admin.auth import require_admin_access

from portal.cms.account import Preferences
from portal.pages.listing_panel import listing_count
from portal.pages.serve import document, picture

#: accounts and groups follow the appointments; passwords belong to the sign-in of the desk; embeds ask other
#: hosts for what pages would show; nobody needs pages that fail on purpose
CLOSED = r"^cms/(users|groups|password_reset|embeds|failwhale|test404|bulk/(relief|auth|wagtailusers))(/|$)"


def sign_in(request: HttpRequest) -> HttpResponse:
    """One sign-in for all staff: Wagtail's own page leads there."""
    target = request.GET.get("next", "")
    return redirect_to_login(target if target.startswith("/cms/") else "/cms/", reverse("desk:sign-in"))


def closed(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
    """Not part of this site."""
    raise Http404


urlpatterns = [
    path("cms/login/", sign_in),
    path("cms/account/", require_admin_access(Preferences.as_view())),
    re_path(CLOSED, closed),
    path("cms/listings/count/<str:language>/", listing_count, name="listing_count"),
    path("cms/", include(wagtail_admin)),
    path("files/<uuid:token>/<str:filename>", document, name="document"),
    path("media/images/<str:name>", picture, name="picture"),
]
