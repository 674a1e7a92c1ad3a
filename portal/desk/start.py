"""The start page: one sentence about what is due, and the shortcuts of the officer's roles."""

from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.desk.boards import tasks_of
from portal.desk.find import case_ref
from portal.desk.frame import at_desk, held_by, page
from portal.desk.words import Row
from relief.applications.deadlines import overdue
from relief.applications.queries import NO_CASES
from relief.applications.reminders import reminders_that_hold
from relief.decisions.work import work_queue
from relief.officers.models import SITE_ROLES, Appointment, Officer, Role
from relief.places.models import Area
from relief.publicity.models import ListKind, ListState
from relief.publicity.queries import lists_of
from relief.publicity.response_queue import response_counts_of
from relief.schedule.run import alarms, warnings
from relief.trail import clock

#: role → (address, query, label); only what is there is offered
SHORTCUTS: dict[str, tuple[str, Any]] = {
    Role.COMMUNITY_CLERK: ("desk:intake", gettext_lazy("Take in an application")),
    Role.STREET_REVIEWER: ("desk:compile", gettext_lazy("Compile a list")),
    Role.STREET_PUBLISHER: ("desk:lists", gettext_lazy("Publish, post and close lists")),
    Role.DISTRICT_CHECKER: ("desk:files", gettext_lazy("Import results and deaths")),
    Role.DISTRICT_ANNOUNCER: ("desk:announce", gettext_lazy("Announce approved cases")),
    Role.DISTRICT_APPROVER: ("desk:calendar", gettext_lazy("Calendar of working days")),
    Role.DISTRICT_LEADER: ("desk:calendar", gettext_lazy("Calendar of working days")),
}
#: cases among which reminders are looked for, and how many of these are shown
REMINDED, SHOWN = 50, 8

LEADERS = frozenset({Role.STREET_LEADER, Role.DISTRICT_LEADER})


@require_safe
@at_desk
def start(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What is due today, late and waiting; then where to go."""
    held = held_by(request)
    today = clock.today()
    counts = (
        work_queue(officer, "todo")
        .order_by()
        .aggregate(
            total=Count("pk"),
            today=Count("pk", filter=Q(due_on=today)),
            late=Count("pk", filter=overdue(today)),
            over=Count("pk", filter=overdue(today, "limit_on")),
            next=Min("due_on", filter=Q(due_on__gt=today)),
        )
    )
    context = {
        "counts": counts,
        "mine": work_queue(officer, "open").filter(owner=officer).count(),
        "lists": _list_counts(officer),
        "boards": tasks_of(officer, held),
        "responses": response_counts_of(held),
        "posts": _posts(held),
        "today": today,
        "shortcuts": _shortcuts(held),
        "reminders": _reminders(officer),
        "warnings": warnings(),
        "alarms": alarms(),
        "is_editor": any(one.role in SITE_ROLES for one in held),
    }
    return page(request, officer, "desk/start.html", context, section="start")


def _reminders(officer: Officer) -> list[dict[str, Any]]:
    """What the system reminds of: the officer's turn, taken by nobody else, nearest day first."""
    mine = work_queue(officer, "todo").filter(Q(owner=None) | Q(owner=officer))
    cases = list(mine.order_by("due_on", "pk")[:REMINDED])
    return [
        {"case": case, "ref": case_ref(case), "what": what.label, "day": day}
        for case, what, day in reminders_that_hold(cases)[:SHOWN]
    ]


def _list_counts(officer: Officer) -> dict[str, int]:
    return (
        lists_of(officer)
        .order_by()
        .aggregate(
            compiled=Count("pk", filter=Q(state=ListState.COMPILED)),
            waiting=Count("pk", filter=Q(state=ListState.RUNNING, starts_on=None)),
            ended=Count(
                "pk",
                filter=Q(kind=ListKind.PRE_APPROVAL, state=ListState.RUNNING, ends_on__lt=clock.today()),
            ),
        )
    )


def _posts(held: list[Appointment]) -> list[Row]:
    """The officer's appointments in words: role and area."""
    numbers = {one.scope_code for one in held}
    areas = {area.number: area.name for area in Area.objects.filter(number__in=numbers)}
    return [Row(one.get_role_display(), areas.get(one.scope_code, "")) for one in held]


def _shortcuts(held: list[Appointment]) -> list[Row]:
    roles = {one.role for one in held}
    found = [Row(_("Open my queue"), "", reverse("desk:queue"))] if roles - NO_CASES else []
    if roles & LEADERS:
        found.append(Row(_("Overview of my area"), "", reverse("desk:overview")))
    for role in dict.fromkeys(one.role for one in held):
        if role in SHORTCUTS:
            name, label = SHORTCUTS[role]
            found.append(Row(label, "", reverse(name)))
    return [*found, Row(_("My relatives"), "", reverse("desk:relatives"))]
