"""Annual reports for tests: numbers that fit, and a page with all its chapters."""

from __future__ import annotations

from typing import Any

from portal.pages.report import CHAPTER_LIST, AnnualReportIndexPage, AnnualReportPage
from portal.pages.seed import CHINESE, add_live
from portal.pages.statutory_tables import CHAPTERS, REQUESTS, Chapter, cell

#: requests by column: two kinds of applicants with a case each, one that came in last year and one left over
TYPED = {
    "received.natural": 3,
    "carried_in.natural": 1,
    "granted.natural": 2,
    "refused_third.natural": 1,
    "handled.natural": 3,
    "carried_out.natural": 1,
    "received.law": 2,
    "partly.law": 1,
    "absent_not_held.law": 1,
    "handled.law": 2,
}


def zeros(chapter: Chapter) -> dict[str, Any]:
    """A table in which nothing happened."""
    return {code: "0" if grid.money else 0 for code, grid in chapter.cells().items()}


def fitting(code: str) -> dict[str, Any]:
    """Numbers of a chapter whose sums fit; not all zero."""
    numbers = zeros(CHAPTERS[code])
    if code == "proactive":
        return numbers | {"normative.made": 2, "normative.in_force": 14, "fees.amount": "12.5"}
    if code == "disputes":
        return numbers | {"review.upheld": 1, "review.open": 1, "review.total": 2}
    numbers |= TYPED
    for row in REQUESTS.grids[0].rows:
        parts = [numbers[cell(row.code, one.code)] for one in REQUESTS.grids[0].columns[:-1]]
        numbers[cell(row.code, "total")] = sum(parts)
    return numbers


def report(year: int | None = 2025, **more: Any) -> AnnualReportPage:
    """A report with text in every chapter and numbers in every table, not saved."""
    texts = {text: f"<p>第{number}章</p>" for number, (_w, text, _t) in enumerate(CHAPTER_LIST, 1)}
    tables = {code: fitting(code) for code in CHAPTERS}
    words = {"title": f"{year}年政府信息公开工作年度报告", "year": year, "slug": str(year)}
    return AnnualReportPage(**{**words, **texts, **tables, **more})


def add_report(homes: dict[str, Any], year: int = 2025, **more: Any) -> AnnualReportPage:
    """A public report below the Chinese list."""
    index = AnnualReportIndexPage.objects.child_of(homes[CHINESE]).get()
    page = report(year, locale=index.locale, **more)
    add_live(index, page)
    return page
