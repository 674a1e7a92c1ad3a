"""The street explains what doesn't fit: an answer of the cross-check, a match with a register (说明)."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, CaseAct
from relief.applications.models import Application
from relief.decisions.cross_check import unexplained
from relief.decisions.explain import explain_hit, explain_mismatch, may_explain_hit, may_explain_mismatch
from relief.decisions.hits import reasons_of
from relief.decisions.models import RegisterHit
from relief.errors import Reason, WrongState
from relief.households.queries import open_names
from relief.officers.models import Officer


class ExplainForm(ActForm):
    """What is explained, chosen among what is open, and the words."""

    what = forms.ChoiceField(label=_("What is explained"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("Explanation"), widget=forms.Textarea(attrs={"rows": 6}))


class _Explanation(CaseAct):
    button = _("Save the explanation")
    done = _("The explanation is saved.")
    form_class = ExplainForm

    def open(self, subject: Application, officer: Officer) -> dict[str, str]:
        """What can be explained: token → words."""
        raise NotImplementedError

    def form(self, subject: Application, officer: Officer, data: Any = None) -> ActForm:
        form = super().form(subject, officer, data)
        field = form.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        choices = list(self.open(subject, officer).items())
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]
        return form


class Mismatch(_Explanation):
    name = "explain-mismatch"
    title = _("Explain what doesn't fit")
    text = _("Say what the household said to it, what was found and why the declaration holds.")

    def check(self, subject: Application, officer: Officer) -> None:
        may_explain_mismatch(subject, officer)

    def open(self, subject: Application, officer: Officer) -> dict[str, str]:
        return {
            check.origin.value: f"{check.origin.label} · {date_format(check.checked_on)}"
            for check in unexplained(subject)
        }

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        check = next((one for one in unexplained(subject) if one.origin == answer["what"]), None)
        if check is None:
            raise _gone()
        return explain_mismatch(
            subject, by=officer, version=answer["version"], check=check, words=answer["words"]
        )


class Hit(_Explanation):
    name = "explain-hit"
    section = "lists"
    title = _("Explain a match with a register")
    text = _("Say what was found out and why the case may go on the list all the same.")

    def check(self, subject: Application, officer: Officer) -> None:
        may_explain_hit(subject, officer)

    def open(self, subject: Application, officer: Officer) -> dict[str, str]:
        hits = _open_hits(subject)
        reasons = reasons_of(hits)
        names = open_names([hit.person for hit in hits], by=officer, purpose="explain-match", case=subject)
        return {
            _token(hit): " · ".join((names[hit.person_id], hit.get_kind_display(), reasons[hit.pk]))
            for hit in hits
        }

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        hit = next((one for one in _open_hits(subject) if _token(one) == answer["what"]), None)
        if hit is None:
            raise _gone()
        return explain_hit(subject, by=officer, version=answer["version"], hit=hit, words=answer["words"])

    def forward(self, subject: Application, result: Any) -> str:
        """Back to the list that waits for it."""
        return f"{reverse('desk:compile')}?street={subject.area[:3]}"


def _open_hits(case: Application) -> list[RegisterHit]:
    return list(case.register_hits.filter(open=True).select_related("person").order_by("pk"))


def _token(hit: RegisterHit) -> str:
    """A match as a form names it, without a database key."""
    return f"{hit.kind}/{hit.person.code}/{hit.reference}"


def _gone() -> WrongState:
    return WrongState(Reason("nothing-to-explain", _("This waits for no explanation any more.")))
