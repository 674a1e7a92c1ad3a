"""A draft shown to who holds a preview link: under a banner, kept by nobody, found by no search engine."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.attachments.offered import offered_by
from portal.attachments.serve import download_of_draft
from portal.attachments.shown import files_of_draft
from portal.attachments.version_models import FileVersion
from portal.errors import gone
from portal.pages.addresses import absolute
from portal.publicity.throttle import Limit, address_of, count, too_many
from portal.publishing.models import PreviewLink
from portal.publishing.share import Ended, draft_behind, keep_opening, link_behind, token_of

#: addresses that we never signed, for each asker; openings of one link by whomever
WRONG = Limit("preview-wrong", times=20, minutes=10)
OPENINGS = Limit("preview-open", times=120, minutes=10)


def address_of_link(link: PreviewLink, language: str) -> str:
    """The whole address to hand on, in the language of the text."""
    with translation.override(language):
        return absolute(reverse("pages:shared-draft", args=[token_of(link)]))


@require_safe
def shared_draft(request: HttpRequest, token: str) -> HttpResponseBase:
    """`/preview/<token>/`: one version of a draft, as it would look in public."""
    link, page, refusal = _opened(request, token)
    if link is None or refusal is not None:
        return _secluded(refusal)
    with translation.override(page.language):
        request.LANGUAGE_CODE = page.language
        response = _drawn(request, page, link)
    if request.method == "GET":
        keep_opening(link)
    return _secluded(response)


@require_safe
def shared_file(request: HttpRequest, token: str, file: UUID, filename: str) -> HttpResponseBase:
    """A file of the draft, while its link holds."""
    link, page, refusal = _opened(request, token)
    if link is None or refusal is not None:
        return _secluded(refusal)
    for version in offered_by(page):
        if version.token == file and version.filename == filename:
            response = download_of_draft(version)
            if request.method == "GET":
                keep_opening(link, version.pk)
            return _secluded(response)
    raise Http404


def _opened(request: HttpRequest, token: str) -> tuple[PreviewLink | None, Any, HttpResponse | None]:
    """The link and its draft, or what to answer instead. Raises Http404 for an address that isn't ours."""
    link = link_behind(token)
    if link is None:
        again = count(WRONG, address_of(request))
        if again is None:
            raise Http404
        return None, None, too_many(request, again)
    page = draft_behind(link)
    if isinstance(page, Ended):
        return link, None, _over(request, link, page)
    again = count(OPENINGS, link.code.hex)
    return link, page, too_many(request, again) if again else None


def _drawn(request: HttpRequest, page: Any, link: PreviewLink) -> HttpResponse:
    """The page's own template; it has no public state while it is a draft."""

    def address(version: FileVersion) -> str:
        return reverse("pages:shared-file", args=[token_of(link), version.token, version.filename])

    request.is_preview = True  # type: ignore[attr-defined]
    page.record = None
    response = page.serve(request)
    if not isinstance(response, TemplateResponse):
        raise Http404  # a page that only leads elsewhere
    response.context_data = (response.context_data or {}) | {"draft_link": link}
    with files_of_draft(offered_by(page), address):
        response.render()
    return response


def _over(request: HttpRequest, link: PreviewLink, why: Ended) -> HttpResponse:
    """410; where the text is public now, it leads there."""
    words = {
        Ended.REVOKED: _("This preview was ended by the office that gave the link."),
        Ended.EXPIRED: _("This preview was open for seven days, which are over."),
        Ended.PUBLISHED: _("What is public on this page has changed since: read it there."),
        Ended.BINNED: _("The draft is no more."),
        Ended.CHANGED: _("The draft changed since the link was made: ask for a new one."),
    }
    url, label = "/", _("Home page")
    if why == Ended.PUBLISHED:
        page = link.record.page
        url, label = page.get_url() or "/", page.title
    return gone(request, title=_("This preview has ended"), why=words[why], url=url, label=label)


def _secluded(response: Any) -> HttpResponseBase:
    """Kept by no cache and no search engine, and the address is told to no other site."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
