"""A standing award at the desk: what it gives, and the district's decision that it changes or ends."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.desk.act import Act, ActForm
from portal.desk.find import find_household
from portal.desk.words import Row
from portal.forms import MoneyField
from portal.templatetags.cap import day, yuan
from relief.awards.adjust import DECIDES, AdjustmentReason, current_period, decide_change, decide_ending
from relief.awards.models import Award
from relief.awards.opening import month_after
from relief.households.models import Household
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.trail import clock

MONTHS_AHEAD = 12


def coming_months() -> list[tuple[str, str]]:
    """The next twelve months, the coming one first: `2026-04-01`, and in words."""
    found, month = [], month_after(clock.today())
    for _n in range(MONTHS_AHEAD):
        words = gettext("%(month)s %(year)s") % {"month": MONTHS[month.month], "year": month.year}
        found.append((month.isoformat(), words))
        month = month_after(month)
    return found


def awards_of(household: Household) -> list[dict[str, Any]]:
    """The awards of a household for its page: what each gives, and what is decided."""
    found = []
    for award in Award.objects.filter(household=household).order_by("-pk"):
        waiting = award.adjustments.filter(entry=None).first()
        found.append({"award": award, "period": current_period(award), "waiting": waiting})
    return found


class AwardForm(ActForm):
    """From which month, and why."""

    from_month = forms.ChoiceField(label=_("From month"))
    reason = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("Kept in the record; the public reads what changes, never why."),
        choices=AdjustmentReason.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_month"].choices = coming_months()  # type: ignore[attr-defined]

    def clean_from_month(self) -> date:
        return date.fromisoformat(self.cleaned_data["from_month"])


class ChangeForm(AwardForm):
    amount = MoneyField(label=_("New amount a month"))
    persons = forms.IntegerField(label=_("Persons"), min_value=1, max_value=30)

    field_order = ("amount", "persons", "from_month", "reason", "version")


class AwardAct(Act):
    """A decision on one award; its subject is found through its household, so areas hold."""

    section = "lists"

    def find(self, officer: Officer, **address: Any) -> Award:
        code: uuid.UUID = address["code"]
        award = Award.objects.filter(code=code).select_related("household").first()
        if award is None:
            raise Http404
        find_household(officer, award.household.code)
        return award

    def check(self, subject: Award, officer: Officer) -> None:
        acting(officer, DECIDES, subject.community_id)

    def context(self, subject: Award, officer: Officer, form: ActForm, *, preview: bool) -> dict[str, Any]:
        period = current_period(subject)
        rows = [
            Row(_("Household number"), subject.household.number),
            Row(_("Community"), subject.community.name),
            Row(_("Amount now (yuan/month)"), yuan(period.amount) if period else "—"),
            Row(_("Persons"), period.persons if period else "—"),
            Row(_("Since"), day(period.from_month) if period else "—"),
        ]
        return {"identity": rows}

    def back(self, subject: Award) -> str:
        return reverse("desk:household", args=[subject.household.code])


class Change(AwardAct):
    name = "decide-change"
    title = _("Change a guarantee")
    text = _("The old amount goes on until a second person announces this in the next list of changes.")
    button = _("Decide the change")
    done = _("The change is decided. It waits to be announced.")
    form_class = ChangeForm

    def initial(self, subject: Award, officer: Officer) -> dict[str, Any]:
        period = current_period(subject)
        return {"persons": period.persons} if period else {}

    def perform(self, subject: Award, officer: Officer, answer: dict[str, Any]) -> Any:
        return decide_change(subject, by=officer, **answer)


class End(AwardAct):
    name = "decide-ending"
    title = _("End a guarantee")
    text = _("The household gets the reasons in writing. The ending is announced by a second person.")
    button = _("Decide the ending")
    done = _("The ending is decided. It waits to be announced.")
    form_class = AwardForm
    danger = True

    def perform(self, subject: Award, officer: Officer, answer: dict[str, Any]) -> Any:
        return decide_ending(subject, by=officer, **answer)
