"""Appoint a person to a role in a section and end it; who may, the verbs say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Page

from portal.cms.contents.handover import held_still
from portal.cms.publishing.frame import Refusable, officer_on, page_or_404
from portal.cms.publishing.rule_words import history_in_words
from portal.publishing.authority import keys_above
from relief.errors import Refused
from relief.officers.appoint import GIVEN_IN_SECTIONS, appoint_to_section, end_appointment
from relief.officers.models import Appointment, Officer, ScopeKind
from relief.trail import clock

PER_PAGE = 20


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)


class ActForm(Refusable, forms.Form):
    """What both forms share: the reason."""

    why = forms.CharField(label=gettext_lazy("Reason, for the history"), max_length=200, required=False)


class AppointForm(ActForm):
    """Who, as what, from when until when."""

    officer = forms.ModelChoiceField(
        Officer.objects.filter(active=True).order_by("office", "name"), label=gettext_lazy("Person")
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    from_date = day_field(pgettext_lazy("date", "From"))
    until_date = day_field(gettext_lazy("Until (empty: no end set)"), required=False)
    field_order = ("officer", "role", "from_date", "until_date", "why")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"from_date": clock.today()})
        role: Any = self.fields["role"]
        role.choices = [(one.value, one.label) for one in GIVEN_IN_SECTIONS]
        officer: Any = self.fields["officer"]
        officer.label_from_instance = lambda one: f"{one.office} {one.name}"


class EndForm(ActForm):
    """With which day, and why."""

    until_date = day_field(gettext_lazy("Ends with"))
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("until_date", "why")


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest, page_id: int) -> HttpResponse:
    """Appointments of this section, also those to come and those that ended; POST makes one."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = appoint_to_section(
                section=page.translation_key, by=officer, above=keys_above(page), **form.cleaned_data
            )
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("%(name)s is appointed.") % {"name": made.officer.name})
            return HttpResponseRedirect(request.path)
    found = Appointment.objects.filter(scope_kind=ScopeKind.SECTION, scope_code=str(page.translation_key))
    shown = Paginator(found.select_related("officer").order_by("-pk"), PER_PAGE).get_page(
        request.GET.get("p")
    )
    context = {"page": page, "form": form, "shown": shown, "today": clock.today()}
    return render(request, "cms/appoint.html", context, status=form.status if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """One appointment with its history; POST ends it with a day."""
    found = Appointment.objects.filter(scope_kind=ScopeKind.SECTION).select_related("officer")
    one = get_object_or_404(found, pk=appointment_id)
    page = Page.objects.filter(translation_key=one.scope_code).order_by("locale_id", "path").first()
    if page is None:
        raise Http404
    officer = officer_on(request, page)
    ends: dict[str, date | int] = {"until_date": clock.today(), "version": one.version}
    form = EndForm(request.POST or None, initial=ends)
    if request.method == "POST" and form.is_valid():
        try:
            end_appointment(one, by=officer, above=keys_above(page), **form.cleaned_data)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            said = _("The appointment ends with the day that you set.")
            messages.success(request, said, buttons=_handing_over(one.officer, officer))
            return HttpResponseRedirect(reverse("publishing:appoint", args=[page.pk]))
    shown, steps = history_in_words(one, request.GET.get("p"))
    over = one.until_date is not None and one.until_date < clock.today()
    context = {"page": page, "one": one, "form": form, "shown": shown, "steps": steps, "over": over}
    context["handing_over"] = _handing_over(one.officer, officer)
    return render(request, "cms/appointment.html", context, status=form.status if form.errors else 200)


def _handing_over(leaver: Officer, by: Officer) -> list[Any]:
    """A button to the handover of what somebody answers for still; none where that is nothing."""
    number = held_still(leaver, by)
    if not number:
        return []
    words = ngettext(
        "%(name)s answers for %(number)d text or row of the catalogue: hand it over",
        "%(name)s answers for %(number)d texts and rows of the catalogue: hand them over",
        number,
    )
    address = f"{reverse('publishing:handover')}?who={leaver.pk}"
    return [messages.button(address, words % {"name": leaver.name, "number": number})]
