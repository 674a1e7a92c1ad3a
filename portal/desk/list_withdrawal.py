"""Withdraw a list at the desk (撤回), by the district, with a reason and a note that the public reads."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, ListAct
from portal.desk.corrections import NOTE
from relief.errors import WrongState
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.publicity.models import PublicList
from relief.publicity.withdraw_list import (
    WITHDRAWN_BY,
    WithdrawalReason,
    why_not_withdrawn,
    withdraw_list,
)


class WithdrawForm(ActForm):
    reason_class = forms.ChoiceField(
        label=_("Why the list is withdrawn"), choices=WithdrawalReason.choices, widget=forms.RadioSelect
    )
    note_zh = forms.CharField(
        label=_("Public note in Chinese"),
        help_text=_("What was wrong and what happens next. Name nobody."),
        widget=forms.Textarea(attrs=NOTE),
    )
    note_en = forms.CharField(label=_("Public note in English"), widget=forms.Textarea(attrs=NOTE))


class WithdrawList(ListAct):
    name = "withdraw-list"
    title = _("Withdraw the list")
    text = _(
        "Its names go from the web at once, and its cases back to the street's review. The page stays, with "
        "counts, digest and your note. Have the sheets taken down."
    )
    button = _("Withdraw the list")
    done = _("The list is withdrawn. Have the sheets taken down from every board.")
    danger = True
    form_class = WithdrawForm

    def check(self, subject: PublicList, officer: Officer) -> None:
        acting(officer, WITHDRAWN_BY, subject.area_id)
        if reason := why_not_withdrawn(subject):
            raise WrongState(reason)

    def perform(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> PublicList:
        return withdraw_list(
            subject,
            by=officer,
            version=answer["version"],
            reason_class=answer["reason_class"],
            note_zh=answer["note_zh"],
            note_en=answer["note_en"],
        )
