"""Hand out what editors upload: documents by token, pictures in the sizes that pages show."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.static import serve

from portal.pages.files import RENDITIONS, PortalDocument

#: a rendition's random name: 32 hexadecimal digits and the size; never a name somebody typed
RENDITION = re.compile(r"[0-9a-f]{32}\.[\w.-]+\Z", re.ASCII)
ONE_YEAR = 365 * 24 * 60 * 60


@require_safe
def document(request: HttpRequest, token: UUID, filename: str) -> HttpResponseBase:
    """A document that a live page offers, always as a download. Staff of the CMS may open any."""
    found = get_object_or_404(PortalDocument.objects.select_related("collection"), token=token)
    if filename != found.filename:
        raise Http404
    public = found.is_public()
    if not public and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    try:
        content = found.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(content, as_attachment=True, filename=found.filename)
    response["Cache-Control"] = "no-cache" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A rendition. Its name is random and its content never changes, so browsers keep it."""
    if not RENDITION.match(name):
        raise Http404
    response = serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / RENDITIONS))
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response
