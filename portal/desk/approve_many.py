"""Approve many cases: choose, look at them together, type how many, and read what became of each (批量审批).

Every approval is an act of its own in its own transaction: one that is refused keeps the others.
"""

import re
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.desk.act import refuse_form
from portal.desk.find import case_ref
from portal.desk.frame import at_desk, held_by, page
from portal.desk.public_view import case_token
from portal.desk.queue_filter import QueueFilter
from portal.forms import Form
from relief.applications.models import Application
from relief.applications.queries import turn_of
from relief.decisions.decide import approve
from relief.decisions.work import work_queue
from relief.errors import Refused
from relief.households.queries import open_names
from relief.officers.authority import acting, scopes_of
from relief.officers.models import Officer, Role

CONFIRMS = frozenset({Role.DISTRICT_APPROVER, Role.STREET_APPROVER})
MOST = 200
TOKEN = re.compile(r"[0-9]{4}-[0-9]{3}-[0-9]{5}:[0-9]{1,9}")
SESSION_KEY = "approved-many"


class CountForm(Form):
    """How many, typed by hand: nobody approves by a slip."""

    count = forms.IntegerField(
        label=gettext_lazy("How many cases do you approve? Type the number."),
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "cap-w-4", "autocomplete": "off"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def approve_many(request: HttpRequest, officer: Officer) -> HttpResponse:
    """GET shows the chosen cases with their amounts; POST approves them one by one."""
    if not any(one.role in CONFIRMS for one in held_by(request)):
        acting(officer, CONFIRMS, "")
    sent = request.POST if request.method == "POST" else request.GET
    tokens = list(dict.fromkeys(sent.getlist("cases")))[:MOST]
    cases = _chosen(request, officer, tokens)
    form = CountForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and form.cleaned_data["count"] != len(tokens):
            form.add_error("count", _wrong_count(len(tokens), form.cleaned_data["count"]))
        if form.is_valid():
            return _approve_each(request, officer, tokens)
        refuse_form("approve-many", form, by=officer)
        status = 422
    context = _preview(cases, officer, tokens) | {"form": form, "most": MOST}
    return page(request, officer, "desk/approve_many.html", context, section="queue", status=status)


def _chosen(request: HttpRequest, officer: Officer, tokens: Sequence[str]) -> list[Application]:
    """The cases named, as far as they stand as they were read; with `all` those that fit the filters."""
    every = _confirmable(request, officer)
    if not tokens:
        return list(every[:MOST]) if request.GET.get("all") == "1" else []
    named = every.filter(number__in=[token.partition(":")[0] for token in tokens if TOKEN.fullmatch(token)])
    return [case for case in named if case_token(case) in tokens]


def _wrong_count(shown: int, typed: int) -> str:
    words = _("%(shown)d cases are chosen, you typed %(typed)d. Look again and type the right number.")
    return words % {"shown": shown, "typed": typed}


def _confirmable(request: HttpRequest, officer: Officer) -> QuerySet[Application]:
    """Recommended cases whose confirmation is this officer's turn, cut by the filters of the address."""
    filters = QueueFilter(request, officer, scopes_of(officer), "todo")
    mine = work_queue(officer, "todo").filter(turn_of(held_by(request), "approve"), recommended=True)
    return filters.apply(mine)


def _preview(cases: list[Application], officer: Officer, tokens: Sequence[str]) -> dict[str, Any]:
    names = open_names([case.applicant for case in cases], by=officer, purpose="approve-many")
    rows = [
        {
            "case": case,
            "ref": case_ref(case),
            "name": names[case.applicant_id],
            "token": case_token(case),
            "special": case.kin_registered or case.complaint_registered,
        }
        for case in cases
    ]
    return {
        "rows": sorted(rows, key=lambda row: not row["special"]),  # what needs a second look stands first
        "special": sum(bool(row["special"]) for row in rows),
        "total": sum((case.proposed_amount or Decimal(0) for case in cases), Decimal(0)),
        "persons": sum(case.proposed_persons or 0 for case in cases),
        "left_out": max(len(tokens) - len(cases), 0),
    }


def _approve_each(request: HttpRequest, officer: Officer, tokens: Sequence[str]) -> HttpResponse:
    """Approve every chosen case as it was read; what became of each waits in the session for its page."""
    lines = []
    for token in tokens:
        if not TOKEN.fullmatch(token):
            continue
        number, _colon, version = token.partition(":")
        case = work_queue(officer, "open").filter(number=number).first()
        if case is None:
            continue
        try:
            approve(case, by=officer, version=int(version))
            lines.append({"number": number, "reasons": []})
        except Refused as refused:
            lines.append({"number": number, "reasons": [str(reason) for reason in refused.reasons]})
    code = str(uuid.uuid4())
    request.session[SESSION_KEY] = {"code": code, "lines": lines, "asked": len(tokens)}
    return HttpResponseRedirect(reverse("desk:approved-many", args=[code]))


@require_safe
@at_desk
def result(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """What became of each case; to read it again repeats nothing. Only the last one is kept."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["code"] != str(code):
        raise Http404
    refused = [line for line in kept["lines"] if line["reasons"]]
    done = [line for line in kept["lines"] if not line["reasons"]]
    unknown = kept["asked"] - len(kept["lines"])
    context = {"done": done, "refused": refused, "unknown": unknown, "form": None}
    return page(request, officer, "desk/approved_many.html", context, section="queue")
