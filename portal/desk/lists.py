"""Lists at the desk: the index, the monitor of one list, and the builder with "what the public will see"."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.desk import history
from portal.desk.act import refuse_form
from portal.desk.find import find_list
from portal.desk.frame import at_desk, held_by, page, status_of
from portal.desk.public_view import case_token, preview_of, shown_rows, streets_of
from portal.desk.words import Row
from portal.forms import Form
from portal.templatetags.cap import day, days_left, money
from relief.applications.benefits import benefits
from relief.applications.models import Application
from relief.errors import NotAllowed, Refused, Stale
from relief.households.queries import open_names
from relief.officers.authority import acting
from relief.officers.models import Appointment, Officer, Role
from relief.places.models import Area
from relief.places.scope import contains
from relief.publicity.close import why_not_closed
from relief.publicity.compile import candidates, compile_list
from relief.publicity.models import ListKind, ListState, PublicList
from relief.publicity.post import listed_boards
from relief.publicity.queries import lists_of, period_of
from relief.trail import clock
from relief.trail.timeline import timeline

ROWS = 20


@require_safe
@at_desk
def lists(request: HttpRequest, officer: Officer) -> HttpResponse:
    """All lists of the officer's areas, unfinished ones first."""
    held = held_by(request)
    shown = Paginator(lists_of(officer).order_by("-pk"), ROWS).get_page(request.GET.get("page"))
    roles = {one.role for one in held}
    context = {
        "page": shown,
        "rows": [{"list": one, "period": period_of(one), "colour": _colour(one)} for one in shown],
        "can_compile": Role.STREET_REVIEWER in roles,
        "can_announce": Role.DISTRICT_ANNOUNCER in roles,
    }
    return page(request, officer, "desk/lists.html", context, section="lists")


@require_safe
@at_desk
def public_list(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """The monitor of one list: where it stands, which boards are missing, what can be done now."""
    one = find_list(officer, code)
    held = held_by(request)
    running = one.state == ListState.RUNNING
    publishes = _holds(held, Role.STREET_PUBLISHER, one.area_id)
    context: dict[str, Any] = {
        "list": one,
        "identity": _identity(one),
        "colour": _colour(one),
        "boards": _boards(one) if one.kind == ListKind.PRE_APPROVAL and one.number else [],
        "why_not_closed": why_not_closed(one) if running else [],
        "can_publish": publishes and one.state == ListState.COMPILED,
        "can_post": publishes and running,
        "can_close": publishes and running,
        "timeline": history.lines(timeline(one, [PublicList]), words={}, people={}),
        "public_url": _public_url(one),
        **_rows_of(one, officer, held),
    }
    return page(request, officer, "desk/list.html", context, section="lists")


def _rows_of(one: PublicList, officer: Officer, held: list[Appointment]) -> dict[str, Any]:
    """The rows as the public sees them, or will see them when the list is published."""
    if one.state == ListState.COMPILED:
        if not _holds(held, Role.STREET_PUBLISHER, one.area_id) and not _holds(
            held, Role.STREET_REVIEWER, one.area_id
        ):
            return {}
        try:
            return preview_of(one, officer)
        except Stale as refused:
            return {"outdated": refused.reasons}
    return shown_rows(one)


def _identity(one: PublicList) -> list[Row]:
    rows = [
        Row(_("List number"), one.number or _("given at publishing")),
        Row(_("Area"), one.area.name),
        Row(_("Batch"), one.batch),
        Row(_("Households"), one.entry_count),
        Row(_("Persons"), one.person_count),
    ]
    if one.starts_on and one.ends_on:
        period = period_of(one)
        rows += [
            Row(_("First day"), day(one.starts_on)),
            Row(_("Last day"), day(one.ends_on)),
            Row(_("Days left"), days_left(period.left)),
        ]
    if one.check_code:
        rows.append(Row(_("Check code"), one.check_code))
    return rows


def _boards(one: PublicList) -> list[dict[str, Any]]:
    done = {posting.board_id: posting for posting in one.postings.exclude(board=None)}
    return [{"board": board, "posting": done.get(board.pk)} for board in listed_boards(one)]


def _public_url(one: PublicList) -> str:
    if not one.number:
        return ""
    return f"/{'announcements' if one.kind == ListKind.ANNOUNCEMENT else 'publicity'}/{one.number}/"


def _colour(one: PublicList) -> str:
    return {ListState.COMPILED: "yellow", ListState.RUNNING: "green", ListState.CLOSED: "blue"}.get(
        ListState(one.state), "grey"
    )


def _holds(held: list[Appointment], role: str, area: str) -> bool:
    return any(one.role == role and contains(one.scope_code, area) for one in held)


# --- the builder ----------------------------------------------------------------------------


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
    """Choose reviewed cases of a street, look at what the public will see, compile."""
    streets = streets_of(officer, Role.STREET_REVIEWER)
    if not streets:
        acting(officer, {Role.STREET_REVIEWER}, "")
    wanted = request.POST.get("street") or request.GET.get("street")
    street = next((one for one in streets if one.number == wanted), streets[0])
    if request.method == "POST" and street.number != wanted:
        acting(officer, {Role.STREET_REVIEWER}, str(wanted))
    benefit = benefits()[0].key
    waiting = candidates(street, benefit)
    form = CompileForm(request.POST if request.method == "POST" else None, initial=_proposal(street, waiting))
    names = open_names([case.applicant for case in waiting], by=officer, purpose="compile-list")
    form.fields["cases"].choices = [(case_token(case), _line(case, names)) for case in waiting]  # type: ignore[attr-defined]
    context: dict[str, Any] = {"form": form, "street": street, "streets": streets, "waiting": waiting}
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


def _compiled(
    request: HttpRequest, officer: Officer, street: Area, benefit: str, batch: str, chosen: list[Application]
) -> HttpResponse:
    made = compile_list(street, by=officer, benefit=benefit, batch=batch, only=[case.pk for case in chosen])
    messages.success(request, _("The list is compiled. A second person publishes it."))
    return HttpResponseRedirect(reverse("desk:list", args=[made.code]))


def _proposal(street: Area, waiting: list[Application]) -> dict[str, Any]:
    """All waiting cases, and the next batch number of the year."""
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
        "cases": [case_token(case) for case in waiting],
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
