"""The district decides: approve (审批确认), refuse with written reasons (不予确认), return (退回补正)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.desk.act import ActForm, CaseAct
from portal.desk.letter import LetterAct, LetterForm
from portal.desk.opinion import opinion_of
from relief.applications.models import Application
from relief.decisions.case_file import CaseFile
from relief.decisions.decide import RefusalReason, approve, refuse, return_for_correction
from relief.officers.models import Officer
from relief.publicity.queries import entry_of
from relief.standards.in_force import in_force
from relief.standards.legal_clock import add_working_days
from relief.trail import clock


class ApproveForm(ActForm):
    words = forms.CharField(
        label=_("Remark (optional)"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class Approve(CaseAct):
    name = "approve"
    title = pgettext_lazy("case", "Approve")
    text = _("You confirm what the street proposed and the public saw. The award begins with the next month.")
    button = pgettext_lazy("case", "Approve")
    done = _("The case is approved. It can be announced now.")
    form_class = ApproveForm
    template = "desk/approve.html"

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return approve(subject, by=officer, version=answer["version"], words=answer["words"])

    def context(
        self, subject: Application, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        return {**context, "entry": entry_of(subject.pk).first()}

    def stands_on(self, file: CaseFile) -> dict[str, Any]:
        return opinion_of(file, "approve", "favourable") or opinion_of(file, "refuse", "favourable")


class RefuseForm(LetterForm):
    grounds = RefusalReason
    words_help = _("The household reads them in its letter: facts, figures, the rule.")


class Refuse(LetterAct):
    name = "refuse"
    title = _("Refuse with reasons")
    text = _("The household gets the reasons in writing.")
    button = _("Refuse the case")
    done = _("The case is refused. Send the letter to the household.")
    form_class = RefuseForm
    letter_kind = "refusal"

    def context(
        self, subject: Application, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        days, today = in_force("days.refusal-letter", clock.today()), clock.today()
        last = add_working_days(today, days.number)
        return {
            **super().context(subject, officer, form, preview=preview),
            "letter_days": days.number,
            "letter_by": last,
        }

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return refuse(
            subject, by=officer, version=answer["version"], reason=answer["reason"], words=answer["words"]
        )

    def stands_on(self, file: CaseFile) -> dict[str, Any]:
        return opinion_of(file, "refuse", "favourable") or opinion_of(file, "approve", "favourable")


class ReturnForm(ActForm):
    words = forms.CharField(
        label=_("What has to be corrected"),
        help_text=_("The community and the street read it before they visit again."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class Return(CaseAct):
    name = "return"
    title = _("Return for correction")
    text = _("The case goes back to the survey: visits and opinions are made anew.")
    button = _("Return the case")
    done = _("The case is returned for correction.")
    danger = True
    form_class = ReturnForm

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return return_for_correction(subject, by=officer, version=answer["version"], words=answer["words"])
