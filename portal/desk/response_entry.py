"""Take a response down at the desk, and hand out its receipt; the query code is shown once."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, ListAct
from portal.desk.find import find_response
from relief.errors import WrongState
from relief.officers.models import Officer
from relief.places.models import Area, Level
from relief.places.scope import within
from relief.publicity.models import PublicList, Response, ResponseChannel, ResponseKind
from relief.publicity.receipt import Receipt
from relief.publicity.receive import respond, takes_down
from relief.publicity.respond import why_not_open
from relief.publicity.respondent import CONTACT_LIMIT, NAME_LIMIT

CHANNELS = [one for one in ResponseChannel.choices if one[0] != ResponseChannel.WEB]
NAMED = [("yes", _("named: the district can tell the person the answer")), ("no", _("anonymous"))]


class RespondentForm(ActForm):
    """How something came in, and by whom; nobody needs to give a name."""

    channel = forms.ChoiceField(label=_("How did it come in?"), choices=CHANNELS, widget=forms.RadioSelect)
    about_staff = forms.BooleanField(label=_("It is about a member of staff"), required=False)
    named = forms.ChoiceField(label=_("Named or anonymous?"), choices=NAMED, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name, if named"), max_length=NAME_LIMIT, required=False)
    contact = forms.CharField(
        label=_("Telephone or address, if named"),
        help_text=_("Sealed at once: only the district can open it."),
        max_length=CONTACT_LIMIT,
        required=False,
    )
    namesake = forms.BooleanField(
        label=_("This is another person than the one of the same name who responded before"), required=False
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if data is None:
            del self.fields["namesake"]  # asked only when somebody of the name has responded

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if self.cleaned_data.get("named") == "yes" and not name:
            raise forms.ValidationError(_("Enter the name, or choose “anonymous”."), code="required")
        return name


def about_respondent(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What the verb is told of the person; an anonymous one has neither name nor contact."""
    named = answer["named"] == "yes"
    return {
        "name": answer["name"] if named else "",
        "contact": answer["contact"] if named else "",
        "namesake": answer["namesake"],
        "about_staff": answer["about_staff"],
    }


class EntryForm(RespondentForm):
    """What is said to a list."""

    kind = forms.ChoiceField(
        label=_("Kind of response"), choices=ResponseKind.choices, widget=forms.RadioSelect
    )
    row = forms.CharField(
        label=_("Row number or row code"),
        help_text=_("Not for “left out”."),
        max_length=20,
        required=False,
    )
    community = forms.ChoiceField(
        label=_("Community"), help_text=_("Only for “left out”: where the person lives."), required=False
    )
    words = forms.CharField(
        label=_("What is said"),
        help_text=_("Facts only, in the person's words. Who says it does not belong here."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    field_order = (
        "kind", "row", "community", "channel", "words", "about_staff", "named", "name", "contact", "namesake",
        "version",
    )  # fmt: skip


class Enter(ListAct):
    name = "respond"
    title = _("Take a response down")
    text = _("Only an objection stops a case. The name is sealed at once, for community and street for ever.")
    button = _("Take it down and print the receipt")
    form_class = EntryForm

    def check(self, subject: PublicList, officer: Officer) -> None:
        if reason := why_not_open(subject):
            raise WrongState(reason)
        takes_down(subject, officer)

    def form(self, subject: PublicList, officer: Officer, data: Any = None) -> ActForm:
        form = super().form(subject, officer, data)
        places = Area.objects.filter(within(subject.area_id, "number"), level=Level.COMMUNITY)
        choices = [("", _("choose a community")), *((one.number, one.name) for one in places)]
        form.fields["community"].choices = choices  # type: ignore[attr-defined]
        return form

    def perform(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> Receipt:
        receipt = respond(
            subject,
            by=officer,
            kind=answer["kind"],
            channel=answer["channel"],
            words=answer["words"],
            row=answer["row"],
            community=answer["community"],
            **about_respondent(answer),
        )
        keep_code(self.request, receipt)
        return receipt

    def forward(self, subject: PublicList, result: Any) -> str:
        return reverse("desk:objection-receipt", args=[result.response.code])


def keep_code(request: HttpRequest, receipt: Receipt) -> None:
    """Carry the query code to the receipt's page, which shows it once."""
    request.session[_key(receipt.response.code)] = receipt.query_code


def code_once(request: HttpRequest, code: uuid.UUID) -> str:
    """The query code of a response taken down just now; empty when it was shown already."""
    return str(request.session.pop(_key(code), "")) if request.method == "GET" else ""


def find_receipt(officer: Officer, code: uuid.UUID) -> Response:
    """A response of the officer's areas, or one that the officer took down. Raises Http404."""
    born = Response.history.filter(code=code, history_type="+", history_user_id=officer.pk)
    if born.exists():
        return Response.objects.select_related("public_list__area", "application", "community").get(code=code)
    return find_response(officer, code)


def _key(code: uuid.UUID) -> str:
    return f"query-code:{code}"
