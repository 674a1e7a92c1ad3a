"""Withdraw a page: what links here comes first, then how, why and what replaces it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from portal.cms.publishing.frame import Refusable, carried_out, officer_on, page_or_404
from portal.publishing.authority import acting_on
from portal.publishing.links import links_to
from portal.publishing.steps import RELEASERS
from portal.publishing.submit import record_of
from portal.publishing.withdraw import withdraw
from relief.errors import Reason, WrongState


class LeavingForm(Refusable, forms.Form):
    """How texts leave, and what the public reads in their place."""

    way = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[
            ("superseded", gettext_lazy("superseded: the text stays readable under a banner")),
            ("removed", gettext_lazy("removed: only the reason is shown, its files are gone")),
        ],
        widget=forms.RadioSelect,
    )
    reason_zh = forms.CharField(
        label=gettext_lazy("Reason in Chinese"), max_length=300, widget=forms.Textarea
    )
    reason_en = forms.CharField(
        label=gettext_lazy("Reason in English"), max_length=300, widget=forms.Textarea
    )
    replaced_by = forms.ModelChoiceField(
        label=gettext_lazy("Replaced by"),
        queryset=Page.objects.live(),
        required=False,
        widget=AdminPageChooser(),
    )


class WithdrawalForm(LeavingForm):
    """For one page; the version tells when somebody was first."""

    version = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, page_id: int) -> HttpResponse:
    """Only who releases texts of this section may; nothing typed is lost when it is refused."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    acting_on(officer, RELEASERS, page)
    kept = record_of(page)
    if kept is None or not kept.was_public:
        raise WrongState(Reason("not-public", _("Only what is public can be withdrawn.")))
    form = WithdrawalForm(request.POST or None, initial={"version": kept.version, "way": "superseded"})
    sent = request.method == "POST"
    if sent and carried_out(request, form, lambda words: withdraw(kept, by=officer, **words)):
        messages.success(request, _("“%(title)s” is withdrawn.") % {"title": page.title})
        return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    context = {"page": page, "record": kept, "form": form, "links": links_to(page)}
    return render(request, "cms/withdraw.html", context)
