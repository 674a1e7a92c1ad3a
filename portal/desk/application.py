"""An application on its way to being handed in: task list, check answers, submit (申请), receipt."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.desk.act import ActForm, CaseAct
from portal.desk.find import case_ref, find_case, readers_stay_out
from portal.desk.frame import at_desk, held_by, page
from portal.desk.sections import applied_for, income_rows
from portal.desk.words import Row
from relief.applications.models import Application
from relief.applications.states import State
from relief.applications.submit import submit
from relief.decisions.case_file import CaseFile, read_case
from relief.households.queries import open_names
from relief.officers.models import Officer
from relief.projects.sunshine.guarantee import summary
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.timeline import last_act


@require_safe
@at_desk
def application(request: HttpRequest, officer: Officer, ref: str) -> HttpResponse:
    """The task list: what is entered, what is missing, in any order, saved part by part."""
    case = find_case(officer, ref)
    readers_stay_out(officer, held_by(request), "open-application", case)
    if case.state not in (State.DRAFT, State.RETURNED):
        return redirect("desk:case", case_ref(case))
    entered = summary(case, clock.today())
    newest = last_act(case) if case.state == State.RETURNED else None
    file = read_case(case, by=officer, purpose="intake", events=[newest] if newest else [])
    context = {
        "case": case,
        "file": file,
        "applied_for": applied_for(case),
        "missing_words": file.words.get(f"event.{newest.pk}", "")
        if newest and newest.act == "ask-once"
        else "",
        "tasks": _tasks(case, entered.declared is not None),
    }
    return page(request, officer, "desk/application.html", context, section="intake")


def _tasks(case: Application, has_income: bool) -> list[dict[str, Any]]:
    ref = case_ref(case)
    ready = {"status": _("done"), "colour": ""}
    return [
        {
            "label": _("Household and members"),
            "url": reverse("desk:household", args=[case.household.code]),
            "hint": _("Household %(number)s") % {"number": case.household.number},
            **ready,
        },
        {
            "label": _("Declared income"),
            "url": reverse("desk:income", args=[ref]),
            "hint": _("Monthly totals of the whole household"),
            **(ready if has_income else {"status": _("to be entered"), "colour": "blue"}),
        },
        {
            "label": _("Check answers and submit"),
            "url": reverse("desk:submit", args=[ref]) if has_income else "",
            "hint": _("Read everything to the applicant, then hand it in"),
            **(
                {"status": _("can be done now"), "colour": "green"}
                if has_income
                else {"status": _("not possible yet"), "colour": "grey"}
            ),
        },
    ]


class SubmitForm(ActForm):
    kin_declared = forms.BooleanField(
        label=gettext_lazy("The applicant declares: a member is a close relative of relief staff"),
        help_text=gettext_lazy("Officials of social relief and of the residents' committee (article 11)."),
        required=False,
    )
    signed = forms.BooleanField(
        label=gettext_lazy("The applicant has heard all answers and signed the application form on paper")
    )


class Submit(CaseAct):
    name = "submit"
    section = "intake"
    title = gettext_lazy("Check answers and submit")
    button = gettext_lazy("Submit the application")
    form_class = SubmitForm
    template = "desk/submit.html"

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return submit(subject, by=officer, version=answer["version"], kin_declared=answer["kin_declared"])

    def initial(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {"kin_declared": subject.kin_registered}

    def context(
        self, subject: Application, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        file = read_case(subject, by=officer, purpose="check-answers")
        entered = summary(subject, clock.today())
        return {
            **context,
            "file": file,
            "answers": _answers(subject, file),
            "income_rows": income_rows(entered, reverse("desk:income", args=[case_ref(subject)])),
        }

    def back(self, subject: Application) -> str:
        return reverse("desk:application", args=[case_ref(subject)])

    def forward(self, subject: Application, result: Any) -> str:
        return reverse("desk:receipt", args=[case_ref(result)])


def _answers(case: Application, file: CaseFile) -> list[Row]:
    return [
        Row(_("Applied for"), applied_for(case)),
        Row(_("Applicant"), file.applicant),
        Row(_("Community"), case.community.name),
        Row(_("Address"), file.address),
        Row(_("Telephone"), file.phone or "—"),
    ]


@require_safe
@at_desk
def receipt(request: HttpRequest, officer: Officer, ref: str) -> HttpResponse:
    """What the applicant takes home: case number, row code, what happens next and by when. Made for paper."""
    case = find_case(officer, ref)
    readers_stay_out(officer, held_by(request), "receipt", case)
    if case.submitted_on is None:
        return redirect("desk:application", case_ref(case))
    names = open_names([case.applicant], by=officer, purpose="receipt", case=case)
    day = case.submitted_on
    context = {
        "case": case,
        "name": names[case.applicant_id],
        "applied_for": applied_for(case),
        "start_days": in_force("days.start-survey", day).number,
        "whole_days": in_force(case.road.limit, day).number,
        "publicity_days": in_force("publicity.days", day).number,
    }
    return page(request, officer, "desk/receipt.html", context, section="intake")
