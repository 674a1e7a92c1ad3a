"""A list as files: CSV and Excel for tables, JSON with salts and commitments for who checks the digest."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import errors
from portal.freshness import fresh_answer
from portal.publicity import addresses, sheet
from portal.publicity.finding import RowFilter, found_list, row_filter
from portal.publicity.sizes import counted, remember, size_in_words, workbook_in_words
from portal.publicity.workbook import MIME, write_workbook
from relief.publicity.document import document_rows, document_without_rows
from relief.publicity.models import Entry, PublicList
from relief.publicity.queries import names_visible, visible_entries, visible_rows
from relief.publicity.tally import ResponseCounts

BOM = "\ufeff"
#: a spreadsheet would take a text that begins so for a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: bytes of an Excel file that stay in memory; a bigger one waits on disk
IN_MEMORY = 4 * 1024 * 1024


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
        form = row_filter(request, public_list)
        lines = csv_lines(public_list, _rows(form.apply(visible_entries(public_list))))
        chunks = counted(public_list, f"csv{form.query}", _in_pieces(line.encode() for line in lines))
        return _attached(StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8"), number, "csv")

    return fresh_answer(request, public_list, build)


@require_safe
def list_xlsx(request: HttpRequest, kind: str, number: str) -> HttpResponseBase:
    """An Excel workbook of the same rows, filtered like the page; 410 when names are over."""
    public_list = found_list(kind, number)

    def build() -> Any:
        if not names_visible(public_list):
            return _names_are_gone(request, public_list)
        form = row_filter(request, public_list)
        target = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the answer closes it
        write_workbook(target, public_list, _rows(form.apply(visible_entries(public_list))))
        size = target.tell()
        remember(public_list, f"xlsx{form.query}", size)
        target.seek(0)
        answer = _attached(FileResponse(target, content_type=MIME), number, "xlsx")
        answer["Content-Length"] = str(size)
        return answer

    return fresh_answer(request, public_list, build)


@require_safe
def list_json(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """The whole list with salts and commitments; without rows when names are over: the digest still holds."""
    public_list = found_list(kind, number)

    def build() -> HttpResponse:
        data = json_bytes(public_list)
        remember(public_list, "json", len(data))
        return HttpResponse(data, content_type="application/json; charset=utf-8")

    return fresh_answer(request, public_list, build)


def _attached(answer: StreamingHttpResponse, number: str, ending: str) -> StreamingHttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{number}.{ending}"'
    return answer


@require_safe
def data_format(request: HttpRequest) -> HttpResponse:
    """数据说明: what the files hold and how to compute the digest."""
    return render(request, "publicity/data_format.html", {"schema": "list/1"})


def csv_lines(public_list: PublicList, rows: Iterable[sheet.Row]) -> Iterator[str]:
    """The file line by line: header, then rows as they come."""
    heads = sheet.heads_of(public_list)
    buffer = io.StringIO()
    write = csv.writer(buffer).writerow
    buffer.write(BOM)
    write([harmless(head.label) for head in heads])
    yield buffer.getvalue()
    for values in sheet.lines(public_list, heads, rows):
        buffer.seek(0)
        buffer.truncate()
        write([harmless(value) for value in values])
        yield buffer.getvalue()


def json_chunks(
    public_list: PublicList, shown: int | None = None, counts: ResponseCounts | None = None
) -> Iterator[bytes]:
    """The document as bytes: all but the rows, then each row on a line of its own.

    How many rows are `shown` and the `counts` of responses are asked for where they aren't known already.
    """
    if shown is None:
        shown = visible_rows(public_list).count()
    document = document_without_rows(public_list, shown, counts)
    head = json.dumps({**document, "rows": []}, ensure_ascii=False, indent=1)
    yield head.removesuffix("]\n}").encode()
    comma = "\n"
    for row in document_rows(public_list):
        yield f"{comma}{json.dumps(row, ensure_ascii=False)}".encode()
        comma = ",\n"
    yield b"\n]\n}\n"


def json_bytes(public_list: PublicList) -> bytes:
    return b"".join(json_chunks(public_list))


def _rows(entries: QuerySet[Entry]) -> Iterator[sheet.Row]:
    return entries.values_list("row_number", "public_row__row").iterator(chunk_size=500)


def _in_pieces(chunks: Iterable[bytes], size: int = 64 * 1024) -> Iterator[bytes]:
    """The same bytes in fewer pieces: one write to the network for many rows."""
    piece = bytearray()
    for chunk in chunks:
        piece += chunk
        if len(piece) >= size:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def files_of(
    public_list: PublicList,
    at: datetime,
    form: RowFilter | None = None,
    page: Page | None = None,
    left: int = 0,
    responses: ResponseCounts | None = None,
) -> list[File]:
    """The downloads that exist today; CSV and Excel are cut like the page; the JSON always holds all.

    `at` is the last public change: the time of the data; `page` the rows that are shown of those that the
    `form` lets through; `left` the rows that have left the list.
    """
    files = []
    visible = names_visible(public_list)
    if visible and form is not None and page is not None:
        count = page.paginator.count
        lines = (line.encode() for line in csv_lines(public_list, page))
        size = size_in_words(public_list, f"csv{form.query}", count, lines)
        files.append(_file(public_list, "csv", _("Table (CSV)"), size, count, at, form.query))
        size = workbook_in_words(public_list, f"xlsx{form.query}", count)
        files.append(_file(public_list, "xlsx", _("Table (Excel)"), size, count, at, form.query))
    rows_in_json = public_list.entry_count - left if visible else 0
    size = size_in_words(public_list, "json", rows_in_json, json_chunks(public_list, rows_in_json, responses))
    files.append(_file(public_list, "json", _("Data to check (JSON)"), size, rows_in_json, at))
    return files


def _file(
    public_list: PublicList, act: str, label: str, size: str, rows: int, at: datetime, query: str = ""
) -> File:
    return File(label, addresses.list_path(public_list, act) + query, size, rows, at)


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
