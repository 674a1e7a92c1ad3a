"""All old and short addresses: what leads where today, as a screen and as a table to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.publicity.downloads import BOM, harmless
from portal.publishing.authority import Reach, officer_behind, reach_of
from portal.publishing.leading import Leading, all_told, leading, told
from portal.publishing.models import AddressKind
from portal.publishing.steps import RELEASERS
from portal.writable import Writable

PER_PAGE = 50
KINDS = [(str(one), one.label) for one in AddressKind if one != AddressKind.ENDED]


class FilterForm(Writable, forms.Form):
    """Which addresses are shown."""

    q = forms.CharField(label=gettext_lazy("Address or title contains"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", gettext_lazy("all")), *KINDS]
    )


@require_safe
def leading_addresses(request: HttpRequest) -> HttpResponse:
    """Addresses that lead to pages of the officer's sections."""
    reach = reach_of(officer_behind(request.user))
    form = FilterForm(request.GET)
    found = _found(form, reach)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "shown": shown,
        "lines": told(shown),
        "filtered": any(form.cleaned_data.values()),
        "query": request.GET.urlencode(),
        "may_bring": releases(reach),
    }
    return render(request, "cms/leading.html", context)


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same rows, filtered alike, as CSV: UTF-8 with BOM; its columns can be brought in again."""
    found = _found(FilterForm(request.GET), reach_of(officer_behind(request.user)))
    heads = [
        _("Web address"),
        _("Leads to"),
        _("Title"),
        _("Kind"),
        _("Since"),
        _("By"),
        _("Reason"),
    ]
    # words are drawn now: the rows are sent when the reader's language is asked for no more
    lines = _csv_lines(heads, {key: str(label) for key, label in KINDS}, all_told(found))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="addresses.csv"'
    return answer


def releases(reach: Reach) -> bool:
    """Whether texts are released anywhere within reach."""
    return any(held & set(RELEASERS) for held in reach.roles.values())


def _found(form: FilterForm, reach: Reach) -> Any:
    rows = leading(reach)
    form.is_valid()
    if words := form.cleaned_data.get("q"):
        rows = rows.filter(Q(old_path__icontains=words) | Q(redirect_page__title__icontains=words))
    kind = form.cleaned_data.get("kind")
    return rows.filter(kind=kind) if kind else rows


def _csv_lines(heads: list[str], kinds: dict[str, str], lines: Iterable[Leading]) -> Iterator[bytes]:
    buffer = io.StringIO()
    write = csv.writer(buffer).writerow
    buffer.write(BOM)
    write([harmless(head) for head in heads])
    yield buffer.getvalue().encode()
    for line in lines:
        buffer.seek(0)
        buffer.truncate()
        write([harmless(cell) for cell in _cells(line, kinds)])
        yield buffer.getvalue().encode()


def _cells(line: Leading, kinds: dict[str, str]) -> list[str]:
    place, change = [line.path, line.address, line.page.title], line.change
    if change is None:
        return [*place, "", "", "", ""]
    return [*place, kinds[change.kind], f"{localtime(change.at):%Y-%m-%d %H:%M}", line.by, change.reason]
