"""Plans to publish: what goes live when, what failed or was overtaken; giving one up, taking it up again."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page, Revision

from portal.cms.publishing.frame import number_in, officer_on, page_or_404, told
from portal.publishing.authority import held_on, officer_behind, reach_of
from portal.publishing.difference import differences
from portal.publishing.drafts import take_up
from portal.publishing.models import OPEN_PLANS, Plan, PlanState
from portal.publishing.plan import cancel
from portal.publishing.steps import RELEASERS, WRITERS
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
    reach = reach_of(officer)
    lines = [
        (plan, page, {"gives_up": held & set(RELEASERS), "writes": held & set(WRITERS)})
        for plan in found
        if (page := pages.get(plan.record.page_id)) and (held := reach.on(page))
    ]
    shown = Paginator(lines, PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "cms/plans.html", {"lines": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def planned(request: HttpRequest, plan_id: int) -> HttpResponse:
    """One plan: what changed in public since its text was written, and what it would change now.

    POST makes the text of an overtaken plan a draft again.
    """
    plan = get_object_or_404(Plan.objects.select_related("record", "submission"), pk=plan_id)
    page = page_or_404(plan.record.page_id)
    officer = officer_on(request, page)
    if plan.state not in OPEN_PLANS:
        raise Http404
    if request.method == "POST":
        try:
            take_up(plan, by=officer, version=number_in(request, "version"))
        except Refused as refused:
            told(request, refused)
        else:
            messages.success(
                request, _("The planned text is the newest draft. Bring it up to date and hand it in.")
            )
            return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    writes = bool(held_on(officer, page, WRITERS))
    may_take_up = writes and plan.state == PlanState.OVERTAKEN
    context = {"plan": plan, "page": page, "writes": writes, "may_take_up": may_take_up, **_both(plan)}
    return render(request, "cms/planned.html", context)


def _both(plan: Plan) -> dict[str, Any]:
    """`since`: base → live, what happened meanwhile; `would`: live → planned, what the plan would do now."""
    numbers = (plan.submission.base_revision_id, plan.record.live_revision_id, plan.submission.revision_id)
    found = Revision.objects.in_bulk([number for number in numbers if number])
    base, live, text = (found[number].as_object() if number else None for number in numbers)
    return {"since": differences(base, live) if live is not None else [], "would": differences(live, text)}
