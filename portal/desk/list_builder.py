"""The list builder: match the street's cases with the registers, choose, see what the public will see."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from portal.desk.act import refuse_form
from portal.desk.find import case_ref
from portal.desk.frame import at_desk, page, status_of
from portal.desk.public_view import case_token, preview_of, streets_of
from portal.desk.sections import HIT_COLOURS
from portal.forms import Form
from portal.templatetags.cap import money
from relief.applications.benefits import benefits
from relief.applications.models import Application
from relief.decisions.hits import hits_before_list, reasons_of, standing
from relief.decisions.models import RegisterHit
from relief.decisions.register_match import match_registers
from relief.errors import NotAllowed, Refused
from relief.households.queries import open_names
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Area
from relief.publicity.compile import candidates, compile_list
from relief.publicity.models import ListKind, ListState, PublicList
from relief.trail import clock


class CompileForm(Form):
    """Which cases, in which batch. Each case carries the version that was read: `number:version`."""

    street = forms.CharField(widget=forms.HiddenInput, max_length=5)
    batch = forms.CharField(
        label=gettext_lazy("Batch"),
        help_text=gettext_lazy("Year and number, for example 2026-11"),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "cap-w-10"}),
    )
    cases = forms.MultipleChoiceField(label=gettext_lazy("Cases"), widget=forms.CheckboxSelectMultiple)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def compile_new(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Match a street's cases with the registers, choose, look at what the public will see, compile."""
    streets = streets_of(officer, Role.STREET_REVIEWER)
    street = _street(request, officer, streets)
    benefit = benefits()[0].key
    if "match" in request.POST:
        return _matched(request, officer, street)
    waiting = candidates(street, benefit)
    form = CompileForm(request.POST if request.method == "POST" else None, initial=_proposal(street, waiting))
    hits = hits_before_list(street.number, benefit)
    people = [case.applicant for case in waiting] + [hit.person for hit in hits]
    names = open_names(people, by=officer, purpose="compile-list")
    form.fields["cases"].choices = [(case_token(case), _line(case, names)) for case in waiting]  # type: ignore[attr-defined]
    context: dict[str, Any] = {"form": form, "street": street, "streets": streets, "waiting": waiting}
    context["match"] = _match(waiting, hits, names)
    status = 200
    if request.method == "POST":
        if not form.is_valid():
            refuse_form("compile-list", form, by=officer, subject=street)
            context["conflict"] = _changed(request, waiting)
            status = 409 if context["conflict"] else 422
        else:
            chosen = [case for case in waiting if case_token(case) in form.cleaned_data["cases"]]
            if "preview" in request.POST:
                context |= preview_of(None, officer, cases=chosen, area=street, benefit=benefit)
            else:
                try:
                    return _compiled(request, officer, street, benefit, form.cleaned_data["batch"], chosen)
                except NotAllowed:
                    raise
                except Refused as refused:
                    form.refuse(refused)
                    status = status_of(refused)
    return page(request, officer, "desk/compile.html", context, section="lists", status=status)


def _street(request: HttpRequest, officer: Officer, streets: list[Area]) -> Area:
    """The street that is asked for, else the officer's first. Raises NotAllowed."""
    if not streets:
        acting(officer, {Role.STREET_REVIEWER}, "")
    wanted = request.POST.get("street") or request.GET.get("street")
    street = next((one for one in streets if one.number == wanted), streets[0])
    if request.method == "POST" and (wanted or "match" in request.POST) and street.number != wanted:
        acting(officer, {Role.STREET_REVIEWER}, str(wanted))
    return street


def _matched(request: HttpRequest, officer: Officer, street: Area) -> HttpResponse:
    """Match the street's cases now and come back to the page, which shows what was found."""
    done = match_registers(street, by=officer)
    words = ngettext(
        "%(count)d case was matched with the registers.",
        "%(count)d cases were matched with the registers.",
        done.cases,
    )
    messages.success(request, words % {"count": done.cases})
    if done.kin:
        words = ngettext(
            "%(count)d case is registered as a case of staff kin from now on.",
            "%(count)d cases are registered as cases of staff kin from now on.",
            done.kin,
        )
        messages.warning(request, words % {"count": done.kin})
    return HttpResponseRedirect(f"{reverse('desk:compile')}?street={street.number}")


def _match(waiting: list[Application], hits: Sequence[RegisterHit], names: dict[int, str]) -> dict[str, Any]:
    """Whether the match of today covers every case, and each hit with its reason and where it stands."""
    reasons, today = reasons_of(hits), clock.today()
    return {
        "missing": sum(case.matched_on != today for case in waiting),
        "open": sum(hit.open for hit in hits),
        "hits": [
            {
                "hit": hit,
                "ref": case_ref(hit.application),
                "name": names[hit.person_id],
                "reason": reasons[hit.pk],
                "standing": standing(hit).label,
                "colour": HIT_COLOURS[standing(hit)],
            }
            for hit in hits
        ],
    }


def _compiled(
    request: HttpRequest, officer: Officer, street: Area, benefit: str, batch: str, chosen: list[Application]
) -> HttpResponse:
    made = compile_list(street, by=officer, benefit=benefit, batch=batch, only=[case.pk for case in chosen])
    messages.success(request, _("The list is compiled. A second person publishes it."))
    return HttpResponseRedirect(reverse("desk:list", args=[made.code]))


def _proposal(street: Area, waiting: list[Application]) -> dict[str, Any]:
    """All waiting cases without an open match, and the next batch number of the year."""
    year = clock.today().year
    taken = set(
        PublicList.objects.filter(kind=ListKind.PRE_APPROVAL, area=street, batch__startswith=f"{year}-")
        .exclude(state__in=(ListState.COMPILED, ListState.WITHDRAWN))
        .values_list("batch", flat=True)
    )
    number = next(n for n in range(1, len(taken) + 2) if f"{year}-{n:02d}" not in taken)
    return {
        "street": street.number,
        "batch": f"{year}-{number:02d}",
        "cases": [case_token(case) for case in waiting if not case.open_hits],
    }


def _line(case: Application, names: dict[int, str]) -> str:
    amount = money(case.proposed_amount)
    return _("%(name)s · %(number)s · %(community)s · %(persons)s persons · %(amount)s yuan") % {
        "name": names[case.applicant_id],
        "number": case.number,
        "community": case.community.name,
        "persons": case.proposed_persons or case.persons,
        "amount": amount,
    }


def _changed(request: HttpRequest, waiting: list[Application]) -> list[dict[str, str]]:
    """Chosen cases that somebody changed or took off since the page was drawn."""
    now = {str(case.number): case for case in waiting}
    rows = []
    for token in request.POST.getlist("cases"):
        number, _colon, version = token.partition(":")
        case = now.get(number)
        if case is None or str(case.version) != version:
            stands = _("changed since") if case else _("no longer waits for a list")
            rows.append({"field": number[:20], "theirs": stands, "yours": _("chosen")})
    return rows
