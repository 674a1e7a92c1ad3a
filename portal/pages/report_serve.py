"""Hand out the statistics of a public annual report as files."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.pages.report import AnnualReportPage
from portal.pages.report_data import Tables, csv_bytes, json_bytes
from portal.pages.statutory_tables import CHAPTERS
from portal.publishing.queries import readable


@require_safe
def annual_report_data(request: HttpRequest, year: str, form: str) -> HttpResponse:
    """`/annual-reports/2025/data.csv` and `.json`: there while the report is public."""
    tables = _public_tables(int(year))
    if form == "json":
        return HttpResponse(json_bytes(int(year), tables), content_type="application/json; charset=utf-8")
    answer = HttpResponse(csv_bytes(tables), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="annual-report-{year}.csv"'
    return answer


def _public_tables(year: int) -> Tables:
    """The tables of the public Chinese report on a year, for reports of both languages read them there."""
    reports = AnnualReportPage.objects.filter(year=year, locale__language_code=settings.LANGUAGE_CODE)
    page = readable(reports).first()
    if page is None:
        raise Http404
    return {code: getattr(page, code) for code in CHAPTERS}
