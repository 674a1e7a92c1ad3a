"""The public history of a page (更新记录): when it changed, how much, and what the bureau says about it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.context import Link
from portal.pages.languages import lang_of
from portal.publishing.models import PageRecord, PageState
from portal.publishing.queries import public_history

PER_PAGE = 20


@require_safe
def page_history(request: HttpRequest, code: UUID) -> HttpResponse:
    """`/page-history/<code>/`: every public change of one page, also of a withdrawn one, newest first."""
    kept = get_object_or_404(PageRecord.objects.exclude(state=PageState.DRAFT), code=code)
    page = Page.objects.live().select_related("locale").filter(pk=kept.page_id).first()
    if page is None:
        raise Http404
    shown = Paginator(public_history(kept), PER_PAGE).get_page(request.GET.get("page"))
    crumbs = [Link(page.title, page.get_url(request) or "", lang=lang_of(page))]
    return render(
        request,
        "pages/history.html",
        {"page": page, "record": kept, "shown": shown, "breadcrumbs": crumbs},
    )
