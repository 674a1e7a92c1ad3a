"""The street accepts a case (受理) or asks once for everything that is missing (一次性告知)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, CaseAct
from relief.applications.accept import accept, ask_once
from relief.applications.models import Application
from relief.officers.models import Officer


class AcceptForm(ActForm):
    kin_registered = forms.BooleanField(
        label=_("A member is a close relative of relief staff: register separately"),
        help_text=_("Such cases are registered separately, and the district visits the household itself."),
        required=False,
    )


class Accept(CaseAct):
    name = "accept"
    title = _("Accept the case")
    text = _(
        "The papers are complete. From today run the days for the survey and the limit of the whole case."
    )
    button = _("Accept the case")
    done = _("The case is accepted. The community visits the household now.")
    form_class = AcceptForm

    def initial(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {"kin_registered": subject.kin_registered}

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return accept(subject, by=officer, version=answer["version"], kin_registered=answer["kin_registered"])


class AskOnceForm(ActForm):
    missing = forms.CharField(
        label=_("What is missing"),
        help_text=_("Name everything at once, in words that the household understands."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AskOnce(CaseAct):
    name = "ask-once"
    title = _("Ask once for everything that is missing")
    text = _("The case goes back to the counter of the community. It can be asked back only once.")
    button = _("Send back to the counter")
    done = _("The case went back to the counter with your words.")
    form_class = AskOnceForm

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return ask_once(subject, by=officer, missing=answer["missing"], version=answer["version"])
