"""Addresses that were asked for and not found; “redirect this” lets one lead to a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from portal.cms.publishing.frame import Refusable, carried_out
from portal.publishing.authority import officer_behind
from portal.publishing.lead import add_address, public_once
from portal.publishing.models import MissingAddress
from portal.publishing.submit import record_of
from portal.writable import Writable
from relief.officers.models import Officer

PER_PAGE = 50


class FilterForm(Writable, forms.Form):
    """What of the report is shown."""

    q = forms.CharField(label=gettext_lazy("Address contains"), max_length=100, required=False)
    came = forms.ChoiceField(
        label=gettext_lazy("Led there by"),
        required=False,
        choices=[
            ("", gettext_lazy("all")),
            ("own", gettext_lazy("a page of this site")),
            ("others", gettext_lazy("another site")),
            ("none", gettext_lazy("no link known")),
        ],
    )


class LeadForm(Refusable, forms.Form):
    """The page that is meant, and why."""

    page = forms.ModelChoiceField(
        label=gettext_lazy("Leads to"), queryset=Page.objects.live(), widget=AdminPageChooser()
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """The report, what was asked for most first."""
    officer_behind(request.user)
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    shown = Paginator(_found(asked), PER_PAGE).get_page(request.GET.get("p"))
    context = {"form": form, "shown": shown, "filtered": any(asked.values())}
    return render(request, "cms/missing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lead_on(request: HttpRequest, missing_id: int) -> HttpResponse:
    """Let an address of the report lead to a page that was public."""
    officer = officer_behind(request.user)
    row = get_object_or_404(MissingAddress, pk=missing_id)
    form = LeadForm(request.POST or None)
    sent = request.method == "POST"
    if sent and carried_out(request, form, lambda words: _lead(row, officer, **words)):
        messages.success(request, _("“%(path)s” leads to its page now.") % {"path": row.path})
        return HttpResponseRedirect(reverse("publishing:missing"))
    return render(request, "cms/lead_on.html", {"row": row, "form": form})


def _found(asked: dict[str, Any]) -> Any:
    rows = MissingAddress.objects.filter(path__icontains=asked.get("q", ""))
    own = urlsplit(settings.PUBLIC_BASE_URL).netloc
    came = asked.get("came")
    if came == "own":
        return rows.filter(referrer=own)
    if came == "others":
        return rows.exclude(referrer__in=("", own))
    return rows.filter(referrer="") if came == "none" else rows


def _lead(row: MissingAddress, officer: Officer, *, page: Page, reason: str) -> object:
    kept = public_once(record_of(page))
    return add_address(kept, by=officer, path=row.path, reason=reason, version=kept.version)
