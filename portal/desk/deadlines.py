"""Deadlines of a case in words, why each is the day it is (期限怎么算), and what is done to the clock."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.desk.act import ActForm, CaseAct
from portal.desk.find import case_ref, find_case, only_reads
from portal.desk.frame import at_desk, held_by, page
from portal.desk.sections import last_day
from portal.desk.words import ACTS, CLOCK_REASONS, STANDARDS, Row
from portal.templatetags.cap import day
from relief.applications.clock_changes import (
    ExtensionReason,
    StopReason,
    extend_limit,
    ready_for_clock,
    start_clock,
    stop_clock,
)
from relief.applications.models import Application, ClockChange
from relief.applications.why import Explanation, explanations
from relief.confidential.vault import open_many
from relief.officers.models import Officer
from relief.standards.calendar import Calendar, read_calendar
from relief.trail import clock


@require_safe
@at_desk
def deadlines(request: HttpRequest, officer: Officer, ref: str) -> HttpResponse:
    """Every day of both deadlines with its reason; and what was done to the clock, with its words opened."""
    held = held_by(request)
    case = find_case(officer, ref, held)
    calendar, today = read_calendar(), clock.today()
    changes = list(case.clock_changes.all())
    context = {
        "case": case,
        "ref": case_ref(case),
        "explained": [
            _explained(case, one, calendar, today) for one in explanations(case, changes, calendar)
        ],
        "changes": _changes(case, changes, officer, words=not only_reads(held)),
    }
    return page(request, officer, "desk/deadlines.html", context, section="queue")


def _explained(case: Application, one: Explanation, calendar: Calendar, today: date) -> dict[str, Any]:
    rows = [
        Row(_("Deadline ends on"), last_day(case, one.column, calendar, today)),
        Row(_("Working days"), one.count),
        Row(_("Provision"), str(one.clause)),
        Row(_("In force since"), day(one.standard.from_date)),
        Row(_("Counted from"), format_html("{} {}", day(one.start), _("(this day doesn't count)"))),
    ]
    number, days = 0, []
    for reason in one.days:
        number += reason.counts
        days.append({"reason": reason, "number": number if reason.counts else ""})
    title = _("Whole case") if one.column == "limit_on" else _("Deadline")
    label = STANDARDS.get(one.standard.name, one.standard.name)
    return {"title": f"{title}: {label}", "rows": rows, "days": days, "open": one.column == "due_on"}


def _changes(
    case: Application, changes: list[ClockChange], officer: Officer, *, words: bool
) -> list[dict[str, Any]]:
    texts: dict[str, str] = {}
    if words and changes:
        sealed = {str(one.pk): ("clock.words", one.words) for one in changes}
        texts = open_many(sealed, by=officer, purpose="clock-page", case=case)
    return [
        {
            "act": ACTS[one.act],
            "day": one.from_date,
            "reason": CLOCK_REASONS.get(one.reason, ""),
            "days": one.days,
            "words": texts.get(str(one.pk), ""),
        }
        for one in changes
    ]


class ClockForm(ActForm):
    words = forms.CharField(
        label=gettext_lazy("Reasons in words"),
        help_text=gettext_lazy("They stand in the case's history and with its deadlines."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class StopForm(ClockForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why the clock stands still"), choices=StopReason.choices, widget=forms.RadioSelect
    )
    field_order = ("reason", "words")


class ExtendForm(ClockForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Special case"), choices=ExtensionReason.choices, widget=forms.RadioSelect
    )
    field_order = ("reason", "words")


class CaseClockAct(CaseAct):
    """An act on the clock: no step of the road, so it asks for itself."""

    def check(self, subject: Application, officer: Officer) -> None:
        ready_for_clock(subject, self.name, officer)


class StopClock(CaseClockAct):
    name = "stop-clock"
    title = gettext_lazy("Stop the clock")
    text = gettext_lazy(
        "From today on no day counts and nobody goes on with the case, until the clock is started again."
    )
    button = gettext_lazy("Stop the clock")
    done = gettext_lazy("The clock of this case is stopped.")
    form_class = StopForm

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return stop_clock(
            subject, by=officer, version=answer["version"], reason=answer["reason"], words=answer["words"]
        )


class StartClock(CaseClockAct):
    name = "start-clock"
    title = gettext_lazy("Start the clock again")
    text = gettext_lazy("Today counts again. Both last days move by the working days that did not count.")
    button = gettext_lazy("Start the clock")
    done = gettext_lazy("The clock of this case runs again; its deadlines are computed anew.")
    form_class = ClockForm

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return start_clock(subject, by=officer, version=answer["version"], words=answer["words"])


class ExtendLimit(CaseClockAct):
    name = "extend-limit"
    title = gettext_lazy("Extend the limit of the whole case")
    text = gettext_lazy(
        "Once, in a special case of article 22, and before the usual limit has passed. The days count from "
        "acceptance."
    )
    button = gettext_lazy("Extend the limit")
    done = gettext_lazy("The limit of the whole case is extended.")
    form_class = ExtendForm

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return extend_limit(
            subject, by=officer, version=answer["version"], reason=answer["reason"], words=answer["words"]
        )
