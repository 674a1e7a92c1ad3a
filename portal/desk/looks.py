"""Who looked at a case (查阅记录): who, when, what and why, for its officers and for auditors."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.desk.find import case_ref, find_case
from portal.desk.frame import at_desk, held_by, page
from relief.applications.models import Application
from relief.officers.models import Officer
from relief.trail.access import looks_at
from relief.trail.models import Access

NEWEST, ROWS = 5, 20

WHY: dict[str, Any] = {
    "case-page": gettext_lazy("opened the case"),
    "case-history": gettext_lazy("read its history"),
    "audit-case": gettext_lazy("opened the case as an auditor"),
    "audit-history": gettext_lazy("read its history as an auditor"),
    "intake": gettext_lazy("went on with the application"),
    "check-answers": gettext_lazy("checked the answers before submitting"),
    "receipt": gettext_lazy("printed the receipt"),
    "refusal-letter": gettext_lazy("wrote the refusal letter"),
    "termination-letter": gettext_lazy("wrote the letter that ends the case"),
    "explain-match": gettext_lazy("explained a match with a register"),
    "read-objections": gettext_lazy("read the objections"),
    "new-opinion": gettext_lazy("read the objections for the new opinion"),
    "show-respondent:answer": gettext_lazy("who objected: tell the person the answer"),
    "show-respondent:ask": gettext_lazy("who objected: ask about the facts"),
    "show-respondent:suspicion": gettext_lazy("who objected: a false or malicious objection"),
    "record-visit": gettext_lazy("recorded a home visit"),
    "clock-page": gettext_lazy("read why the deadlines are as they are"),
    "compare-conflict": gettext_lazy("compared two versions"),
    "show-number:compare-card": gettext_lazy("full numbers: compare with the ID card"),
    "show-number:cross-check": gettext_lazy("full numbers: ask another authority"),
    "show-number:payment": gettext_lazy("full numbers: prepare the payment"),
    "show-number:call": gettext_lazy("full numbers: call the household"),
}
WHAT: dict[str, Any] = {
    "person.name": gettext_lazy("names"),
    "person.id-number": gettext_lazy("ID numbers"),
    "person.birth-date": gettext_lazy("dates of birth"),
    "person.phone": gettext_lazy("telephones"),
    "household.address": gettext_lazy("address"),
    "household.phone": gettext_lazy("telephones"),
    "household.account": gettext_lazy("bank account"),
    "visit.findings": gettext_lazy("findings of visits"),
    "cross-check.remarks": gettext_lazy("remarks of cross-checks"),
    "cross-check.explanation": gettext_lazy("explanations of mismatches"),
    "clock.words": gettext_lazy("reasons for stopping the clock"),
    "opinion.words": gettext_lazy("words of opinions"),
    "event.words": gettext_lazy("words of acts"),
    "democratic-review.minutes": gettext_lazy("minutes of democratic reviews"),
    "register-hit.explanation": gettext_lazy("explanations of matches"),
    "response.words": gettext_lazy("words of objections"),
    "response.respondent": gettext_lazy("who objected"),
    "response.contact": gettext_lazy("contact of who objected"),
    "response.answer": gettext_lazy("answers to objections"),
}


@require_safe
@at_desk
def looks(request: HttpRequest, officer: Officer, ref: str) -> HttpResponse:
    """Every look at one case, newest first. Opens nothing, so it is no look itself."""
    found = find_case(officer, ref, held_by(request))
    shown = Paginator(looks_at(found), ROWS).get_page(request.GET.get("page"))
    context = {"case": found, "ref": case_ref(found), "page": shown, "rows": _rows(shown), "form": None}
    return page(request, officer, "desk/looks.html", context, section="queue")


def newest(case: Application) -> dict[str, Any]:
    """The last looks for the case page, and whether there are more."""
    found = list(looks_at(case)[: NEWEST + 1])
    return {"rows": _rows(found[:NEWEST]), "more": len(found) > NEWEST}


def _rows(found: Iterable[Access]) -> list[dict[str, Any]]:
    return [
        {
            "at": look.at,
            "who": look.actor_name,
            "office": look.actor_office,
            "what": _what(look.columns),
            "why": WHY.get(look.purpose, look.purpose),
            "numbers": "person.id-number" in look.columns,
        }
        for look in found
    ]


def _what(columns: Iterable[str]) -> str:
    """Opened columns in words, each once."""
    words = dict.fromkeys(str(WHAT.get(column, column)) for column in WHAT if column in columns)
    words |= dict.fromkeys(column for column in columns if column not in WHAT)
    return str(_(", ")).join(words)
