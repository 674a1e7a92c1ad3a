"""The work queue (待办): my turn, on its way, ended; filters stand in the address, names open in one look."""

from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from portal.desk import sections
from portal.desk.approve_many import CONFIRMS
from portal.desk.find import case_ref, only_reads
from portal.desk.frame import at_desk, held_by, page
from portal.desk.public_view import case_token
from portal.desk.queue_filter import MARKS, SORTS, TABS, QueueFilter
from relief.applications.models import Application
from relief.applications.queries import standing_since, turn_of
from relief.applications.states import ENDED
from relief.confidential.masking import mask_name
from relief.decisions.work import work_counts, work_queue
from relief.households.queries import open_names
from relief.officers.authority import scopes_of
from relief.officers.models import Appointment, Officer
from relief.standards.calendar import Calendar, read_calendar
from relief.trail import clock

ROWS = 20


@require_safe
@at_desk
def queue(request: HttpRequest, officer: Officer) -> HttpResponse:
    """One tab of the queue, 20 a page; as many queries for 5,000 cases as for one."""
    held = held_by(request)
    auditing = only_reads(held)
    filters = QueueFilter(request, officer, scopes_of(officer), "waiting" if auditing else "todo")
    shown = Paginator(filters.apply(work_queue(officer, filters.chosen_tab)), ROWS).get_page(
        request.GET.get("page")
    )
    cases = list(shown)
    names = open_names([case.applicant for case in cases], by=officer, purpose="queue")
    if auditing:
        names = {pk: mask_name(name) for pk, name in names.items()}
    confirms = filters.chosen_tab in ("todo", "open") and any(one.role in CONFIRMS for one in held)
    confirmable = _confirmable(cases, held) if confirms else set()
    counts = work_counts(officer)
    context = {
        "tab": filters.chosen_tab,
        "tabs": [{"key": key, "label": label, "count": counts[key]} for key, label in TABS.items()],
        "filters": filters,
        "sort": filters.order,
        "sorted_by": SORTS[filters.order],
        "page": shown,
        "rows": _rows(cases, names, officer, confirmable),
        "takes": filters.chosen_tab == "todo" and not auditing,
        "confirms": bool(confirmable),
        "form": None,
    }
    return page(request, officer, "desk/queue.html", context, section="queue")


def _confirmable(cases: list[Application], held: list[Appointment]) -> set[int]:
    """Cases of this page that the officer may choose for a common confirmation."""
    mine = Application.objects.filter(pk__in=[case.pk for case in cases]).filter(turn_of(held, "approve"))
    return set(mine.filter(recommended=True).values_list("pk", flat=True))


def _rows(
    cases: list[Application], names: dict[int, str], officer: Officer, confirmable: set[int]
) -> list[dict[str, Any]]:
    today = clock.today()
    calendar = read_calendar()
    since = standing_since(cases)
    return [
        {
            "ref": case_ref(case),
            "case": case,
            "name": names[case.applicant_id],
            "stage": case.get_state_display(),
            "colour": sections.COLOURS.get(case.state, "blue"),  # type: ignore[call-overload]
            "deadline": _deadline(case, calendar, today),
            "waiting": _days(since.get(case.code), today),
            "marks": _marks(case),
            "mine": case.owner_id == officer.pk,
            "token": case_token(case) if case.pk in confirmable else "",
        }
        for case in cases
    ]


def _marks(case: Application) -> list[str]:
    """What an officer must know of the case before opening it."""
    held = {
        "kin": case.kin_registered,
        "complaint": case.complaint_registered,
        "stopped": case.clock_stopped_on is not None,
    }
    return [str(MARKS[name]) for name, so in held.items() if so and case.state not in ENDED]


def _deadline(case: Application, calendar: Calendar, today: date) -> str:
    """The day by which the next act is due, else the limit of the whole case."""
    if case.state in ENDED or not (case.due_on or case.limit_on):
        return ""
    return sections.last_day(case, "due_on" if case.due_on else "limit_on", calendar, today)


def _days(since: datetime | None, today: date) -> str:
    if since is None:
        return ""
    days = (today - since.astimezone(clock.SHANGHAI).date()).days
    return gettext("%(days)d d") % {"days": days} if days else gettext("today")
