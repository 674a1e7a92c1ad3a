"""Search at the desk: what is typed goes into a form and never into an address, a log or the session.

The session keeps what was found by key; the page of results is an address of its own, so that one can go
back to it from a case.
"""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from portal.desk import sections
from portal.desk.act import refuse_form
from portal.desk.find import case_ref, only_reads
from portal.desk.frame import at_desk, held_by, page
from portal.forms import Form
from relief.applications.finding import Hit, find, hits
from relief.applications.queries import NO_CASES
from relief.confidential.masking import mask_name
from relief.households.finding import Match
from relief.households.queries import open_names
from relief.officers.authority import acting, scopes_of
from relief.officers.models import Officer, Role
from relief.places.models import Area, Level
from relief.places.scope import within_any

SESSION_KEY = "desk-search"
MOST = 50
COLUMNS: dict[str, Any] = {
    "case-number": _("case number"),
    "household-number": _("household number"),
    "name": _("whole name"),
    "phone": _("telephone"),
    "id-number": _("ID number"),
    "id-tail": _("last four of the ID number"),
}


class SearchForm(Form):
    """One box for everything; the place narrows."""

    text = forms.CharField(
        label=_("Number, name, telephone or ID number"),
        help_text=_(
            "Case or household number; the whole name of the applicant or a member; a telephone; "
            "an ID number or its last four characters. The search is recorded."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "cap-w-20"}),
    )
    area = forms.ChoiceField(label=_("Only in"), required=False)

    def __init__(self, data: Any, areas: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["area"].choices = [("", _("all my areas")), *areas]  # type: ignore[attr-defined]
        if len(areas) < 2:
            del self.fields["area"]


@sensitive_post_parameters("text")
@sensitive_variables("form")
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def search(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask; a search leads to the page of what it found."""
    _readers_only(request, officer)
    form = SearchForm(request.POST if request.method == "POST" else None, _areas(officer))
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        found = find(answer["text"], by=officer, area=answer.get("area", ""))
        code = str(uuid.uuid4())
        kept = [[one.household_id, one.person_id, list(one.columns)] for one in found[: MOST + 1]]
        request.session[SESSION_KEY] = {"code": code, "found": kept}
        return HttpResponseRedirect(reverse("desk:found", args=[code]))
    if form.errors:
        refuse_form("search", form, by=officer)
    status = 422 if form.errors else 200
    return page(request, officer, "desk/search.html", {"form": form}, section="search", status=status)


@require_safe
@at_desk
def found(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """What the last search found, as it stands now; an older search is over."""
    held = held_by(request)
    _readers_only(request, officer)
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["code"] != str(code):
        return HttpResponseRedirect(reverse("desk:search"))
    matches = [Match(home, person, tuple(columns)) for home, person, columns in kept["found"]]
    shown = hits(matches[:MOST], by=officer)
    names = open_names([hit.person for hit in shown if hit.person], by=officer, purpose="search-results")
    if only_reads(held):
        names = {pk: mask_name(name) for pk, name in names.items()}
    context = {
        "form": SearchForm(None, _areas(officer)),
        "rows": [_row(hit, names, only_reads(held)) for hit in shown],
        "too_many": len(matches) > MOST,
        "most": MOST,
        "searched": True,
    }
    return page(request, officer, "desk/search.html", context, section="search")


def _row(hit: Hit, names: dict[int, str], auditing: bool) -> dict[str, Any]:
    case = hit.case
    home_url = "" if auditing else reverse("desk:household", args=[hit.household.code])
    return {
        "name": names.get(hit.person.pk, "") if hit.person else "",
        "relation": hit.relation,
        "household": hit.household,
        "columns": [str(COLUMNS[column]) for column in hit.columns],
        "case": case,
        "case_url": reverse("desk:case", args=[case_ref(case)]) if case else "",
        "home_url": home_url,
        "colour": sections.COLOURS.get(case.state, "blue") if case else "",  # type: ignore[call-overload]
    }


def _areas(officer: Officer) -> list[tuple[str, str]]:
    areas = Area.objects.filter(within_any(scopes_of(officer), "number")).exclude(level=Level.DISTRICT)
    return [(area.number, area.name) for area in areas]


def _readers_only(request: HttpRequest, officer: Officer) -> None:
    """Who reads no cases finds none: NotAllowed."""
    if all(one.role in NO_CASES for one in held_by(request)):
        acting(officer, set(Role) - NO_CASES, "")
