"""Bring in many addresses from a file: looked at first, then added one by one where nothing stops them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.cms.publishing.address_file import COLUMNS, MOST_MB, MOST_ROWS, Carried, packed, read, unpacked
from portal.cms.publishing.frame import Refusable, tried
from portal.cms.publishing.leading import releases
from portal.publishing.authority import not_here, officer_behind, reach_of
from portal.publishing.lead import add_address, public_once
from portal.publishing.leading import Looked, Wanted, look_at
from portal.publishing.models import PageRecord
from portal.publishing.steps import RELEASERS
from relief.errors import Invalid, NotAllowed, Reason
from relief.officers.models import Officer


class FileForm(Refusable, forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        required=False,  # what is missing or empty is refused with our words
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    wanted: Wanted
    done: bool
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
def bring_addresses(request: HttpRequest) -> HttpResponse:
    """For who releases texts. A file, or rows once more, are looked at; with `sure` they are added."""
    officer = officer_behind(request.user)
    if not releases(reach_of(officer)):
        raise NotAllowed(not_here(RELEASERS))
    if request.method != "POST":
        return _ask(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    try:
        carried = _sent(form)
        if carried and "sure" in request.POST:
            return _done(request, carried, officer)
        wanted = [one.wanted for one in carried] or read(_content(form))
    except Invalid as refused:
        form.add_refusal(refused)
        return _ask(request, form)
    return _show(request, look_at(wanted, by=officer))


def _sent(form: FileForm) -> list[Carried]:
    """The rows that a form carried; none with a file. Raises Invalid."""
    return unpacked(form.data["rows"]) if form.is_valid() and "rows" in form.data else []


def _content(form: FileForm) -> bytes:
    """The file, as much of it as may be read. Raises Invalid without one."""
    file = form.cleaned_data.get("file")
    if file is None:
        raise Invalid({"file": [Reason("file-missing", _("Choose a file."))]})
    return bytes(file.read(MOST_MB * 1024 * 1024 + 1))


def _ask(request: HttpRequest, form: FileForm) -> HttpResponse:
    status = form.status if form.errors else 200
    context = {"form": form, "columns": COLUMNS, "most_rows": MOST_ROWS, "most_mb": MOST_MB}
    return render(request, "cms/bring_addresses.html", context, status=status)


def _show(request: HttpRequest, looked: Sequence[Looked]) -> HttpResponse:
    """Row by row what would happen, and what stops a row."""
    free = sum(not one.reasons for one in looked)
    context = {"looked": looked, "free": free, "stopped": len(looked) - free, "rows": packed(looked)}
    return render(request, "cms/looked_at_addresses.html", context)


def _done(request: HttpRequest, carried: Sequence[Carried], officer: Officer) -> HttpResponse:
    """Add what nothing stopped; what was not done may be looked at again."""
    outcomes = _added(carried, officer)
    left = [Looked(one.wanted) for one in outcomes if not one.done]
    context = {
        "outcomes": outcomes,
        "done": len(outcomes) - len(left),
        "refused": len(left),
        "rows": packed(left),
    }
    return render(request, "cms/brought_addresses.html", context)


def _added(carried: Sequence[Carried], officer: Officer) -> list[Outcome]:
    """Each row in its verb's own transaction, upon the page as it was seen and as the rows above left it."""
    records = {one.page_id: one for one in PageRecord.objects.filter(page_id__in=[one.on for one in carried])}
    versions: dict[int, int] = {}

    def add(one: Carried) -> str:
        kept, wanted = public_once(records.get(one.on)), one.wanted
        version = versions.get(one.on, one.version)
        made = add_address(kept, by=officer, path=wanted.path, reason=wanted.reason, version=version)
        records[one.on], versions[one.on] = made.record, made.record.version
        return _("“%(path)s” leads to its page now.") % {"path": made.path}

    added = {
        one.wanted.row: Outcome(one.wanted, *tried(f"address {one.wanted.path}", partial(add, one)))
        for one in carried
        if one.on
    }
    left = look_at([one.wanted for one in carried if one.wanted.row not in added], by=officer)
    return [added.get(one.wanted.row) or _left_out(left.pop(0)) for one in carried]


def _left_out(looked: Looked) -> Outcome:
    """A row that was stopped when it was shown: it is never added unseen, whatever stands today."""
    why = " ".join(str(one) for one in looked.reasons)
    return Outcome(looked.wanted, False, why or _("Nothing stops this row any more: look at it again."))
