"""The end of a response on the web: check all answers, send them once, show and print the receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from portal.publicity import throttle
from portal.publicity.responding import device
from portal.publicity.responding.forms import SendForm
from portal.publicity.responding.views import all_is_kept, crumbs, not_here, over_page, private_form
from portal.publicity.responding.writing import Writing, writing_of
from portal.publicity.throttle import Limit
from relief.errors import Invalid, Refused, WrongState
from relief.places.models import Area
from relief.publicity.draft import (
    RECEIPT_KEPT,
    Sent,
    delete_draft,
    picture_of,
    send_draft,
    sent_receipt,
)
from relief.publicity.look_up import look_up, status_for_respondent
from relief.publicity.models import PublicList, ResponseChannel, ResponseKind
from relief.publicity.receive import WEB, respond
from relief.publicity.response_models import ResponseDraft

#: from one address to one list; to one list from everywhere
FROM_ONE_ADDRESS = Limit("respond-send-address", times=10, minutes=60)
TO_ONE_LIST = Limit("respond-send-list", times=200, minutes=60)


@private_form
def check_page(request: HttpRequest, number: str) -> HttpResponse:
    """All answers with a way to change each; the press that sends them sends once, however often made."""
    writing = writing_of(request, number)
    if elsewhere := not_here(request, writing):
        return elsewhere
    if writing.draft is None:
        return HttpResponseRedirect(f"{writing.url('resume')}?lost=1")
    if (step := writing.next()) != "check":
        return HttpResponseRedirect(writing.url(step))
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return send(request, writing, form)
    return draw_check(request, writing, form)


def send(request: HttpRequest, writing: Writing, form: SendForm) -> HttpResponse:
    """Send what the draft holds; a refusal is said in words, and the draft stays as it is."""
    number = str(writing.public_list.number)
    address = throttle.address_of(request)
    again = throttle.count(FROM_ONE_ADDRESS, f"{number} {address}") or throttle.count(TO_ONE_LIST, number)
    if again:
        return throttle.too_many(request, again, why=all_is_kept())
    assert writing.draft is not None
    try:
        send_draft(
            writing.draft,
            lambda draft, answers: _responded(writing.public_list, draft, answers),
        )
    except ResponseDraft.DoesNotExist:
        return HttpResponseRedirect(f"{writing.url('resume')}?lost=1")
    except Refused as refused:
        if isinstance(refused, WrongState) and (reason := writing_of(request, number).closed):
            return over_page(request, writing, reason)
        form.refuse(refused)
        return draw_check(request, writing, form, status=422 if isinstance(refused, Invalid) else 409)
    return device.remember(HttpResponseRedirect(writing.url("sent")), request, number, writing.code)


def _responded(public_list: PublicList, draft: ResponseDraft, answers: dict[str, Any]) -> Sent:
    """The act for a visitor. Raises what it refuses."""
    named = answers["named"] == "yes"
    left_out = answers["kind"] == ResponseKind.LEFT_OUT
    receipt = respond(
        public_list,
        by=WEB,
        kind=answers["kind"],
        channel=ResponseChannel.WEB,
        words=answers["words"],
        name=answers["name"] if named else "",
        contact=answers["contact"] if named else "",
        row="" if left_out else answers["row"],
        community=Area.objects.get(number=answers["community"]) if left_out else None,
        about_staff=answers["about_staff"] == "yes",
        picture=picture_of(draft, answers, by=WEB),
    )
    return Sent(receipt.response.number, receipt.query_code)


def draw_check(request: HttpRequest, writing: Writing, form: SendForm, status: int = 422) -> HttpResponse:
    """The page of all answers; a refusal stands above them."""
    context = writing.context() | {
        "form": form,
        "lines": writing.lines(),
        "back_url": writing.url("picture"),
    }
    return render(request, "respond/check.html", context, status=status if form.errors else 200)


@private_form
def sent_page(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt, for an hour: number, code, what happens next and by when. POST takes it off the device."""
    writing = writing_of(request, number)
    if writing.draft is None or (sent := sent_receipt(writing.draft)) is None:
        return HttpResponseRedirect(f"{writing.url('resume')}?lost=1")
    if request.method == "POST":
        delete_draft(writing.draft)
        target = writing.url() if request.POST.get("again") else reverse("publicity:responses")
        return device.forget(HttpResponseRedirect(target), number)
    response = look_up(sent.number, sent.query_code)
    context = writing.context() | {
        "sent": sent,
        "response": response,
        "status": status_for_respondent(response, WEB) if response else None,
        "minutes": int(RECEIPT_KEPT.total_seconds() // 60),
        "breadcrumbs": crumbs(writing),
    }
    return render(request, "respond/sent.html", context)
