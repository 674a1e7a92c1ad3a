"""The one form of a row's screen: which act, and what it needs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from portal.writable import Writable
from relief.errors import Invalid, NotAllowed, Refused, Stale
from relief.trail import clock

ACTS = {
    "attach": _("Put this page into the row"),
    "detach": _("Take out of the row"),
    "check": _("Checked, unchanged"),
    "state": _("Sign: nothing this period"),
    "end": _("End the statement"),
}
#: the acts of the trail in words
CATALOGUE_ACTS = {
    "seed-catalogue": _("row entered"),
    "attach-to-row": _("page put into the row"),
    "detach-from-row": _("page taken out of the row"),
    "check-row": _("checked, unchanged"),
    "state-nothing": _("stated that there is nothing"),
    "end-statement": _("statement ended"),
    "hand-over-row": _("Row of the catalogue handed over"),
}
#: how long a statement usually holds: a quarter
USUAL = timedelta(days=90)
NEEDS = {"attach": ("page",), "detach": ("page_key",), "state": ("until",)}


class RowForm(Writable, forms.Form):
    """What is asked for depends on the act; the version tells when somebody was first."""

    act = forms.ChoiceField(choices=list(ACTS.items()))
    version = forms.IntegerField(widget=forms.HiddenInput)
    page = forms.ModelChoiceField(
        Page.objects.filter(depth__gt=2), required=False, widget=AdminPageChooser, label=_("page")
    )
    page_key = forms.UUIDField(required=False)
    title = forms.CharField(required=False, max_length=255)
    why_zh = forms.CharField(required=False, max_length=200, label=_("reason in Chinese"))
    why_en = forms.CharField(required=False, max_length=200, label=_("reason in English"))
    until = forms.DateField(
        required=False,
        label=_("holds until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, version: int) -> None:
        super().__init__(data, initial={"version": version, "until": clock.today() + USUAL})
        self.status = 422

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in NEEDS.get(data.get("act", ""), ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in."))
        return data

    def add_refusal(self, refused: Refused) -> None:
        """A verb's answer, beside the fields that it names; nothing that was typed is lost."""
        if isinstance(refused, Invalid):
            for name, reasons in refused.fields.items():
                self.add_error(name if name in self.fields else None, [str(one) for one in reasons])
        else:
            self.add_error(None, [str(one) for one in refused.reasons])
        self.status = 403 if isinstance(refused, NotAllowed) else 409 if isinstance(refused, Stale) else 422
