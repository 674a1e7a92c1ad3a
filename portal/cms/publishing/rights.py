"""Who may do what here, and where it comes from; and the table of steps, read-only."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, get_page_models

from portal.cms.publishing.frame import officer_on, page_or_404
from portal.pages.base import PortalPage
from portal.pages.previews import print_styles
from portal.publishing.authority import officer_behind, rights_on
from portal.publishing.care import cycle_of
from portal.publishing.steps import steps_of
from relief.officers.models import Appointment, ScopeKind


@require_safe
def rights(request: HttpRequest, page_id: int) -> HttpResponse:
    """Everybody with a role on this page today: role, where it comes from, until when."""
    page = page_or_404(page_id)
    officer_on(request, page)
    sections = {
        str(above.translation_key): above for above in page.get_ancestors(inclusive=True).filter(depth__gte=2)
    }
    lines = [{"appointment": one, "source": _source(one, sections)} for one in rights_on(page)]
    lines.sort(key=lambda line: (line["appointment"].role, line["appointment"].officer.name))
    return render(request, "cms/rights.html", {"page": page, "lines": lines, "steps": steps_of(type(page))})


@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """Type of page → steps of review and cycle of checks, as the code says."""
    officer_behind(request.user)
    types = sorted(
        (model for model in get_page_models() if issubclass(model, PortalPage)),
        key=lambda model: str(model._meta.verbose_name),
    )
    lines = [(str(model._meta.verbose_name), steps_of(model), cycle_of(model)) for model in types]
    return render(request, "cms/steps.html", {"lines": lines})


@require_safe
def print_rules(request: HttpRequest) -> HttpResponse:
    """What the preview on paper is drawn with."""
    officer_behind(request.user)
    return HttpResponse(print_styles(), content_type="text/css; charset=utf-8")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How a text becomes public, changes and leaves."""
    officer_behind(request.user)
    return render(request, "cms/help.html")


def _source(appointment: Appointment, sections: dict[str, Page]) -> Any:
    if appointment.scope_kind == ScopeKind.AREA:
        return _("the whole site")
    return sections[appointment.scope_code].title
