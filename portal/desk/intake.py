"""At the counter: find the household or enter it, and open its application (受理窗口)."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.desk.act import refuse_form
from portal.desk.award import awards_of
from portal.desk.find import case_ref, find_household, readers_stay_out
from portal.desk.frame import at_desk, held_by, page, status_of
from portal.desk.household_form import HouseholdForm
from portal.desk.survey import member_choices
from portal.forms import Form, IdNumberField
from relief.applications.benefits import benefits
from relief.applications.models import Application
from relief.applications.queries import visible_to
from relief.applications.states import ENDED, State
from relief.applications.submit import open_draft
from relief.awards.adjust import DECIDES
from relief.errors import Blocked, NotAllowed, Reason, Refused
from relief.households.models import Household, Person
from relief.households.queries import household_of_id_number, open_names
from relief.households.register import register_household
from relief.officers.authority import acting, scopes_of
from relief.officers.models import Officer, Role
from relief.places.models import Area, Level
from relief.places.scope import contains, within_any

COUNTER = (Role.COMMUNITY_CLERK,)


class FindForm(Form):
    id_number = IdNumberField(
        label=gettext_lazy("ID number of the applicant"),
        help_text=gettext_lazy("18 characters, as on the ID card. The search is recorded."),
    )


@sensitive_post_parameters("id_number")
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def intake(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Find the household by an ID number, typed into a form and never into an address."""
    scopes = _counter(officer)
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["id_number"]
        household = household_of_id_number(number, by=officer, purpose="intake")
        if household is None:
            return _entry_page(
                request, officer, HouseholdForm(_communities(scopes), id_number=number), new=True
            )
        if any(contains(scope, household.community_id) for scope in scopes):
            return HttpResponseRedirect(reverse("desk:household", args=[household.code]))
        elsewhere = _(
            "This person is registered in another area: ask the district to move the household first."
        )
        form.add_error("id_number", elsewhere)
    if form.is_bound and form.errors:
        refuse_form("find-household", form, by=officer)
    drafts = list(visible_to(officer).filter(state__in=(State.DRAFT, State.RETURNED)).order_by("-pk")[:20])
    names = open_names([case.applicant for case in drafts], by=officer, purpose="intake")
    tasks = [
        {
            "label": names[case.applicant_id],
            "hint": case.number or _("draft without number"),
            "url": reverse("desk:application", args=[case_ref(case)]),
            "status": case.get_state_display(),
            "colour": "yellow" if case.state == State.RETURNED else "blue",
        }
        for case in drafts
    ]
    context = {"form": form, "tasks": tasks}
    return page(
        request, officer, "desk/intake.html", context, section="intake", status=422 if form.errors else 200
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def enter_household(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Enter a household with its members. Adding a row keeps everything typed."""
    communities = _communities(_counter(officer))
    if request.method != "POST":
        return _entry_page(request, officer, HouseholdForm(communities))
    form = HouseholdForm(communities, request.POST)
    if "add" in request.POST or "remove" in request.POST:
        form.unchecked()
        return _entry_page(request, officer, form)
    if not form.is_valid():
        for one in form:
            if one.errors:
                refuse_form("register-household", one, by=officer)
        return _entry_page(request, officer, form, status=422)
    try:
        household = register_household(form.entry(), by=officer)
    except NotAllowed:
        raise
    except Refused as refused:
        form.refuse(refused)
        return _entry_page(request, officer, form, status=status_of(refused))
    messages.success(request, _("Household %(number)s is entered.") % {"number": household.number})
    return HttpResponseRedirect(reverse("desk:household", args=[household.code]))


class OpenForm(Form):
    """Who applies for what."""

    applicant = forms.ChoiceField(label=gettext_lazy("Applicant"), widget=forms.RadioSelect)
    benefit = forms.ChoiceField(label=gettext_lazy("Benefit"))


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def household(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """A household at the counter: its members, its cases, a new application."""
    home = find_household(officer, code)
    readers_stay_out(officer, held_by(request), "open-household", home)
    cases = list(Application.objects.filter(household=home).order_by("-pk"))
    members = member_choices(home, by=officer, purpose="intake")
    form = OpenForm(request.POST if request.method == "POST" else None)
    form.fields["applicant"].choices = members  # type: ignore[attr-defined]
    form.fields["benefit"].choices = [(one.key, one.label) for one in benefits()]  # type: ignore[attr-defined]
    form.initial["applicant"] = members[0][0] if members else ""
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return _opened(home, officer, form.cleaned_data)
            except Blocked as refused:
                form.refuse(refused)
                status = 409
        else:
            refuse_form("open-draft", form, by=officer, subject=home)
            status = 422
    running = [case for case in cases if case.state not in ENDED]
    at_window = any(contains(scope, home.community_id) for scope in scopes_of(officer, COUNTER))
    context = {
        "at_window": at_window,
        "household": home,
        "members": members,
        "cases": _rows(cases),
        "running": running,
        "awards": awards_of(home),
        "decides": any(contains(scope, home.community_id) for scope in scopes_of(officer, DECIDES)),
        "form": form,
    }
    return page(request, officer, "desk/household.html", context, section="intake", status=status)


def _opened(home: Household, officer: Officer, answer: dict[str, Any]) -> HttpResponse:
    applicant = Person.objects.get(code=answer["applicant"])
    case = open_draft(home, applicant=applicant, benefit=answer["benefit"], by=officer)
    return HttpResponseRedirect(reverse("desk:application", args=[case_ref(case)]))


def _rows(cases: list[Application]) -> list[dict[str, Any]]:
    return [
        {
            "label": case.number or _("draft without number"),
            "url": reverse("desk:case", args=[case_ref(case)]),
            "status": case.get_state_display(),
            "colour": "" if case.state in ENDED else "blue",
        }
        for case in cases
    ]


def _counter(officer: Officer) -> list[str]:
    """Areas at whose counter the officer sits. Raises NotAllowed."""
    scopes = scopes_of(officer, COUNTER)
    if not scopes:
        acting(officer, COUNTER, "")
        raise NotAllowed(Reason("foreign-area", _("This case lies outside your area.")))
    return scopes


def _communities(scopes: list[str]) -> list[tuple[str, str]]:
    areas = Area.objects.filter(within_any(scopes, "number"), level=Level.COMMUNITY)
    return [(area.number, area.name) for area in areas]


def _entry_page(
    request: HttpRequest, officer: Officer, form: HouseholdForm, *, status: int = 200, new: bool = False
) -> HttpResponse:
    context = {"form": form, "new": new}
    return page(request, officer, "desk/household_form.html", context, section="intake", status=status)
