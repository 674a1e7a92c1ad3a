"""Addresses of the editors' face: `/cms/`, and the files that their pages offer.

What comes first closes what Wagtail would open.
"""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path, reverse
from wagtail.admin import urls as wagtail_admin
from wagtail.admin.auth import require_admin_access

from portal.attachments.serve import document, newest, picture
from portal.cms.account import Preferences
from portal.cms.documents import DeleteDocument, Documents
from portal.cms.publishing.beside import EditPage
from portal.cms.scripts import words_of_scripts
from portal.pages.listing_count import listing_count

#: accounts and groups follow the appointments; passwords belong to the sign-in of the desk; embeds ask other
#: hosts for what pages would show; old addresses are kept beside their pages; nobody needs pages that fail on
#: purpose; steps of review are code; a translation is begun on our board, which keeps from which text
CLOSED = (
    r"^cms/(users|groups|workflows|redirects|password_reset|embeds|failwhale|test404|translation"
    r"|bulk/(relief|auth|wagtailusers))(/|$)"
)


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
    path("cms/jsi18n/", words_of_scripts, name="words-of-scripts"),
    re_path(CLOSED, closed),
    path("cms/listings/count/<str:language>/", listing_count, name="listing_count"),
    path("cms/documents/", require_admin_access(Documents.as_view()), name="documents"),
    path(
        "cms/documents/results/",
        require_admin_access(Documents.as_view(results_only=True)),
        name="documents-results",
    ),
    path(
        "cms/documents/delete/<int:document_id>/",
        require_admin_access(DeleteDocument.as_view()),
        name="delete-document",
    ),
    path("cms/pages/<int:page_id>/edit/", require_admin_access(EditPage.as_view()), name="edit-page"),
    path("cms/publishing/", include("portal.cms.publishing.urls")),
    path("cms/", include(wagtail_admin)),
    path("files/newest/<uuid:token>/", newest, name="newest-document"),
    path("files/<uuid:token>/<str:filename>", document, name="document"),
    path("media/images/<str:name>", picture, name="picture"),
]
