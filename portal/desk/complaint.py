"""A complaint or report while the case waits for its decision (登记投诉举报)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, CaseAct
from portal.desk.shown import shown
from portal.forms import DateField
from relief.applications.models import Application
from relief.decisions.complaint import register_complaint
from relief.officers.models import Officer
from relief.trail import clock


class ComplaintForm(ActForm):
    received_on = DateField(label=_("Received on"))
    words = forms.CharField(
        label=_("What is complained of"),
        help_text=_("Facts only. The name of who complains doesn't belong here; the words are kept sealed."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class Complain(CaseAct):
    name = "complain"
    title = _("Register a complaint")
    text = _(
        "From now on the case can be approved only after the district's own visit, made on the day of the "
        "complaint or later."
    )
    button = _("Register the complaint")
    done = _("The complaint is registered. The district visits the household itself.")
    form_class = ComplaintForm

    def initial(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {"received_on": clock.today()}

    def stands(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {"received_on": shown(subject.complaint_on)}

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return register_complaint(
            subject,
            by=officer,
            version=answer["version"],
            received_on=answer["received_on"],
            words=answer["words"],
        )
