"""Check a printed list, a screen or a screenshot (核对): number and code or digest, answered in words."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import is_valid_path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.forms import Form
from portal.freshness import fresh_answer
from portal.publicity import addresses, throttle
from portal.publicity.standing import standing_of
from portal.publicity.throttle import Limit
from relief.ledger.codes import SYMBOLS, normalise_code
from relief.publicity.correction_models import Correction
from relief.publicity.document import Verdict, digest_holds, verify
from relief.publicity.models import PublicList
from relief.publicity.queries import newer_version
from relief.publicity.tally import left_counts

NUMBER = re.compile(r"\b(gs|gg|bg|cs)-?(\d{3})-?(\d{4})-?(\d{3,6})(?!\d)", re.ASCII)
DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣ー", "-"))
LONGEST = 400
WRONG = Limit("verify", times=30, minutes=10)


def tidy(typed: str) -> str:
    """What was typed, full-width signs narrowed, every dash plain, without blanks and invisible signs."""
    text = unicodedata.normalize("NFKC", typed[:LONGEST]).translate(DASHES)
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Zs", "Cc", "Cf", "Zl", "Zp"))


def read_number(typed: str) -> str:
    """The list number in a text, also in a whole address: `gs-101-2026-003`; empty when there is none."""
    match = NUMBER.search(tidy(typed).lower())
    return "-".join(match.groups()) if match else ""


def read_code(typed: str) -> str:
    """A check code `XXXX-XXXX` or a digest of 64 digits; empty when it is neither."""
    text = tidy(typed)
    digest = DIGEST.search(text.lower().replace("-", "")) or DIGEST.search(text.lower())
    return digest.group() if digest else normalise_code(text)


class VerifyForm(Form):
    """What stands on the copy: the list's number, and its check code or digest."""

    number = forms.CharField(
        label=_("List number"),
        help_text=_("For example gs-101-2026-001; it stands in the foot of the list."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"class": "cap-w-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Check code or digest"),
        help_text=_("8 characters such as 7K3M-Q9TX, or all 64 digits of the digest."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"class": "cap-w-20", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        number = read_number(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(
                _("A list number has two letters and three groups of digits, for example gs-101-2026-001.")
            )
        return number

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        code = read_code(typed)
        if code:
            return code
        signs = tidy(typed).upper().replace("-", "")
        never = sorted({sign for sign in signs if sign in "01IO"})
        if never and len(signs) == 8:
            raise forms.ValidationError(
                _("A check code never holds %(signs)s. Look at the copy again: 0, 1, I and O don't occur."),
                params={"signs": ", ".join(never)},
            )
        if len(signs) == 8 and any(sign not in SYMBOLS for sign in signs):
            raise forms.ValidationError(_("A check code holds only the digits 2–9 and capital letters."))
        raise forms.ValidationError(
            _("A check code has 8 characters and a digest 64; you typed %(count)s."),
            params={"count": len(signs)},
        )


@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; a complete question has an address of its own."""
    form = VerifyForm(request.GET) if "number" in request.GET or "code" in request.GET else VerifyForm()
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        return HttpResponseRedirect(reverse("publicity:verify-list", args=[values["number"], values["code"]]))

    def build() -> HttpResponse:
        return render(request, "verify/form.html", {"form": form})

    return fresh_answer(request, None, build, hidden=form.is_bound)


@require_safe
def verify_list(request: HttpRequest, number: str, typed: str) -> HttpResponse:
    """The answer to one question; no name in it. An unknown number answers 404, every other answer 200.

    Whoever is wrong thirty times within ten minutes waits (429); a right question is always answered.
    """
    wanted = read_number(number)
    verdict = verify(wanted, read_code(typed)) if wanted else Verdict("unknown")
    if verdict.answer in ("mismatch", "unknown"):
        if again := throttle.count(WRONG, throttle.address_of(request)):
            return throttle.too_many(request, again)

    def build() -> HttpResponse:
        context = answer_context(verdict, wanted or tidy(number)[:40], read_code(typed) or tidy(typed)[:80])
        status = 404 if verdict.answer == "unknown" else 200
        return render(request, "verify/answer.html", context, status=status)

    return fresh_answer(request, verdict.public_list, build)


def answer_context(verdict: Verdict, number: str, typed: str) -> dict[str, Any]:
    """The verdict in parts: how the list stands, whether its digest still holds, where to read on."""
    context: dict[str, Any] = {
        "answer": verdict.answer,
        "number": number,
        "typed": typed,
        "is_digest": len(typed) == 64,
        "retry": VerifyForm(initial={"number": number, "code": typed}),
        "breadcrumbs": [{"label": _("Check a list"), "url": reverse("publicity:verify")}],
    }
    public_list = verdict.public_list
    if public_list is not None and verdict.answer != "mismatch":
        context |= {
            "list": public_list,
            "standing": standing_of(public_list),
            "holds": digest_holds(public_list),
            "list_url": addresses.list_path(public_list),
            "left": left_counts([public_list]).get(public_list.pk, 0),
            "newer": newer_version(public_list) if verdict.answer == "withdrawn" else None,
        }
    if public_list is not None and verdict.correction is not None:
        context |= {
            "correction": verdict.correction,
            "change_url": change_path(public_list, verdict.correction),
        }
    return context


def change_path(public_list: PublicList, correction: Correction) -> str:
    """Where to read what a correction changed: its own page, or the list's record."""
    path = f"{addresses.list_path(public_list)}corrections/{correction.edition}/"
    return path if is_valid_path(path) else addresses.list_path(public_list, "history")
