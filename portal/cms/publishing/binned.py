"""The bin: deleted drafts of 30 days, put back below a parent that is chosen anew."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from portal.cms.publishing.frame import number_in, told
from portal.pages.above import HOME_DEPTH
from portal.publishing.authority import acting_on, held_on, officer_behind
from portal.publishing.bin import restore
from portal.publishing.models import BinnedDraft
from portal.publishing.steps import WRITERS
from relief.errors import Refused
from relief.officers.models import Officer

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def binned(request: HttpRequest) -> HttpResponse:
    """Drafts from the officer's sections, newest first. POST puts one back."""
    officer = officer_behind(request.user)
    if request.method == "POST":
        return _put_back(request, officer)
    parents = _old_places()
    shown = Paginator(_within_reach(officer, parents), PER_PAGE).get_page(request.GET.get("p"))
    lines = [(one, parents.get(one.parent_id), _parents_for(one, officer)) for one in shown]
    return render(request, "cms/bin.html", {"shown": shown, "lines": lines})


def _old_places() -> dict[int, Page]:
    return dict(Page.objects.in_bulk(BinnedDraft.objects.values_list("parent_id", flat=True)))


def _within_reach(officer: Officer, parents: Mapping[int, Page]) -> QuerySet[BinnedDraft]:
    """Drafts whose old place the officer writes in; where it is gone too, who writes on the whole site."""
    reachable = {pk for pk, page in parents.items() if held_on(officer, page, WRITERS)}
    drafts = BinnedDraft.objects.all()
    home = Page.objects.filter(depth=HOME_DEPTH).first()
    if home is not None and held_on(officer, home, WRITERS):
        return drafts.exclude(parent_id__in=parents.keys() - reachable)
    return drafts.filter(parent_id__in=reachable)


def _put_back(request: HttpRequest, officer: Officer) -> HttpResponse:
    parents = _old_places()
    draft = get_object_or_404(_within_reach(officer, parents), pk=number_in(request, "draft"))
    parent = get_object_or_404(Page, pk=number_in(request, "parent")).specific
    try:
        acting_on(officer, WRITERS, parent)
        page = restore(draft, parent=parent, user=request.user)
    except Refused as refused:
        told(request, refused)
        return HttpResponseRedirect(request.path)
    messages.success(request, _("“%(title)s” is a draft again.") % {"title": page.title})
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _parents_for(draft: BinnedDraft, officer: Officer) -> list[Page]:
    """Where a page of this type may stand and the officer writes."""
    page_type = apps.get_model(draft.page_type)
    pages = Page.objects.type(tuple(page_type.allowed_parent_page_models())).order_by("path")
    return [page for page in pages if held_on(officer, page, WRITERS)]
