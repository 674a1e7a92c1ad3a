"""The catalogue in public: all rows, one row, its datasets, and the check of the whole."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.catalogue.datasets import check_json, csv_text, dumped, licence, row_json, title_of, workbook
from portal.catalogue.facts import read_facts, report
from portal.catalogue.models import code_of
from portal.catalogue.rows import BY_KEY, CHANNELS, LIMIT, OFFICE, ROWS
from portal.catalogue.rules import Finding, RowFacts, Verdict, judge
from portal.catalogue.words import COLOURS, LEVELS, colour_of, in_words, state_in_words
from portal.context import Link
from portal.pages.disclosure import DisclosurePage
from portal.publicity.workbook import MIME
from portal.publishing.queries import readable
from relief.standards.calendar import read_calendar
from relief.trail import clock

JSON = "application/json; charset=utf-8"


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """`/disclosure/catalogue/`: the 13 rows."""
    rows, _filed = read_facts(links=False)
    lines = [drawn(one) for one in judged(rows)]
    context = {"lines": lines, "limit": LIMIT, "breadcrumbs": _above(), "title": _("Catalogue of disclosure")}
    return _fresh(render(request, "catalogue/index.html", context))


@require_safe
def row_page(request: HttpRequest, key: str) -> HttpResponse:
    """`/disclosure/catalogue/<key>/`: what the law asks, what there is, three dates."""
    verdict = _row(key, links=True)
    here = Link(_("Catalogue of disclosure"), reverse("catalogue:index"))
    context = {
        "line": drawn(verdict),
        "limit": LIMIT,
        "office": OFFICE,
        "channels": [CHANNELS[sign] for sign in verdict.facts.row.channels],
        "code": code_of(key),
        "licence": licence(),
        "breadcrumbs": [*_above(), here],
    }
    return _fresh(render(request, "catalogue/row.html", context))


@require_safe
def row_csv(request: HttpRequest, key: str) -> HttpResponse:
    return _file(csv_text(_row(key)), "text/csv; charset=utf-8", f"{key}.csv")


@require_safe
def row_xlsx(request: HttpRequest, key: str) -> HttpResponse:
    return _file(workbook(_row(key)), MIME, f"{key}.xlsx")


@require_safe
def row_data(request: HttpRequest, key: str) -> HttpResponse:
    return _fresh(HttpResponse(dumped(row_json(_row(key, links=True))), content_type=JSON))


@require_safe
def check_page(request: HttpRequest) -> HttpResponse:
    """`/disclosure/check/`: row by row, and what stands where it shouldn't."""
    found = report()
    context = {
        "lines": [drawn(verdict) for verdict in found.rows],
        "pages": [found_in_words(one) for one in found.pages],
        "day": found.day,
        "level": LEVELS[found.level],
        "colour": COLOURS[found.level],
        "breadcrumbs": _above(),
    }
    return _fresh(render(request, "catalogue/check.html", context))


@require_safe
def check_data(request: HttpRequest) -> HttpResponse:
    return _fresh(HttpResponse(check_json(report()), content_type=JSON))


def _row(key: str, *, links: bool = False) -> Verdict:
    if key not in BY_KEY:
        raise Http404
    rows, _filed = read_facts(key, links=links)
    return judged(rows)[0]


def judged(rows: list[RowFacts]) -> list[Verdict]:
    """Each row by itself, as of today."""
    working_days = read_calendar().working_days
    return [judge(one, clock.today(), working_days) for one in rows]


def drawn(verdict: Verdict) -> dict[str, Any]:
    """What the templates draw of one row."""
    facts = verdict.facts
    return {
        "row": facts.row,
        "title": title_of(verdict),
        "url": reverse("catalogue:row", args=[facts.row.key]),
        "word": state_in_words(verdict),
        "colour": colour_of(verdict),
        "facts": facts,
        "verdict": verdict,
        "items": [item for item in facts.items if item.public],
        "findings": [found_in_words(one) for one in verdict.findings],
    }


def found_in_words(one: Finding) -> dict[str, Any]:
    """A finding for a template; a dead link is told, not offered."""
    return {
        "words": in_words(one),
        "colour": COLOURS[one.level],
        "level": LEVELS[one.level],
        "key": one.level.key,
        "link": "" if one.code == "dead-link" else one.url,
    }


def _above() -> list[Link]:
    """The disclosure platform's own page, where the site has it."""
    found = readable(DisclosurePage.objects.filter(locale__language_code=get_language())).first()
    return [Link(found.title, found.get_url() or "")] if found else []


def on_platform(request: HttpRequest, page: Any) -> dict[str, Any]:
    """The part 法定主动公开内容 of the disclosure platform: where each row is; no query."""
    lines = [{"row": row, "url": reverse("catalogue:row", args=[row.key])} for row in ROWS]
    return {"template": "catalogue/part.html", "lines": lines}


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return _fresh(answer)


def _fresh(answer: HttpResponse) -> HttpResponse:
    """Asked for each time: a page withdrawn or a row checked is seen at the next request."""
    answer["Cache-Control"] = "no-cache"
    return answer
