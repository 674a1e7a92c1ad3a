"""The survey of a case: home visit (入户调查), data cross-check (信息核对), income declared and verified."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, CaseAct
from portal.desk.find import case_ref
from portal.desk.shown import shown
from portal.desk.words import Row
from portal.forms import DateField, MoneyField
from relief.applications.models import Application
from relief.applications.states import State
from relief.decisions.case_file import CaseFile
from relief.decisions.cross_check import may_check, record_cross_check
from relief.decisions.models import CheckResult, Source
from relief.decisions.visit import may_visit, record_visit
from relief.errors import Invalid, Reason
from relief.households.models import Household, Person
from relief.households.queries import memberships_on, open_names
from relief.officers.models import Officer
from relief.projects.sunshine.guarantee import summary
from relief.projects.sunshine.income import AMOUNTS, enter_income, may_enter
from relief.projects.sunshine.models import IncomeTotals, Stage
from relief.trail import clock

# --- home visit -----------------------------------------------------------------------------


class VisitForm(ActForm):
    """Made for a phone at the door: few fields, each with its own line."""

    visited_on = DateField(label=_("Day of the visit"))
    visitor_1 = forms.CharField(label=_("First visitor"), max_length=40)
    visitor_2 = forms.CharField(label=_("Second visitor"), max_length=40)
    visitor_3 = forms.CharField(label=_("Third visitor (if there was one)"), max_length=40, required=False)
    member_present = forms.ChoiceField(label=_("Member of the household present"), widget=forms.RadioSelect)
    findings = forms.CharField(
        label=_("What was found"),
        help_text=_("Housing, means, who lives there, what differs from the declaration."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    all_signed = forms.BooleanField(
        label=_("Each visitor and the member present have signed the visit form on paper")
    )


class Visit(CaseAct):
    name = "visit"
    title = _("Record a home visit")
    text = _("At least two visitors go. Each of them and a member of the household sign.")
    button = _("Save the visit")
    done = _("The visit is recorded.")
    form_class = VisitForm
    field_names = {"visitors": "visitor_2"}

    def check(self, subject: Application, officer: Officer) -> None:
        may_visit(subject, officer)

    def form(self, subject: Application, officer: Officer, data: Any = None) -> ActForm:
        form = super().form(subject, officer, data)
        field = form.fields["member_present"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = member_choices(subject.household, by=officer, purpose="record-visit", case=subject)
        return form

    def initial(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {
            "visited_on": clock.today(),
            "visitor_1": officer.name,
            "member_present": str(subject.applicant.code),
        }

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Any:
        member = Person.objects.filter(code=answer["member_present"]).first()
        if member is None:
            raise Invalid(
                {"member_present": [Reason("not-a-member", _("Choose a member of the household."))]}
            )
        return record_visit(
            subject,
            by=officer,
            version=answer["version"],
            visited_on=answer["visited_on"],
            visitors=[answer["visitor_1"], answer["visitor_2"], answer["visitor_3"]],
            member_present=member,
            all_signed=answer["all_signed"],
            findings=answer["findings"],
        )

    def stands_on(self, file: CaseFile) -> dict[str, Any]:
        if not file.visits:
            return {}
        visit = file.visits[0]
        names = [*visit.visitors, "", "", ""]
        return {
            "visited_on": shown(visit.visited_on),
            **{f"visitor_{n}": names[n - 1] for n in (1, 2, 3)},
            "member_present": file.names.get(visit.member_present_id),
            "findings": file.words.get(f"visit.{visit.pk}"),
            "all_signed": shown(True),
        }


def member_choices(
    household: Household, *, by: Officer, purpose: str, case: Application | None = None
) -> list[tuple[str, str]]:
    """Members by code, with relation and name; one logged look."""
    rows = memberships_on(household, clock.today())
    names = open_names([row.person for row in rows], by=by, purpose=purpose, case=case)
    return [(str(row.person.code), f"{names[row.person_id]} · {row.get_relation_display()}") for row in rows]


# --- data cross-check -----------------------------------------------------------------------


class CrossCheckForm(ActForm):
    source = forms.ChoiceField(label=_("Who answered"), choices=Source)
    checked_on = DateField(label=_("Day of the check"))
    result = forms.ChoiceField(label=_("Result"), choices=CheckResult, widget=forms.RadioSelect)
    remarks = forms.CharField(
        label=_("What doesn't fit"),
        help_text=_("Needed when the result is not consistent; name source, person and amount."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CrossCheckAct(CaseAct):
    name = "cross-check"
    title = _("Enter the result of the data cross-check")
    text = _("What the registers of other authorities say about income and property of the household.")
    button = _("Save the result")
    done = _("The cross-check is recorded.")
    form_class = CrossCheckForm

    def check(self, subject: Application, officer: Officer) -> None:
        may_check(subject, officer)

    def initial(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {"checked_on": clock.today(), "source": Source.REPORT}

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Any:
        return record_cross_check(
            subject,
            by=officer,
            version=answer["version"],
            source=answer["source"],
            checked_on=answer["checked_on"],
            result=answer["result"],
            remarks=answer["remarks"],
        )

    def stands_on(self, file: CaseFile) -> dict[str, Any]:
        if not file.checks:
            return {}
        check = file.checks[0]
        return {
            "source": check.origin.label,
            "checked_on": shown(check.checked_on),
            "result": check.get_result_display(),
            "remarks": file.words.get(f"check.{check.pk}"),
        }


# --- income ---------------------------------------------------------------------------------


class DeclaredIncomeForm(ActForm):
    """Monthly totals of the whole household by kind, as declared."""

    persons = forms.IntegerField(
        label=_("Persons assessed together"),
        min_value=1,
        max_value=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "cap-w-4"}),
    )
    wages = MoneyField(
        label=_("Wages"), help_text=_("What was really paid, average of a month"), required=False
    )
    business = MoneyField(label=_("Net business income"), required=False)
    property_income = MoneyField(label=_("Net property income"), required=False)
    transfers = MoneyField(
        label=_("Net transfers"), help_text=_("Pensions, maintenance, support by relatives"), required=False
    )
    other = MoneyField(label=_("Other income"), required=False)
    deductions = MoneyField(
        label=_("Deductions"), help_text=_("Rigid costs that may be taken off"), required=False
    )


class VerifiedIncomeForm(DeclaredIncomeForm):
    """The same as verified, with the top-up that the street grants."""

    top_up = MoneyField(
        label=_("Classified top-up"), help_text=_("Granted on top of the difference"), required=False
    )


class Income(CaseAct):
    name = "income"
    button = _("Save the income")
    done = _("The income is saved.")
    template = "desk/income.html"

    def stage(self, subject: Application) -> Stage:
        return Stage.DECLARED if subject.state in (State.DRAFT, State.RETURNED) else Stage.VERIFIED

    def check(self, subject: Application, officer: Officer) -> None:
        may_enter(subject, self.stage(subject), officer)

    def form(self, subject: Application, officer: Officer, data: Any = None) -> ActForm:
        declared = self.stage(subject) == Stage.DECLARED
        kind = DeclaredIncomeForm if declared else VerifiedIncomeForm
        return kind(data, initial={"version": subject.version, **self._figures(subject)})

    def _figures(self, subject: Application) -> dict[str, Any]:
        """The stage's own figures, else the declared ones to start from, else the members counted."""
        entered = summary(subject, clock.today())
        own = entered.declared if self.stage(subject) == Stage.DECLARED else entered.verified
        start = own or entered.declared
        if start is None:
            return {"persons": subject.persons}
        return {"persons": start.persons, **{name: getattr(start, name) for name in AMOUNTS}}

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> IncomeTotals:
        return enter_income(
            subject,
            by=officer,
            version=answer["version"],
            stage=self.stage(subject),
            persons=answer["persons"],
            amounts={name: answer.get(name) for name in AMOUNTS},
        )

    def stands(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {name: shown(value) for name, value in self._figures(subject).items()}

    def context(
        self, subject: Application, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        entered = summary(subject, clock.today())
        declared = self.stage(subject) == Stage.DECLARED
        context["title"] = gettext("Declared income") if declared else gettext("Verified income")
        context["text"] = (
            gettext("Yuan a month for the whole household. Leave empty what there is not.")
            if declared
            else gettext("What the street has verified by visit, papers and cross-check, in yuan a month.")
        )
        if not declared and entered.declared:
            context["declared"] = [
                Row(entered.declared._meta.get_field(name).verbose_name, getattr(entered.declared, name))  # type: ignore[union-attr]
                for name in (*IncomeTotals.PARTS, "deductions")
            ]
        return context

    def forward(self, subject: Application, result: Any) -> str:
        name = "desk:application" if self.stage(subject) == Stage.DECLARED else "desk:case"
        return reverse(name, args=[case_ref(subject)])
