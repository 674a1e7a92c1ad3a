"""Relatives of staff: a case is registered separately (单独登记备案); officers declare their own."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.desk.act import Act, ActForm, CaseAct, refuse_form
from portal.desk.find import not_here
from portal.desk.frame import at_desk, page, status_of
from portal.desk.words import Row
from portal.forms import Form, IdNumberField
from portal.templatetags.cap import day
from relief.applications.kin import may_register_kin, register_kin
from relief.applications.models import Application
from relief.confidential.vault import open_many
from relief.errors import Refused
from relief.households.staff_relatives import declare_relative, end_relative
from relief.officers.models import Officer
from relief.officers.relatives import KinRelation, StaffRelative


class RegisterKinForm(ActForm):
    words = forms.CharField(
        label=_("Who is related to whom"),
        help_text=_("Name the member, the officer, and how you know. The words are kept sealed."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RegisterKin(CaseAct):
    name = "register-kin"
    title = _("Register as relatives of staff")
    text = _(
        "The case is registered separately and counted in public; the district visits the household itself."
    )
    button = _("Register separately")
    done = _("The case is registered separately.")
    form_class = RegisterKinForm

    def check(self, subject: Application, officer: Officer) -> None:
        may_register_kin(subject, officer)

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return register_kin(subject, by=officer, version=answer["version"], words=answer["words"])


class RelativeForm(Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=40)
    relation = forms.ChoiceField(label=_("How the person is related to you"), choices=KinRelation.choices)
    id_number = IdNumberField(
        label=_("ID number"), help_text=_("18 characters, as on the ID card. It is kept sealed.")
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def relatives(request: HttpRequest, officer: Officer) -> HttpResponse:
    """An officer's own relatives, and the form to declare one more."""
    form = RelativeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                declare_relative(by=officer, **form.cleaned_data)
            except Refused as refused:
                form.refuse(refused)
                status = status_of(refused)
            else:
                messages.success(request, gettext("The relative is declared."))
                return HttpResponseRedirect(reverse("desk:relatives"))
        else:
            refuse_form("declare-relative", form, by=officer)
            status = 422
    context = {"form": form, "relatives": _own(officer)}
    return page(request, officer, "desk/relatives.html", context, section="relatives", status=status)


def _own(officer: Officer) -> list[dict[str, Any]]:
    """The officer's entries with opened names, those in force first."""
    rows = sorted(officer.relatives.all(), key=lambda row: (row.ended_on is not None, row.pk))
    names = _names(rows, officer)
    return [{"relative": row, "name": names[str(row.pk)]} for row in rows]


def _names(rows: list[StaffRelative], officer: Officer) -> dict[str, str]:
    values = {str(row.pk): ("relative.name", row.name) for row in rows}
    return open_many(values, by=officer, purpose="own-relatives") if values else {}


class EndRelative(Act):
    """The relationship ends: only the officer's own entries are found."""

    name = "end-relative"
    title = _("End the entry")
    text = _("After a divorce, a death or a mistake. Cases that were registered before stay registered.")
    button = _("End the entry")
    done = _("The entry has ended.")
    section = "relatives"

    def find(self, officer: Officer, **address: uuid.UUID) -> StaffRelative:
        row = StaffRelative.objects.filter(officer=officer, code=address["code"]).first()
        if row is None:
            foreign = StaffRelative.objects.filter(code=address["code"]).first()
            raise not_here("end-relative", officer, foreign)
        return row

    def perform(self, subject: StaffRelative, officer: Officer, answer: dict[str, Any]) -> StaffRelative:
        return end_relative(subject, by=officer, version=answer["version"])

    def context(
        self, subject: StaffRelative, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        rows = [
            Row(pgettext("person", "Name"), _names([subject], officer)[str(subject.pk)]),
            Row(gettext("Relation"), subject.get_relation_display()),
            Row(gettext("Declared on"), day(subject.declared_on)),
        ]
        return {"identity": rows}

    def back(self, subject: StaffRelative) -> str:
        return reverse("desk:relatives")
