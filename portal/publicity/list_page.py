"""One list (批前公示, 批后公告): how it stands, its rows while they may be shown, its code and history."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.freshness import fresh_answer
from portal.publicity import addresses, history, sheet
from portal.publicity.changes import list_correction, note_of
from portal.publicity.downloads import files_of
from portal.publicity.feeds import feeds_of
from portal.publicity.finding import found_list, row_filter
from portal.publicity.metadata import metadata_of
from portal.publicity.qr import qr_svg
from portal.publicity.responding.writing import why_closed
from portal.publicity.standing import standing_of
from portal.templatetags.cap import day_in_words
from relief.publicity.editions import only_late_rows
from relief.publicity.models import ListKind, PublicList
from relief.publicity.queries import linked_lists, names_visible, newer_version, visible_entries
from relief.publicity.tally import response_counts
from relief.publicity.withdraw_list import WithdrawalReason
from relief.trail import clock

PER_PAGE = 100


@require_safe
def list_page(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """The page of one list. Expiry is checked here, at reading; nothing depends on a job having run."""
    public_list = found_list(kind, number)

    def build() -> HttpResponse:
        context = page_context(public_list)
        if names_visible(public_list):
            context |= rows_context(request, public_list, context["files"][0].at, context["left"])
        return render(request, "publicity/list.html", context)

    return fresh_answer(request, public_list, build)


@require_safe
def history_page(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Every public step of a list, board by board."""
    public_list = found_list(kind, number)

    def build() -> HttpResponse:
        crumbs = [*breadcrumbs(kind), crumb(public_list.title, addresses.list_path(public_list))]
        responses = response_counts(public_list) if kind == ListKind.PRE_APPROVAL else None
        steps = history.steps_of(public_list, responses)
        context = {"list": public_list, "steps": steps, "breadcrumbs": crumbs}
        context["left"] = any(step.kind == "left" for step in steps)
        context["section_name"] = addresses.section_name(kind)
        return render(request, "publicity/history.html", context)

    return fresh_answer(request, public_list, build)


def page_context(public_list: PublicList) -> dict[str, Any]:
    """What the page shows with and without names."""
    standing, kind = standing_of(public_list), public_list.kind
    responses = response_counts(public_list) if kind == ListKind.PRE_APPROVAL else None
    steps = history.steps_of(public_list, responses)
    left = sum(step.kind == "left" for step in steps)
    return {
        "list": public_list,
        "standing": standing,
        "respond_url": addresses.respond_path(public_list) if kind == ListKind.PRE_APPROVAL else "",
        "left": left,
        "responses": responses,
        "section_name": addresses.section_name(kind),
        "section_url": addresses.section_path(kind),
        "breadcrumbs": breadcrumbs(kind),
        "metadata": metadata_of(public_list, standing),
        "linked": [(other, addresses.list_path(other)) for other in linked_lists(public_list)],
        "newer": newer_version(public_list) if standing.phase == "withdrawn" else None,
        "steps": [step for step in steps if step.kind != "posted"],
        "history_url": addresses.list_path(public_list, "history"),
        "qr": qr_svg(addresses.printed_address(public_list)),
        "verify_url": addresses.verify_path(public_list),
        "feeds": feeds_of(public_list.area),
        "printed_address": addresses.printed_address(public_list),
        **list_correction(public_list),
        **_late_rows(public_list),
        **_why_withdrawn(public_list),
        "files": files_of(public_list, _changed_at(steps), left=left, responses=responses),
    }


def _changed_at(steps: list[history.StepInWords]) -> datetime:
    """When what the public sees last changed by an act; its responses change no file."""
    return next(step.at for step in steps if step.kind != "responses")


def _late_rows(public_list: PublicList) -> dict[str, Any]:
    """Rows that a correction gave days of their own beyond the list's; asked of corrected lists alone."""
    if not public_list.edition or public_list.ends_on is None:
        return {}
    late = visible_entries(public_list).filter(ends_on__gt=public_list.ends_on)
    rows = list(late.values_list("row_number", "ends_on"))
    if not rows:
        return {}
    return {"late_rows": [row for row, _day in rows], "late_until": max(day for _row, day in rows if day)}


def _why_withdrawn(public_list: PublicList) -> dict[str, Any]:
    """The reason class and the note, in the reader's language."""
    if not public_list.withdrawal_reason:
        return {}
    reason = WithdrawalReason(public_list.withdrawal_reason).label
    words = _("Withdrawn on %(day)s: %(why)s.")
    told = words % {"day": day_in_words(public_list.withdrawn_on), "why": reason}  # type: ignore[arg-type]
    return {"why": f"{told} {note_of(public_list)}"}


def rows_context(request: HttpRequest, public_list: PublicList, at: datetime, left: int) -> dict[str, Any]:
    """The rows of one page of the table, filtered as the address says."""
    form = row_filter(request, public_list)
    entries = form.apply(visible_entries(public_list)).values_list("row_number", "public_row__row")
    paginator = Paginator(entries, PER_PAGE)
    if not form.chosen and not only_late_rows(public_list, clock.today()):
        paginator.count = public_list.entry_count  # frozen with the list: nothing to count
    page = paginator.get_page(request.GET.get("page"))
    heads, to_row = sheet.heads_of(public_list), _respond_to_row(public_list)
    return {
        "form": form,
        "page": page,
        "heads": heads,
        "rows": [sheet.cells(public_list, heads, number, row, to_row) for number, row in page],
        "files": files_of(public_list, at, form, page, left),
        "screen_url": addresses.list_path(public_list, "screen"),
        "shown": True,
    }


def _respond_to_row(public_list: PublicList) -> str:
    """Where a row's code leads while the list, or a row with days of its own, takes responses."""
    open_still = public_list.kind == ListKind.PRE_APPROVAL and why_closed(public_list) is None
    return addresses.respond_path(public_list) if open_still else ""


def breadcrumbs(kind: str) -> list[SimpleNamespace]:
    return [crumb(addresses.section_name(kind), addresses.section_path(kind))]


def crumb(label: str, url: str) -> SimpleNamespace:
    return SimpleNamespace(label=label, url=url)
