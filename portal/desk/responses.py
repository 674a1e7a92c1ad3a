"""Responses at the desk (反映): the queue, one response, its answer, the district's answer."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.desk.act import Act, ActForm
from portal.desk.find import case_ref, find_case, find_response, readers_stay_out
from portal.desk.frame import at_desk, held_by, page
from portal.desk.words import Row
from portal.publicity.filters import FilterForm
from portal.templatetags.cap import day, deadline
from relief.errors import WrongState
from relief.officers.authority import acting, appointments_of
from relief.officers.models import Officer
from relief.places.models import DISTRICT, Level
from relief.publicity.answer import CLASSES, ReasonClass, answer_response, why_not_answered
from relief.publicity.escalate import answer_escalation, escalate, may_turn, turning, why_not_escalated
from relief.publicity.handlers import ANSWERS, answering, area_of, may_answer, may_read
from relief.publicity.models import Response, ResponseKind
from relief.publicity.next_step import next_step
from relief.publicity.read_responses import READ_RESPONDENT, opened
from relief.publicity.response_queue import late, response_counts_of, response_queue
from relief.standards.legal_clock import countdown
from relief.trail import clock

ROWS = 20
TABS = {"todo": _("My turn"), "waiting": _("On its way"), "done": _("Ended")}
UPHELD = [("yes", _("upheld")), ("no", _("rejected"))]


class ResponseFilter(FilterForm):
    """By tab, kind and lateness."""

    tab = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=list(TABS.items()))
    kind = forms.ChoiceField(label=_("Kind of response"), required=False)
    mark = forms.ChoiceField(label=_("Only"), required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, kind=list(ResponseKind.choices), mark=[("late", _("late"))])
        self.chosen_tab = self.value("tab") or "todo"


@require_safe
@at_desk
def queue(request: HttpRequest, officer: Officer) -> HttpResponse:
    """One tab of the officer's responses, 20 a page, in a fixed number of queries."""
    held, filters = held_by(request), ResponseFilter(request)
    found = response_queue(held, filters.chosen_tab)
    if kind := filters.value("kind"):
        found = found.filter(kind=kind)
    if filters.value("mark"):
        found = found.filter(late(clock.today()))
    shown = Paginator(found, ROWS).get_page(request.GET.get("page"))
    counts = response_counts_of(held)
    context = {
        "tab": filters.chosen_tab,
        "tabs": [{"key": key, "label": label, "count": counts[key]} for key, label in TABS.items()],
        "filters": filters,
        "page": shown,
        "rows": _rows(list(shown)),
        "form": None,
    }
    return page(request, officer, "desk/response_queue.html", context, section="responses")


def _rows(found: list[Response]) -> list[dict[str, Any]]:
    days = {one.pk: due_day(one) for one in found}
    words = {last: deadline(left, passed=last < clock.today()) for last, left in _left(days.values()).items()}
    return [
        {"response": one, "day": last, "deadline": words[last] if last else ""}
        for one, last in ((one, days[one.pk]) for one in found)
    ]


def _left(lasts: Iterable[date | None]) -> dict[date, int]:
    return countdown(clock.today(), [last for last in lasts if last])


def due_day(response: Response) -> date | None:
    """The day of the next answer, none once all is answered."""
    if response.escalated_on:
        return None if response.escalation_answered_on else response.escalation_due_on
    return response.due_on if response.state == "open" else None


@require_safe
@at_desk
def one(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """What was said, as far as the officer may read it, what comes next, and what the officer can do."""
    response = find_response(officer, code)
    held = held_by(request)
    readers_stay_out(officer, held, "open-response", response)
    case = response.application
    pending = response.escalated_on is not None and response.escalation_answered_on is None
    context = {
        "response": response,
        "identity": identity(response),
        "texts": opened([response], by=officer, held=held, purpose="read-response", case=case)[0],
        "reads": may_read(response, held),
        "next": next_step(response),
        "can_answer": may_answer(response, held) and why_not_answered(response) is None,
        "can_escalate": may_turn(response, held) and why_not_escalated(response) is None,
        "can_answer_escalation": pending and _at_district(held),
        "reads_respondent": response.named and any(post.role in READ_RESPONDENT for post in held),
        "case_url": reverse("desk:case", args=[case_ref(case)]) if case else "",
        "lead_url": reverse("desk:case", args=[case_ref(response.lead_case)]) if response.lead_case else "",
    }
    return page(request, officer, "desk/response.html", context, section="responses")


def identity(response: Response) -> list[Row]:
    """The identity bar of a response; it bears no name."""
    rows = [
        Row(_("Receipt number"), response.number),
        Row(_("Kind of response"), response.get_kind_display()),
        Row(_("List"), response.public_list.number),
        Row(_("Received on"), day(response.received_on)),
        Row(_("Came in"), response.get_channel_display()),
        Row(_("State"), response.get_state_display()),
    ]
    if response.community:
        rows.append(Row(_("Community"), response.community.name))
    if last := due_day(response):
        words = deadline(_left([last])[last], passed=last < clock.today())
        rows += [Row(_("Answer due on"), day(last)), Row(_("Deadline"), words)]
    return rows


def _at_district(held: Any) -> bool:
    return any(one.role in ANSWERS[Level.DISTRICT] and one.scope_code == DISTRICT for one in held)


class AnswerForm(ActForm):
    upheld = forms.ChoiceField(label=_("What is the answer?"), choices=UPHELD, widget=forms.RadioSelect)
    reason_class = forms.ChoiceField(label=_("Reason"), required=False)
    lead = forms.CharField(
        label=_("Number of the case opened from it (optional)"), required=False, max_length=40
    )
    words = forms.CharField(
        label=_("Answer in words"),
        help_text=_("The respondent reads this: no private facts of other households."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ResponseAct(Act):
    section = "responses"

    def find(self, officer: Officer, **address: Any) -> Response:
        return find_response(officer, address["code"])

    def back(self, subject: Response) -> str:
        return reverse("desk:response", args=[subject.code])

    def context(self, subject: Response, officer: Officer, form: ActForm, *, preview: bool) -> dict[str, Any]:
        return {"identity": identity(subject)}


class Answer(ResponseAct):
    name = "answer-response"
    title = _("Answer the response")
    text = _("The answer is final at this level; the respondent may turn to the district once.")
    button = _("Give the answer")
    done = _("The response is answered.")
    form_class = AnswerForm
    field_names = {"lead_case": "lead"}

    def check(self, subject: Response, officer: Officer) -> None:
        if reason := why_not_answered(subject):
            raise WrongState(reason)
        acting(officer, answering(subject), area_of(subject))

    def form(self, subject: Response, officer: Officer, data: Any = None) -> ActForm:
        form = super().form(subject, officer, data)
        fitting: list[ReasonClass] = [one for classes in CLASSES[subject.kind] for one in classes]
        choices = [("", _("choose a reason")), *((one.value, one.label) for one in fitting)]
        form.fields["reason_class"].choices = choices  # type: ignore[attr-defined]
        if subject.kind != ResponseKind.LEFT_OUT:
            del form.fields["lead"]
        return form

    def perform(self, subject: Response, officer: Officer, answer: dict[str, Any]) -> Response:
        lead = answer.get("lead", "").strip()
        return answer_response(
            subject,
            by=officer,
            version=answer["version"],
            upheld=answer["upheld"] == "yes",
            words=answer["words"],
            reason_class=answer["reason_class"],
            lead_case=find_case(officer, lead, appointments_of(officer)) if lead else None,
        )


class TurnForm(ActForm):
    words = forms.CharField(
        label=_("Why the answer does not convince"),
        help_text=_("In the person's words. Who says it does not belong here."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class Escalate(ResponseAct):
    name = "escalate-response"
    title = _("Turn to the district for the respondent")
    text = _(
        "For whoever shows the receipt at the counter or calls. Once only; the district answers by a day."
    )
    button = _("Turn to the district")
    done = _("The district has been asked.")
    form_class = TurnForm

    def check(self, subject: Response, officer: Officer) -> None:
        turning(subject, officer)
        if reason := why_not_escalated(subject):
            raise WrongState(reason)

    def perform(self, subject: Response, officer: Officer, answer: dict[str, Any]) -> Response:
        return escalate(subject, by=officer, version=answer["version"], words=answer["words"])


class EscalationForm(ActForm):
    upheld = forms.ChoiceField(label=_("What is the answer?"), choices=UPHELD, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Answer in words"), widget=forms.Textarea(attrs={"rows": 5}))


class AnswerEscalation(ResponseAct):
    name = "answer-escalation"
    title = _("Answer for the district")
    text = _("This is the last answer here. Upheld, it turns a refusal round.")
    button = _("Give the answer")
    done = _("The district has answered.")
    form_class = EscalationForm

    def check(self, subject: Response, officer: Officer) -> None:
        acting(officer, ANSWERS[Level.DISTRICT], DISTRICT)

    def perform(self, subject: Response, officer: Officer, answer: dict[str, Any]) -> Response:
        return answer_escalation(
            subject,
            by=officer,
            version=answer["version"],
            upheld=answer["upheld"] == "yes",
            words=answer["words"],
        )
