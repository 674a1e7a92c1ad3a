"""Plans to publish: what goes live when, what failed or was overtaken, and giving one up."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from portal.cms.publishing.frame import number_in, told
from portal.publishing.authority import held_on, officer_behind
from portal.publishing.models import OPEN_PLANS, Plan
from portal.publishing.plan import cancel
from relief.errors import Refused

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """Open plans of the officer's sections, the next first. POST gives one up."""
    officer = officer_behind(request.user)
    if request.method == "POST":
        plan = get_object_or_404(Plan, pk=number_in(request, "plan"))
        try:
            cancel(plan, by=officer, version=number_in(request, "version"))
        except Refused as refused:
            told(request, refused)
        else:
            messages.success(request, _("The plan is given up; its text stays as a draft."))
        return HttpResponseRedirect(request.path)
    found = Plan.objects.filter(state__in=OPEN_PLANS).select_related("record", "submission")
    pages = Page.objects.in_bulk([plan.record.page_id for plan in found])
    lines = [
        (plan, pages[plan.record.page_id])
        for plan in found
        if plan.record.page_id in pages and held_on(officer, pages[plan.record.page_id])
    ]
    shown = Paginator(lines, PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "cms/plans.html", {"lines": shown})
