"""Hand out what editors upload: versions of documents by token, pictures in the sizes that pages show."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.static import serve

from portal.attachments.images import RENDITIONS
from portal.attachments.models import PortalDocument
from portal.attachments.public import Standing, newest_public, standings, versions_of
from portal.attachments.version_models import FileVersion
from portal.errors import gone

#: a rendition's random name: 32 hexadecimal digits and the size; never a name somebody typed
RENDITION = re.compile(r"[0-9a-f]{32}\.[\w.-]+\Z", re.ASCII)
ONE_YEAR = 365 * 24 * 60 * 60
ENTER_THE_CMS = "wagtailadmin.access_admin"


@require_safe
def document(request: HttpRequest, token: UUID, filename: str) -> HttpResponseBase:
    """Exactly one version, always as a download: public, withdrawn (410) or private (for CMS staff)."""
    version = get_object_or_404(FileVersion.objects.filter(filename=filename), token=token)
    standing = standings([version])[version.pk]
    public = standing.is_public and not _is_private(version)
    if not public and not request.user.has_perm(ENTER_THE_CMS):
        if standing.is_withheld:
            return _withdrawn(request)
        raise Http404
    if public:
        unchanged = get_conditional_response(request, etag=version.etag)
        if unchanged is not None:
            return _with_heads(unchanged, version, public=True)
    return _download(version, public=public)


def download_of_draft(version: FileVersion) -> HttpResponseBase:
    """A version that is not public yet, for who may read it. Raises Http404 for a closed collection."""
    if _is_private(version):
        raise Http404
    return _download(version, public=False)


@require_safe
def newest(request: HttpRequest, token: UUID) -> HttpResponseBase:
    """The stable address of a document: leads to its newest public version."""
    found = get_object_or_404(PortalDocument, token=token)
    version = None if found.is_private else newest_public(found.pk)
    if version is None:
        if any(one.is_withheld for one in _standings_of(found)):
            return _withdrawn(request)
        raise Http404
    response = redirect(version.url)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A rendition. Its name is random and its content never changes, so browsers keep it."""
    if not RENDITION.match(name):
        raise Http404
    response = serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / RENDITIONS))
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response


def _is_private(version: FileVersion) -> bool:
    """Whether the document's collection is closed, or the document itself is no more."""
    found = PortalDocument.objects.select_related("collection").filter(pk=version.document_id).first()
    return found is None or found.is_private


def _download(version: FileVersion, *, public: bool) -> HttpResponseBase:
    try:
        content = version.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(
        content, as_attachment=True, filename=version.filename, content_type=version.media_type
    )
    return _with_heads(response, version, public=public)


def _with_heads(response: HttpResponseBase, version: FileVersion, *, public: bool) -> HttpResponseBase:
    """Asked for each time, since what is public today may be withdrawn tomorrow."""
    response["Cache-Control"] = "no-cache" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if public:
        response["ETag"] = version.etag
        later = newest_public(version.document_id)
        if later is not None and later.number > version.number:
            response["Link"] = f'<{later.url}>; rel="successor-version"'
    return response


def _standings_of(found: PortalDocument) -> list[Standing]:
    return list(standings(versions_of(found.pk)).values())


def _withdrawn(request: HttpRequest) -> HttpResponseBase:
    return gone(
        request,
        why=_("This file stood on a page that has been withdrawn."),
        url="/",
        label=_("Home page"),
    )
