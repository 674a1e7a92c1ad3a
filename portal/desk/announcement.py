"""Announce the approved cases of a street (批后公告), with what the public will see."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from portal.desk.act import refuse_form
from portal.desk.frame import at_desk, page, status_of
from portal.desk.public_view import case_token, preview_of, streets_of
from portal.forms import Form
from relief.applications.benefits import benefits
from relief.applications.models import Application
from relief.awards.announce import announce, inspect_announcement, waiting_for_announcement
from relief.errors import NotAllowed, Reason, Refused
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Area
from relief.publicity.models import ListKind
from relief.trail.verb import write_refusal


class AnnounceForm(Form):
    """Which cases, as they were read: `number:version` for each."""

    street = forms.CharField(widget=forms.HiddenInput, max_length=5)
    cases = forms.MultipleChoiceField(label=_("Cases"), widget=forms.MultipleHiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def announce_new(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Choose a street, look at what the public will see, announce all its approved cases."""
    streets = streets_of(officer, Role.DISTRICT_ANNOUNCER)
    if not streets:
        acting(officer, {Role.DISTRICT_ANNOUNCER}, "")
    benefit = benefits()[0].key
    waiting = {street.number: waiting_for_announcement(street, benefit) for street in streets}
    wanted = request.POST.get("street") or request.GET.get("street")
    street = next((one for one in streets if one.number == wanted), None)
    if request.method == "POST" and street is None:
        unknown = NotAllowed(Reason("not-found", _("There is no such record in your area.")))
        write_refusal("announce", unknown, by=officer)
        raise Http404
    cases = waiting[street.number] if street else []
    context: dict[str, Any] = {
        "streets": [{"street": one, "count": len(waiting[one.number])} for one in streets],
        "street": street,
        "cases": cases,
        "tokens": [case_token(case) for case in cases],
        "form": None,
    }
    status = 200
    if request.method == "POST" and street:
        answer = _announce(request, officer, street, benefit, cases)
        if isinstance(answer, HttpResponse):
            return answer
        status, context["form"], context["changed"] = answer
    if street and cases:
        context |= preview_of(
            None, officer, cases=cases, area=street, benefit=benefit, kind=ListKind.ANNOUNCEMENT
        )
    return page(request, officer, "desk/announce.html", context, section="lists", status=status)


def _announce(
    request: HttpRequest, officer: Officer, street: Area, benefit: str, cases: list[Application]
) -> HttpResponse | tuple[int, Form | None, bool]:
    """Do it, or (status, form with reasons, whether the cases changed since they were shown)."""
    form = AnnounceForm(request.POST)
    form.fields["cases"].choices = [(case_token(case), "") for case in cases]  # type: ignore[attr-defined]
    if not form.is_valid():
        refuse_form("announce", form, by=officer, subject=street)
        return 409, None, True
    chosen = [case.pk for case in cases if case_token(case) in form.cleaned_data["cases"]]
    try:
        with suppress(Refused):  # then announcing says why not, and that is recorded
            inspect_announcement(street, by=officer, benefit=benefit, only=chosen)
        made = announce(street, by=officer, benefit=benefit, only=chosen)
    except NotAllowed:
        raise
    except Refused as refused:
        form.refuse(refused)
        return status_of(refused), form, False
    messages.success(request, gettext("The announcement is published and the awards are open."))
    return HttpResponseRedirect(reverse("desk:list", args=[made.code]))
