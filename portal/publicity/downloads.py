"""A list as files: CSV for tables, JSON with salts and commitments for whoever wants to check the digest."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import errors
from portal.freshness import fresh_answer
from portal.publicity import addresses, sheet
from portal.publicity.finding import RowFilter, found_list, row_filter
from relief.publicity.document import list_document
from relief.publicity.models import Entry, PublicList
from relief.publicity.queries import names_visible, visible_entries
from relief.trail import clock

BOM = "\ufeff"
#: a spreadsheet would take a text that begins so for a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ONE_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class File:
    """A download with what the link says of it: kind, size, rows, time of the data."""

    label: str
    url: str
    size: str
    rows: int
    at: datetime


@require_safe
def list_csv(request: HttpRequest, kind: str, number: str) -> HttpResponseBase:
    """UTF-8 with BOM, labels in the page's language, filtered like the page; 410 when names are over."""
    public_list = found_list(kind, number)

    def build() -> Any:
        if not names_visible(public_list):
            return _names_are_gone(request, public_list)
        rows = row_filter(request, public_list).apply(visible_entries(public_list))
        answer = StreamingHttpResponse(csv_lines(public_list, rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{public_list.number}.csv"'
        return answer

    return fresh_answer(request, public_list, build)


@require_safe
def list_json(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """The whole list with salts and commitments; without rows when names are over: the digest still holds."""
    public_list = found_list(kind, number)

    def build() -> HttpResponse:
        return HttpResponse(json_bytes(public_list), content_type="application/json; charset=utf-8")

    return fresh_answer(request, public_list, build)


@require_safe
def data_format(request: HttpRequest) -> HttpResponse:
    """数据说明: what the files hold and how to compute the digest."""
    return render(request, "publicity/data_format.html", {"schema": "list/1"})


def csv_lines(public_list: PublicList, entries: QuerySet[Entry]) -> Iterator[str]:
    """The file line by line: header, then rows as they come from the database."""
    heads = sheet.heads_of(public_list)
    yield BOM + _line([head.label for head in heads])
    rows = entries.values_list("row_number", "public_row__row")
    for number, row in rows.iterator(chunk_size=500):
        yield _line(sheet.line(public_list, heads, number, row))


def json_bytes(public_list: PublicList) -> bytes:
    return json.dumps(list_document(public_list), ensure_ascii=False, indent=1).encode()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def files_of(
    public_list: PublicList, at: datetime, form: RowFilter | None = None, count: int = 0, left: int = 0
) -> list[File]:
    """The downloads that exist today; the CSV is cut like the page, the JSON always holds the whole list.

    `at` is the last public change: the time of the data; `left` the rows that have left the list.
    """
    files = []
    visible = names_visible(public_list)
    if visible and form is not None:
        rows = form.apply(visible_entries(public_list))
        size = _size(public_list, f"csv.{form.query}", lambda: _csv_size(public_list, rows))
        url = addresses.list_path(public_list, "csv") + form.query
        files.append(File(_("Table (CSV)"), url, size, count, at))
    size = _size(public_list, "json", lambda: len(json_bytes(public_list)))
    rows_in_json = public_list.entry_count - left if visible else 0
    files.append(
        File(_("Data to check (JSON)"), addresses.list_path(public_list, "json"), size, rows_in_json, at)
    )
    return files


def _size(public_list: PublicList, what: str, measure: Callable[[], int]) -> str:
    """Measured once per version of the list and day, for the link's text."""
    day = clock.today().isoformat()
    key = f"size.{public_list.number}.{public_list.version}.{day}.{get_language()}.{what}"
    size = cache.get(key)
    if size is None:
        size = measure()
        cache.set(key, size, ONE_DAY)
    return filesizeformat(size)


def _csv_size(public_list: PublicList, rows: QuerySet[Entry]) -> int:
    return sum(len(line.encode()) for line in csv_lines(public_list, rows))


def _line(values: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([harmless(value) for value in values])
    return text.getvalue()


def _names_are_gone(request: HttpRequest, public_list: PublicList) -> HttpResponse:
    if public_list.counts_only:
        why = _("This list has so few households that it shows counts only; there is no table.")
        url = addresses.list_path(public_list)
        return errors.gone(request, why=why, url=url, label=public_list.title)
    return errors.gone(
        request,
        why=_(
            "The time for showing this list’s names has ended, so there is no table any more. "
            "Counts, check code and the data to check (JSON, without rows) remain."
        ),
        url=addresses.list_path(public_list),
        label=public_list.title,
    )
