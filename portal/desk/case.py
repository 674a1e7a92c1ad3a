"""The case page: everything on one case, what can be done now or why not, and the history."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.desk import history, looks, sections
from portal.desk.find import case_ref, find_case, only_reads, readers_stay_out
from portal.desk.frame import at_desk, held_by, page
from portal.desk.objected import responses_context
from portal.desk.offers import offers
from portal.desk.ownership import owner_offers
from portal.forms import Form
from relief.applications.models import Application
from relief.applications.states import ENDED
from relief.confidential.masking import mask_name
from relief.decisions.case_file import CaseFile, read_case
from relief.decisions.models import CrossCheck, DemocraticReview, HomeVisit, RegisterHit
from relief.errors import NotAllowed, Reason
from relief.households.queries import open_members
from relief.officers.models import Appointment, Officer, Role
from relief.projects.sunshine.guarantee import summary
from relief.projects.sunshine.models import IncomeTotals
from relief.publicity.queries import entry_of, period_of
from relief.trail import clock
from relief.trail.timeline import Step, acts_on, with_changes

TABLES = (Application, IncomeTotals, HomeVisit, CrossCheck, RegisterHit, DemocraticReview)
#: acts on the case page itself, and with all that they changed on each page of its whole history
NEWEST, ACTS = 12, 20
#: who works with whole numbers: the card at the counter, the visit, the data check, the decision
OPEN_NUMBERS = frozenset(
    {
        Role.COMMUNITY_CLERK,
        Role.COMMUNITY_EXAMINER,
        Role.STREET_ACCEPTOR,
        Role.STREET_REVIEWER,
        Role.STREET_APPROVER,
        Role.DISTRICT_CHECKER,
        Role.DISTRICT_APPROVER,
    }
)


@require_safe
@at_desk
def case(request: HttpRequest, officer: Officer, ref: str) -> HttpResponse:
    """Draw a case. Opening its words is one look in the log; an auditor sees names masked and no words."""
    held = held_by(request)
    found = find_case(officer, ref, held)
    auditing = only_reads(held)
    events = list(acts_on(found)[:NEWEST])
    purpose = "audit-case" if auditing else "case-page"
    file = read_case(found, by=officer, purpose=purpose, events=events, words=not auditing)
    if auditing:
        _mask(file)
    today = clock.today()
    entered = summary(found, today)
    context = {
        "case": found,
        "ref": case_ref(found),
        "auditing": auditing,
        "opens_numbers": opens_numbers(held),
        "ended": found.state in ENDED,
        "applied_for": sections.applied_for(found),
        "colour": sections.COLOURS.get(found.state, "blue"),  # type: ignore[call-overload]
        "identity": sections.identity(found, today),
        "offers": [] if auditing else offers(found, held, sections.surveyed(found, entered, file)),
        "owner_offers": owner_offers(found, officer, held),
        "file": file,
        "visits": [_visit(visit, file) for visit in file.visits],
        "checks": [_check(row, file) for row in file.checks],
        "hits": sections.hits(file),
        "income": entered,
        "income_table": sections.income_table(entered),
        "checklist": sections.checklist(found, entered, file),
        "opinions": sections.opinions(file),
        "entries": [{"entry": entry, "period": period_of(entry.public_list)} for entry in entry_of(found.pk)],
        "timeline": history.lines(map(Step, events), words=file.words, people=file.names),
        "looks": looks.newest(found),
        "reviews": [
            {"review": row, "minutes": file.words.get(f"review.{row.pk}", "")} for row in file.reviews
        ],
        **responses_context(found, officer, held),
    }
    return page(request, officer, "desk/case.html", context, section="queue")


@require_safe
@at_desk
def whole_history(request: HttpRequest, officer: Officer, ref: str) -> HttpResponse:
    """Every act on a case with what it changed, a page at a time; opening their words is one look."""
    held = held_by(request)
    found = find_case(officer, ref, held)
    auditing = only_reads(held)
    shown = Paginator(acts_on(found), ACTS).get_page(request.GET.get("page"))
    events = list(shown)
    purpose = "audit-history" if auditing else "case-history"
    file = read_case(found, by=officer, purpose=purpose, events=events, words=not auditing)
    if auditing:
        _mask(file)
    context = {
        "case": found,
        "ref": case_ref(found),
        "page": shown,
        "timeline": history.lines(with_changes(events, TABLES), words=file.words, people=file.names),
        "form": None,
    }
    return page(request, officer, "desk/case_history.html", context, section="queue")


def _visit(visit: HomeVisit, file: CaseFile) -> dict[str, Any]:
    return {
        "visit": visit,
        "present": file.names.get(visit.member_present_id, ""),
        "findings": file.words.get(f"visit.{visit.pk}", ""),
    }


def _check(check: CrossCheck, file: CaseFile) -> dict[str, Any]:
    return {
        "check": check,
        "remarks": file.words.get(f"check.{check.pk}", ""),
        "explanation": file.words.get(f"explanation.{check.pk}", ""),
    }


def _mask(file: CaseFile) -> None:
    file.applicant = mask_name(file.applicant)
    file.names = {pk: mask_name(name) for pk, name in file.names.items()}
    file.members = [
        type(member)(member.person, member.relation, mask_name(member.name), member.age)
        for member in file.members
    ]


class PurposeForm(Form):
    purpose = forms.ChoiceField(
        label=_("What do you need the full numbers for?"),
        choices=[
            ("show-number:compare-card", _("compare with the ID card")),
            ("show-number:cross-check", _("ask another authority (data cross-check)")),
            ("show-number:payment", _("prepare the payment")),
            ("show-number:call", _("call the household")),
        ],
        widget=forms.RadioSelect,
    )


def opens_numbers(held: Sequence[Appointment]) -> bool:
    """Whether one of the roles works with whole numbers."""
    return not OPEN_NUMBERS.isdisjoint(one.role for one in held)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def numbers(request: HttpRequest, officer: Officer, ref: str) -> HttpResponse:
    """Show ID numbers and telephones of a family in full, for a stated purpose that goes into the log."""
    held = held_by(request)
    found = find_case(officer, ref, held)
    readers_stay_out(officer, held, "show-number", found)
    if not opens_numbers(held):
        raise NotAllowed(
            Reason("numbers", gettext("Full numbers are open to those who survey, check or decide the case."))
        )
    form = PurposeForm(request.POST if request.method == "POST" else None)
    members = None
    if request.method == "POST" and form.is_valid():
        members = open_members(found.household, by=officer, purpose=form.cleaned_data["purpose"], case=found)
    context = {
        "case": found,
        "form": form,
        "members": members,
        "back_url": reverse("desk:case", args=[case_ref(found)]),
    }
    return page(
        request, officer, "desk/numbers.html", context, section="queue", status=422 if form.errors else 200
    )
