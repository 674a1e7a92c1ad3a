"""Addresses of a page: where it stands, what leads there, when and why; a short one more, a move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.actors import who
from portal.cms.publishing.frame import Refusable, carried_out, officer_on, page_or_404
from portal.publishing.addresses import ENGLISH, path_of
from portal.publishing.authority import acting_on, may
from portal.publishing.lead import add_address, end_address
from portal.publishing.models import AddressChange, AddressKind, PageRecord
from portal.publishing.move import move
from portal.publishing.steps import RELEASERS
from portal.publishing.submit import record_of
from relief.errors import Reason, WrongState
from relief.trail.models import Event

PER_PAGE = 20


class AddressForm(Refusable, forms.Form):
    """An address that shall lead here, or no more, and why."""

    path = forms.CharField(label=gettext_lazy("Short or further address, as “/dibao”"), max_length=255)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(Refusable, forms.Form):
    """The new name and the page above; the public reads why."""

    slug = forms.CharField(
        label=gettext_lazy("Last part of the address"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and hyphens."),
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Page above"),
        queryset=Page.objects.filter(depth__gte=2),
        widget=AdminPageChooser(),
    )
    reason_zh = forms.CharField(
        label=gettext_lazy("Reason in Chinese"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason_en = forms.CharField(
        label=gettext_lazy("Reason in English"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class Line:
    """One entry of a page's addresses: who did it, and whether the address leads here today."""

    change: AddressChange
    by: str
    leads: bool


@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest, page_id: int) -> HttpResponse:
    """Addresses of a page in both languages. POST adds one, or takes one away; nothing typed is lost."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    kept = record_of(page)
    form = AddressForm(initial={"version": kept.version if kept else 0})
    ending = None
    if request.method == "POST":
        if kept is None:
            raise WrongState(Reason("not-public", _("This page was never public.")))
        ends = "end" in request.POST
        sent = AddressForm(request.POST)
        act = end_address if ends else add_address
        if carried_out(request, sent, lambda words: act(kept, by=officer, **words)):
            said = _("The address leads here no more.") if ends else _("The address leads here now.")
            messages.success(request, said)
            return HttpResponseRedirect(request.path)
        if ends:
            ending = sent
            if sent.errors:
                messages.error(request, _("Say why the address is taken away."))
        else:
            form = sent
    shown = Paginator(_history(page), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "record": kept,
        "here": _here(page),
        "shown": shown,
        "lines": _lines(list(shown)),
        "form": form,
        "ending": ending,
        "may_change": kept is not None and kept.was_public and may(request.user, RELEASERS, page),
    }
    return render(request, "cms/addresses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def moving(request: HttpRequest, page_id: int) -> HttpResponse:
    """Give a page that was public another address; only who releases texts here and there may."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    acting_on(officer, RELEASERS, page)
    kept = record_of(page)
    if kept is None or not kept.was_public:
        words = _("A page that was never public is moved or renamed by its editor.")
        raise WrongState(Reason("not-public", words))
    standing = {"slug": page.slug, "parent": page.get_parent(), "version": kept.version}
    form = MoveForm(request.POST or None, initial=standing)
    if request.method == "POST" and carried_out(request, form, lambda words: move(kept, by=officer, **words)):
        messages.success(request, _("The page has its new address; the old ones lead there."))
        return HttpResponseRedirect(reverse("publishing:addresses", args=[page.pk]))
    below = page.get_descendants().count()
    return render(request, "cms/move.html", {"page": page, "form": form, "here": _here(page), "below": below})


def _here(page: Any) -> list[tuple[str, str]]:
    """Language and address, of the page and its translations; a Chinese page alone is read in English too."""
    pages = [page, *page.get_translations().select_related("locale")]
    found = [(str(one.locale), path_of(one)) for one in pages]
    if len(pages) == 1 and not found[0][1].startswith(f"{ENGLISH}/"):
        found.append((_("English, not translated"), ENGLISH + found[0][1]))
    return found


def _history(page: Any) -> Any:
    """What ever led to the page or its translations, the newest first."""
    numbers = page.get_translations(inclusive=True).values("pk")
    records = PageRecord.objects.filter(page_id__in=numbers)
    return AddressChange.objects.filter(record__in=records).select_related("record").order_by("-pk")


def _lines(changes: list[AddressChange]) -> list[Line]:
    events = Event.objects.in_bulk([one.event_id for one in changes])
    leading = set(
        Redirect.objects.filter(old_path__in=[one.path for one in changes]).values_list(
            "old_path", "redirect_page_id"
        )
    )
    return [
        Line(
            one,
            who(events[one.event_id]),
            one.kind != AddressKind.ENDED and (one.path, one.record.page_id) in leading,
        )
        for one in changes
    ]
