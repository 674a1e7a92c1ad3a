"""What became of a response (查询反映): by receipt number and query code, both posted; one escalation."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.forms import Form, narrow
from portal.publicity import throttle
from portal.publicity.addresses import list_path
from portal.publicity.responding.forms import kind_in_words
from portal.publicity.responding.views import private_form
from portal.publicity.throttle import Limit
from relief.errors import Refused
from relief.ledger.codes import normalise_code
from relief.publicity.escalate import escalate
from relief.publicity.look_up import look_up, status_for_respondent
from relief.publicity.models import Response
from relief.publicity.receive import WEB

#: wrong tries only
FOR_ONE_NUMBER = Limit("responses-number", times=6, minutes=15)
FROM_ONE_ADDRESS = Limit("responses-address", times=20, minutes=15)


class LookUpForm(Form):
    number = forms.CharField(
        label=gettext_lazy("Receipt number"),
        help_text=gettext_lazy("For example fy-101-2026-00017."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "cap-w-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Query code"),
        help_text=gettext_lazy("8 characters such as 7K3M-Q9TX; it stands on the receipt beside the number."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "cap-w-10", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        return narrow(self.cleaned_data["number"]).lower().replace("－", "-").replace("—", "-")

    def clean_code(self) -> str:
        return normalise_code(narrow(self.cleaned_data["code"])) or "?"


class EscalateForm(Form):
    words = forms.CharField(
        label=gettext_lazy("Why you don’t agree with the answer"),
        help_text=gettext_lazy(
            "The district reads the response, the answer and this, and answers by a day it names."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@private_form
def responses_page(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, or answer. Which of the two was wrong is not told."""
    if request.method != "POST":
        return draw_form(request, LookUpForm())
    form = LookUpForm(request.POST)
    if not form.is_valid():
        return draw_form(request, form)
    found = found_or_refused(request, form)
    return draw_answer(request, found, form) if isinstance(found, Response) else found


@private_form
def escalate_page(request: HttpRequest) -> HttpResponse:
    """Ask the district once more, with number and code of the receipt; what is wrong keeps what was typed."""
    form = LookUpForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return draw_form(request, form)
    found = found_or_refused(request, form)
    if not isinstance(found, Response):
        return found
    objection = EscalateForm(request.POST)
    if objection.is_valid():
        try:
            escalated = escalate(found, by=WEB, words=objection.cleaned_data["words"])
            return draw_answer(request, escalated, form, done=True)
        except Refused as refused:
            objection.refuse(refused)
    return draw_answer(request, found, form, objection=objection)


def found_or_refused(request: HttpRequest, form: LookUpForm) -> Response | HttpResponse:
    """The response, or the page that says why not; each wrong try counts for its number and its address."""
    counted = form.cleaned_data["number"], throttle.address_of(request)
    again = throttle.exhausted(FOR_ONE_NUMBER, counted[0]) or throttle.exhausted(FROM_ONE_ADDRESS, counted[1])
    if again:
        return throttle.too_many(request, again, why=waiting_words())
    found = look_up(*(form.cleaned_data[name] for name in ("number", "code")))
    if found is not None:
        return found
    throttle.count(FOR_ONE_NUMBER, counted[0])
    throttle.count(FROM_ONE_ADDRESS, counted[1])
    form.add_error(
        None,
        _(
            "No response has this number and this code together. Look at the receipt again: "
            "0, 1, I and O don't occur in a code."
        ),
    )
    return draw_form(request, form)


def draw_form(request: HttpRequest, form: LookUpForm) -> HttpResponse:
    return render(request, "respond/look_up.html", {"form": form}, status=422 if form.errors else 200)


def draw_answer(
    request: HttpRequest,
    response: Response,
    form: LookUpForm,
    *,
    objection: EscalateForm | None = None,
    done: bool = False,
) -> HttpResponse:
    """How the response stands, in words, with the answer; no word of anybody else."""
    context = {
        "response": response,
        "list": response.public_list,
        "list_url": list_path(response.public_list),
        "says": kind_in_words(response.kind)[0],
        "status": status_for_respondent(response, WEB),
        "asked": form.cleaned_data,
        "form": objection or EscalateForm(),
        "done": done,
    }
    failed = objection is not None and objection.errors
    return render(request, "respond/answer.html", context, status=422 if failed else 200)


def waiting_words() -> str:
    return _("Too many wrong codes were typed. You can also call and ask with the receipt number.")
