"""Objections at the desk (异议): take one down, hand out its receipt, take it back, see who objected."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.desk.act import Act, ActForm, CaseAct
from portal.desk.find import case_ref, find_case, find_list, find_response, readers_stay_out
from portal.desk.frame import at_desk, held_by, page
from portal.desk.response_entry import (
    RespondentForm,
    about_respondent,
    code_once,
    find_receipt,
    keep_code,
)
from portal.desk.words import Row
from portal.forms import Form, narrow
from portal.templatetags.cap import day
from relief.applications.models import Application
from relief.applications.move import authorise
from relief.errors import NotAllowed, WrongState
from relief.ledger.codes import normalise_code
from relief.officers.models import Officer
from relief.publicity.case_list import list_of
from relief.publicity.editions import current_entries
from relief.publicity.handlers import answered_by_opinion
from relief.publicity.models import PublicList, Response, ResponseState
from relief.publicity.next_step import first_step
from relief.publicity.read_responses import may_read_respondent, open_respondent
from relief.publicity.receipt import Receipt
from relief.publicity.respond import answered_already, object_to, why_not_open, withdraw_objection
from relief.publicity.row_of import entry_on
from relief.trail.verb import write_refusal


class ObjectionForm(RespondentForm):
    """What is objected."""

    words = forms.CharField(
        label=_("What is objected"),
        help_text=_("Facts only, in the person's words. Who says it does not belong here."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    field_order = (
        "channel", "words", "about_staff", "named", "name", "contact", "namesake", "version",
    )  # fmt: skip


class Object(CaseAct):
    name = "object"
    title = _("Take an objection down")
    text = _(
        "The case is looked into again; its list runs on for the others. The name is sealed at once and "
        "shown to nobody at the community or the street."
    )
    button = _("Take the objection down")
    form_class = ObjectionForm

    def check(self, subject: Application, officer: Officer) -> None:
        if reason := why_not_open(list_of(subject)):
            raise WrongState(reason)
        authorise(subject, self.name, officer)

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Receipt:
        taken = object_to(
            subject,
            by=officer,
            version=answer["version"],
            channel=answer["channel"],
            words=answer["words"],
            **about_respondent(answer),
        )
        keep_code(self.request, taken)
        return taken

    def forward(self, subject: Application, result: Any) -> str:
        return reverse("desk:objection-receipt", args=[result.response.code])


class RowForm(Form):
    """Which row of the list: its number, or the row code that stands in it."""

    row = forms.CharField(label=_("Row number or row code"), max_length=20)


@require_safe
@at_desk
def object_to_row(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """From a list to the form of the case in one of its rows."""
    one = find_list(officer, code)
    form = RowForm(request.GET)
    case = _case_in_row(officer, one, form.cleaned_data["row"]) if form.is_valid() else None
    if case is not None:
        return HttpResponseRedirect(reverse("desk:object", args=[case_ref(case)]))
    if form.is_valid():
        form.add_error("row", gettext("No case of your area stands in this row."))
    context = {"form": form, "list": one, "back_url": reverse("desk:list", args=[one.code])}
    return page(request, officer, "desk/object_to_row.html", context, section="lists", status=422)


def _case_in_row(officer: Officer, one: PublicList, typed: str) -> Application | None:
    """The case in the row, when it lies in the officer's area."""
    text = narrow(typed)
    by_number = text.isascii() and text.isdigit() and len(text) <= 6
    named = {"row_number": int(text)} if by_number else {"row_code": normalise_code(text)}
    entry = current_entries(one).filter(**named).first()
    found = Application.objects.filter(pk=entry.application_id or 0).first() if entry else None
    try:
        return find_case(officer, case_ref(found)) if found else None
    except Http404:
        return None


@require_safe
@at_desk
def receipt(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """The paper that goes to whoever objected: number, what happens next, until when. It bears no name."""
    response = find_receipt(officer, code)
    readers_stay_out(officer, held_by(request), "objection-receipt", response)
    case = response.application
    entry = entry_on(response.public_list, case) if case else None
    context = {
        "response": response,
        "case": case,
        "list": response.public_list,
        "row": entry.row_number if entry else None,
        "open": response.state == ResponseState.OPEN,
        "objection": answered_by_opinion(response),
        "first_step": first_step(response),
        "query_code": code_once(request, response.code),
        "look_up_url": settings.PUBLIC_BASE_URL.rstrip("/") + "/responses/",
        "back_url": reverse("desk:list", args=[response.public_list.code]),
    }
    return page(request, officer, "desk/objection_receipt.html", context, section="queue")


class TakeBackForm(ActForm):
    words = forms.CharField(
        label=_("Why it is taken back (optional)"),
        help_text=_("The name of whoever objected doesn't belong here."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shown = forms.BooleanField(label=_("The person has shown the receipt, or said its number"))


class TakeBack(Act):
    """The subject is the response: its case may have moved meanwhile."""

    name = "withdraw-objection"
    title = _("Take an objection back")
    text = _(
        "Only for whoever made it. With the last open objection the case goes back: in publicity for the "
        "days left, or on to the district when its list is closed."
    )
    button = _("Take the objection back")
    done = _("The objection is withdrawn.")
    form_class = TakeBackForm

    def find(self, officer: Officer, **address: Any) -> Response:
        return find_response(officer, address["code"])

    def check(self, subject: Response, officer: Officer) -> None:
        assert subject.application is not None
        if subject.state == ResponseState.OPEN:
            authorise(subject.application, self.name, officer)
        else:
            raise WrongState(answered_already())

    def perform(self, subject: Response, officer: Officer, answer: dict[str, Any]) -> Response:
        return withdraw_objection(subject, by=officer, version=answer["version"], words=answer["words"])

    def context(self, subject: Response, officer: Officer, form: ActForm, *, preview: bool) -> dict[str, Any]:
        assert subject.application is not None
        rows = [
            Row(_("Receipt number"), subject.number),
            Row(_("Case number"), subject.application.number),
            Row(_("Received on"), day(subject.received_on)),
            Row(_("State"), subject.get_state_display()),
        ]
        return {"case": subject.application, "identity": rows}

    def back(self, subject: Response) -> str:
        assert subject.application is not None
        return reverse("desk:case", args=[case_ref(subject.application)])


class WhoForm(Form):
    purpose = forms.ChoiceField(
        label=_("What do you need the name for?"),
        choices=[
            ("show-respondent:answer", _("tell the person the answer")),
            ("show-respondent:ask", _("ask the person about the facts")),
            ("show-respondent:suspicion", _("look into a false or malicious objection")),
        ],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def respondent(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """Show the district who objected, for a stated purpose that goes into the log; nobody else, ever."""
    response = find_response(officer, code)
    try:
        may_read_respondent(response, officer)
    except NotAllowed as refused:
        write_refusal("show-respondent", refused, by=officer, subject=response)
        raise
    form = WhoForm(request.POST if request.method == "POST" else None)
    who = None
    if request.method == "POST" and form.is_valid():
        who = open_respondent(response, by=officer, purpose=form.cleaned_data["purpose"])
    context = {
        "response": response,
        "form": form,
        "who": who,
        "back_url": reverse("desk:response", args=[response.code]),
    }
    status = 422 if form.errors else 200
    return page(request, officer, "desk/respondent.html", context, section="queue", status=status)
