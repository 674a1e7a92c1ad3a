"""What readers search for: often, in vain, without opening anything; as a screen and as a table."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.finder.asked import PLACES
from portal.finder.asked_models import AskedWords
from portal.finder.asked_report import (
    FREQUENT,
    IN_VAIN,
    MONTH,
    SHOWS,
    UNOPENED,
    WEEK,
    Wanted,
    behind_digests,
    report,
    usual_places,
)
from portal.publicity.downloads import BOM, harmless
from portal.publishing.authority import officer_behind
from portal.writable import Writable
from search.synonym_verbs import may_enter

PER_PAGE = 50
TABS = {
    FREQUENT: gettext_lazy("Most frequent"),
    IN_VAIN: gettext_lazy("Without result"),
    UNOPENED: gettext_lazy("Found, nothing opened"),
}


class LogForm(Writable, forms.Form):
    """What of the log is shown."""

    q = forms.CharField(label=gettext_lazy("Words contain"), max_length=100, required=False)
    days = forms.ChoiceField(
        label=gettext_lazy("Counted within"),
        required=False,
        choices=[("", gettext_lazy("the last 30 days")), (str(WEEK), gettext_lazy("the last 7 days"))],
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the page"),
        required=False,
        choices=[("", gettext_lazy("all")), *settings.LANGUAGES],
    )
    sort = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[("", gettext_lazy("most often first")), ("newest", gettext_lazy("last searched for first"))],
    )

    def wanted(self, show: str) -> Wanted:
        """What is asked for; a wrong value asks for nothing."""
        known = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Wanted(
            show=show if show in SHOWS else FREQUENT,
            days=WEEK if known.get("days") else MONTH,
            language=known.get("language", ""),
            part=known.get("q", ""),
            newest=bool(known.get("sort")),
        )


@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """The log; `show` in the address is the tab."""
    officer = officer_behind(request.user)
    form = LogForm(request.GET)
    wanted = form.wanted(request.GET.get("show", ""))
    shown = Paginator(report(wanted), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "tabs": TABS,
        "show": wanted.show,
        "shown": shown,
        "lines": _lines(list(shown), wanted.days),
        "filtered": bool(wanted.part or wanted.language),
        "hidden": behind_digests(),
        "may": may_enter(officer),
        "query": request.GET.urlencode(),
    }
    return render(request, "cms/searches.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same rows, filtered alike, as CSV: UTF-8 with BOM. There are a few thousand at most."""
    officer_behind(request.user)
    wanted = LogForm(request.GET).wanted(request.GET.get("show", ""))
    table = io.StringIO()
    write = csv.writer(table).writerow
    table.write(BOM)
    heads = (
        _("Words searched for"),
        _("Language of the page"),
        _("Searched for"),
        _("Found last"),
        _("Without result"),
        _("Only by sound or in part"),
        _("Results opened"),
        _("Usual place"),
        _("Last"),
    )
    write([harmless(head) for head in heads])
    for line in _lines(list(report(wanted)), wanted.days):
        row = line["row"]
        cells = (row.words, line["language"], row.asked, row.found, row.nothing, row.loose, row.opened)
        write([harmless(str(cell)) for cell in (*cells, line["place"], row.last_on)])
    answer = HttpResponse(table.getvalue().encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="searches.csv"'
    return answer


def _lines(rows: list[AskedWords], days: int) -> list[dict[str, Any]]:
    """Each row with the address of its search, the share of openings and the usual place."""
    places, languages = usual_places(rows, days), dict(settings.LANGUAGES)
    pages = {language: _page(language) for language in languages}
    return [
        {
            "row": row,
            "url": f"{pages[row.language]}?{urlencode({'q': row.words})}",
            "language": languages[row.language],
            "share": min(100, round(100 * row.opened / row.asked)),  # type: ignore[attr-defined]
            "place": _place(places.get(row.pk, 0)),
            "lacks": row.nothing or row.loose,  # type: ignore[attr-defined]
        }
        for row in rows
    ]


def _place(place: int) -> str:
    if place > PLACES:
        return _("after the tenth")
    return str(place) if place else ""


def _page(language: str) -> str:
    with translation.override(language):
        return reverse("finder:page")
