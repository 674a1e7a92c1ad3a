"""Slips are mended in the case and the register, never in a list: the street's proposal, a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, CaseAct
from relief.applications.models import Application
from relief.applications.move import actor_on
from relief.decisions.case_file import CaseFile
from relief.decisions.rectify import RECTIFIED_BY, rectify, why_not_rectified
from relief.errors import WrongState
from relief.households.correct_name import CORRECTED_BY, correct_name
from relief.officers.authority import acting
from relief.officers.models import Officer


class RectifyForm(ActForm):
    persons = forms.IntegerField(label=_("Persons counted"), min_value=1, max_value=99)
    amount = forms.DecimalField(label=_("Amount (yuan/month)"), max_digits=10, decimal_places=2, min_value=0)
    top_up = forms.DecimalField(
        label=_("Of this the top-up for members (yuan/month)"), max_digits=10, decimal_places=2, min_value=0
    )
    words = forms.CharField(
        label=_("What was wrong, and how it was found"), widget=forms.Textarea(attrs={"rows": 4})
    )


class Rectify(CaseAct):
    name = "rectify"
    title = _("Rectify the proposal")
    text = _(
        "For a slip only; what was surveyed wrongly is returned. The public list shows the old values until "
        "a correction by two persons, and until then the district can't approve."
    )
    button = _("Rectify")
    done = _("The proposal is rectified. Now correct the list: its row shows the old values.")
    form_class = RectifyForm

    def check(self, subject: Application, officer: Officer) -> None:
        if reason := why_not_rectified(subject):
            raise WrongState(reason)
        actor_on(subject, officer, RECTIFIED_BY)

    def initial(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {
            "persons": subject.proposed_persons,
            "amount": subject.proposed_amount,
            "top_up": subject.proposed_top_up,
        }

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        given = {name: answer[name] for name in ("version", "persons", "amount", "top_up", "words")}
        return rectify(subject, by=officer, **given)

    def stands_on(self, file: CaseFile) -> dict[str, Any]:
        return {}


class NameForm(ActForm):
    spelling = forms.CharField(label=_("Name as it stands on the ID card"), max_length=40)
    words = forms.CharField(
        label=_("What was wrong, and what you saw"), widget=forms.Textarea(attrs={"rows": 3}), max_length=400
    )


class CorrectName(CaseAct):
    """The version is the person's: the name stands in the register, not on the case."""

    name = "correct-name"
    title = _("Correct the spelling of the applicant's name")
    text = _("The register is corrected at once. A list that shows the name is corrected by two persons.")
    button = _("Correct the name")
    done = _("The name is corrected in the register.")
    form_class = NameForm
    field_names = {"name": "spelling"}

    def check(self, subject: Application, officer: Officer) -> None:
        acting(officer, CORRECTED_BY, subject.area)

    def form(self, subject: Application, officer: Officer, data: Any = None) -> ActForm:
        return self.form_class(data, initial={"version": self.version_of(subject)})

    def version_of(self, subject: Application) -> int:
        return subject.applicant.version

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Any:
        return correct_name(
            subject.applicant,
            by=officer,
            version=answer["version"],
            household=subject.household,
            name=answer["spelling"],
            words=answer["words"],
        )

    def stands(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {}

    def moved(self, subject: Application, form: ActForm) -> list[dict[str, Any]]:
        return []
