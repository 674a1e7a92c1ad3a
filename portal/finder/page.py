"""`/search/`: what was found, best first, with filters that stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.finder.counting import Counted, count_search
from portal.finder.form import SearchForm
from portal.finder.words import label_of
from portal.pages.validity import COLOURS, State
from search.answer import Answer, Hit
from search.find import find
from search.query import REACH, SIZE, TEXT_LIMIT

#: a text that doesn't hold as it stands is found, and says so
MARKS = {
    **{state.value: colour for state, colour in COLOURS.items() if state is not State.IN_FORCE},
    "superseded": "red",
}


@dataclass(frozen=True)
class Line:
    """One hit as the page draws it."""

    hit: Hit
    kind: str
    marks: list[tuple[str, str]]


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Whatever is asked, an answer; search engines are asked not to keep it."""
    form = SearchForm(request)
    answer = find(form.asked(_page_number(request), SIZE))
    form.offer(answer.facets)
    page = _page_of(answer)
    context = {
        "form": form,
        "asked": form.value("q")[:TEXT_LIMIT],
        "answer": answer,
        "lines": [_line(form, hit) for hit in answer.hits],
        "page": page,
        "meant": f"?{urlencode({'q': answer.did_you_mean})}" if answer.did_you_mean else "",
        "limit": TEXT_LIMIT,
        "feed_query": form.query,
        "title": _("Search this site"),
    }
    words = render_to_string("finder/page.html", context, request)
    response = Counted(words, then=count_search(request, form, answer))
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex, follow"
    return response


def _page_number(request: HttpRequest) -> int:
    """The page asked for; the first for what is no number. One beyond the end becomes the last."""
    typed = request.GET.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1


def _page_of(answer: Answer) -> Page[Any]:
    """What the pager needs to know: how many there are, and where we are."""
    return Paginator(range(min(answer.total, REACH)), SIZE).get_page(answer.page)


def _line(form: SearchForm, hit: Hit) -> Line:
    record, words = hit.record, form.labels["validity"]
    codes = dict.fromkeys([*record.marks, record.validity])
    marks = [(label_of(words, code), MARKS[code]) for code in codes if code in MARKS]
    return Line(hit, label_of(form.labels["kind"], record.kind), marks)
