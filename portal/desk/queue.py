"""The work queue (待办): my turn, on its way, ended; filters stand in the address, names open in one look."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.desk import sections
from portal.desk.find import case_ref, only_reads
from portal.desk.frame import at_desk, held_by, page
from portal.forms import Form
from relief.applications.models import Application
from relief.applications.queries import standing_since
from relief.applications.states import ENDED, State
from relief.confidential.masking import mask_name
from relief.decisions.work import work_queue
from relief.households.queries import open_names
from relief.officers.authority import scopes_of
from relief.officers.models import Officer
from relief.places.models import Area, Level
from relief.places.scope import within_any
from relief.standards.legal_clock import countdown
from relief.trail import clock

TABS = {"todo": _("My turn"), "waiting": _("On its way"), "done": _("Ended")}
ROWS = 20


class FilterForm(Form):
    """Stage, community, number; a value that isn't offered is said so and left aside."""

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    community = forms.ChoiceField(label=_("Community"), required=False)
    q = forms.CharField(label=_("Case number"), required=False, max_length=40)

    def __init__(self, data: Any, scopes: list[str], tab: str) -> None:
        super().__init__(data)
        states = [(key, label) for key, label in State.choices if (key in ENDED) == (tab == "done")]
        areas = Area.objects.filter(within_any(scopes, "number"), level=Level.COMMUNITY)
        self.fields["stage"].choices = [("", _("all")), *states]  # type: ignore[attr-defined]
        self.fields["community"].choices = [  # type: ignore[attr-defined]
            ("", _("all")),
            *((area.number, area.name) for area in areas),
        ]


@require_safe
@at_desk
def queue(request: HttpRequest, officer: Officer) -> HttpResponse:
    """One tab of the queue, by deadline, 20 a page."""
    held = held_by(request)
    auditing = only_reads(held)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "waiting" if auditing else "todo"
    filters = FilterForm(request.GET, scopes_of(officer), tab)
    filters.is_valid()
    chosen = getattr(filters, "cleaned_data", {})
    cases = _filtered(work_queue(officer, tab), chosen)
    if tab != "done":
        cases = cases.order_by(Coalesce("due_on", "limit_on").asc(nulls_last=True), "pk")
    shown = Paginator(cases, ROWS).get_page(request.GET.get("page"))
    names = open_names([case.applicant for case in shown], by=officer, purpose="queue")
    if auditing:
        names = {pk: mask_name(name) for pk, name in names.items()}
    counts = {key: shown.paginator.count if key == tab and not any(chosen.values())
              else work_queue(officer, key).count() for key in TABS}  # fmt: skip
    context = {
        "tab": tab,
        "tabs": [{"key": key, "label": label, "count": counts[key]} for key, label in TABS.items()],
        "filters": filters,
        "chips": _chips(filters, chosen),
        "page": shown,
        "rows": _rows(list(shown), names),
        "form": None,
    }
    return page(request, officer, "desk/queue.html", context, section="queue")


def _filtered(cases: QuerySet[Application], chosen: dict[str, Any]) -> QuerySet[Application]:
    if chosen.get("stage"):
        cases = cases.filter(state=chosen["stage"])
    if chosen.get("community"):
        cases = cases.filter(community__number=chosen["community"])
    if chosen.get("q"):
        cases = cases.filter(number__icontains=chosen["q"].strip())
    return cases


def _chips(filters: FilterForm, chosen: dict[str, Any]) -> list[dict[str, str]]:
    """Filters in use, each a link that takes it away."""
    chips = []
    for name, value in chosen.items():
        if value:
            labels = {str(k): str(v) for k, v in getattr(filters.fields[name], "choices", ())}
            chips.append({"name": name, "label": f"{filters.fields[name].label}: {labels.get(value, value)}"})
    return chips


def _rows(cases: list[Application], names: dict[int, str]) -> list[dict[str, Any]]:
    today = clock.today()
    left = countdown(today, [last for case in cases if (last := case.due_on or case.limit_on)])
    since = standing_since(cases)
    return [
        {
            "ref": case_ref(case),
            "case": case,
            "name": names[case.applicant_id],
            "stage": case.get_state_display(),
            "colour": sections.COLOURS.get(case.state, "blue"),  # type: ignore[call-overload]
            "deadline": _deadline(case, left),
            "waiting": _days(since.get(case.code), today),
        }
        for case in cases
    ]


def _deadline(case: Application, left: dict[date, int]) -> str:
    """The day by which the next act is due, else the limit of the whole case."""
    last = case.due_on or case.limit_on
    if last is None or case.state in ENDED:
        return ""
    return sections.due(left[last], last, case.due_provisional and last == case.due_on)


def _days(since: datetime | None, today: date) -> str:
    if since is None:
        return ""
    days = (today - since.astimezone(clock.SHANGHAI).date()).days
    return gettext("%(days)d d") % {"days": days} if days else gettext("today")
