"""Preview links of one page: make one for somebody outside, see how often it was opened, end it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Revision

from portal.cms.publishing.frame import number_in, officer_on, page_or_404, text_in, told
from portal.gate.shown import gate_context
from portal.pages.shared_draft import address_of_link
from portal.publishing.authority import acting_on, held_on
from portal.publishing.models import PreviewLink
from portal.publishing.share import check_draft, ended, newest_change, revoke, share
from portal.publishing.steps import WRITERS
from portal.publishing.submit import record_of
from relief.errors import Reason, Refused, WrongState
from relief.officers.models import Officer

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def preview_links(request: HttpRequest, page_id: int) -> HttpResponse:
    """The page's links, newest first. POST makes one of the newest draft, or revokes one."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    typed, findings = "", None
    if request.method == "POST":
        typed = request.POST.get("for_whom", "")
        done, findings = _done(request, page, officer, typed)
        if done:
            return HttpResponseRedirect(reverse("publishing:preview-links", args=[page.pk]))
    kept = record_of(page)
    shown = Paginator(_links(page), PER_PAGE).get_page(request.GET.get("p"))
    changed_by = newest_change(kept) if kept else 0
    lines = [(one, address_of_link(one, page.language), ended(one, changed_by)) for one in shown]
    context = {
        "page": page,
        "shown": shown,
        "lines": lines,
        "writes": bool(held_on(officer, page, WRITERS)),
        "draft": page.latest_revision if page.latest_revision_id != page.live_revision_id else None,
        "typed": typed,
        "gate": findings,
    }
    return render(request, "cms/preview_links.html", context)


def _links(page: Any) -> QuerySet[PreviewLink]:
    """With the number of openings and the last one."""
    links = PreviewLink.objects.filter(record__page_id=page.pk).order_by("-pk")
    return links.annotate(opened=Count("openings"), last_opened=Max("openings__at"))


def _done(
    request: HttpRequest, page: Any, officer: Officer, typed: str
) -> tuple[bool, dict[str, Any] | None]:
    """Do what the form asks for; else tell why not, with what the privacy check found."""
    number = number_in(request, "link")
    try:
        if number:
            link = get_object_or_404(PreviewLink, pk=number, record__page_id=page.pk)
            revoke(link, by=officer, version=number_in(request, "version"))
            messages.success(request, _("The link shows nothing any more."))
            return True, None
        acting_on(officer, WRITERS, page)
        revision = Revision.objects.for_instance(page).filter(pk=number_in(request, "revision")).first()
        if revision is None:
            raise WrongState(Reason("no-version", _("Say of which version: look at the page anew.")))
        standing = check_draft(revision, by=officer)
        if standing.findings:
            words = _("The privacy check found something: this draft can’t be shown outside.")
            messages.error(request, words)
            return False, gate_context(standing, officer, holds_role=False)
        share(revision, by=officer, for_whom=text_in(request, "for_whom")[:80])
    except Refused as refused:
        told(request, refused)
        return False, None
    messages.success(request, _("The link is made. Copy its address from the table below and hand it on."))
    return True, None
