"""A case ends before its decision: for want of co-operation (终止审核确认), or withdrawn (撤回申请)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, CaseAct
from portal.desk.letter import LetterAct, LetterForm
from portal.desk.opinion import opinion_of
from relief.applications.models import Application
from relief.applications.withdraw import withdraw
from relief.decisions.case_file import CaseFile
from relief.decisions.terminate import TerminationReason, terminate
from relief.officers.models import Officer


class TerminateForm(LetterForm):
    grounds = TerminationReason
    words_help = _("The household reads them in its letter: what was asked, when, and what happened.")


class Terminate(LetterAct):
    name = "terminate"
    title = _("End for want of co-operation")
    text = _(
        "Only where the household refuses without good cause. It gets the reasons in writing and may apply "
        "again."
    )
    button = _("End the case")
    done = _("The case is ended. Send the letter to the household.")
    form_class = TerminateForm
    letter_kind = "termination"

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return terminate(
            subject, by=officer, version=answer["version"], reason=answer["reason"], words=answer["words"]
        )

    def stands_on(self, file: CaseFile) -> dict[str, Any]:
        return opinion_of(file, "terminate", "favourable")


class WithdrawForm(ActForm):
    words = forms.CharField(
        label=_("The applicant's statement"),
        help_text=_("Who signed the written statement, on which day, and the reason if one is given."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    signed = forms.BooleanField(label=_("The statement is signed and lies in the file"))


class Withdraw(CaseAct):
    name = "withdraw"
    title = _("Withdraw the application")
    text = _("The applicant gives the application up in writing. The case ends; a new one can be opened.")
    button = _("Withdraw the application")
    done = _("The application is withdrawn.")
    danger = True
    form_class = WithdrawForm

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return withdraw(subject, by=officer, version=answer["version"], words=answer["words"])
