"""What a correction changed, row by row: old and new side by side while the row may be shown (更正对照)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.freshness import fresh_answer
from portal.publicity import addresses, sheet
from portal.publicity.finding import found_list
from relief.ledger.codes import check_code
from relief.publicity.correctable import CorrectionReason
from relief.publicity.correction_models import Correction, CorrectionState, RowChange
from relief.publicity.editions import last_day_of
from relief.publicity.models import Entry, PublicList, PublicRow
from relief.publicity.queries import visible_rows
from relief.trail import clock
from relief.trail.models import Event


@dataclass(frozen=True)
class ChangedRow:
    """One row: what happened to it, why, and the values that differ; none once names are over."""

    number: int
    change: str
    reason: str
    values: list[dict[str, str]] = field(default_factory=list)
    until: date | None = None

    @property
    def words(self) -> str:
        """`Row 3 was changed: it was entered wrongly`."""
        words = {
            RowChange.CHANGED.value: _("Row %(row)s was changed: %(why)s"),
            RowChange.ADDED.value: _("Row %(row)s was added: %(why)s"),
            RowChange.REMOVED.value: _("Row %(row)s was taken off: %(why)s"),
        }[self.change]
        return words % {"row": self.number or "—", "why": self.reason}


@require_safe
def correction_page(request: HttpRequest, kind: str, number: str, edition: int) -> HttpResponse:
    """One edition of a list against the one before it; the first says that there is none."""
    public_list = found_list(kind, number)
    correction = correction_of(public_list, int(edition))
    if correction is None and int(edition) != 1:
        raise Http404

    def build() -> HttpResponse:
        crumbs = [
            {"label": addresses.section_name(kind), "url": addresses.section_path(kind)},
            {"label": public_list.title, "url": addresses.list_path(public_list)},
        ]
        context: dict[str, Any] = {"list": public_list, "edition": int(edition), "breadcrumbs": crumbs}
        context |= {"section_name": addresses.section_name(kind)}
        if correction is not None:
            context |= correction_context(public_list, correction)
        return render(request, "publicity/correction.html", context)

    return fresh_answer(request, public_list, build)


def correction_of(public_list: PublicList, edition: int) -> Correction | None:
    """The approved correction that made an edition."""
    return public_list.corrections.filter(state=CorrectionState.APPROVED, edition=edition).first()


def correction_context(public_list: PublicList, correction: Correction) -> dict[str, Any]:
    """The correction's page in parts; six queries, whatever its size."""
    return {
        "correction": correction,
        "note": note_of(correction),
        "rows": changed_rows(public_list, correction),
        "approved_by": _office(public_list, correction),
        "code_before": check_code(correction.digest_before),
        "code_after": check_code(correction.digest_after),
        "newest": public_list.edition == correction.edition,
    }


def note_of(noted: Any) -> str:
    """The public note in the reader's language."""
    return str(noted.note_en if get_language() == "en" else noted.note_zh)


def list_correction(public_list: PublicList) -> dict[str, Any]:
    """What the page of a corrected list says near its top; nothing for a list never corrected."""
    if not public_list.edition:
        return {}
    made = list(public_list.corrections.filter(state=CorrectionState.APPROVED).order_by("-edition"))
    if not made:
        return {}
    url = addresses.correction_path
    return {
        "corrected": {
            "correction": made[0],
            "note": note_of(made[0]),
            "url": url(public_list, made[0].edition),
        },
        "older_corrections": [(one, url(public_list, one.edition)) for one in made[1:]],
    }


def changed_rows(public_list: PublicList, correction: Correction) -> list[ChangedRow]:
    """The rows of a correction in the list's order."""
    asked = list(correction.rows.order_by("pk"))
    entries = Entry.objects.filter(public_list=public_list, edition=correction.edition or 0)
    made = {entry.application_id: entry for entry in entries.select_related("public_list")}
    numbers = {entry.row_number for entry in made.values()}
    shown = set(visible_rows(public_list).filter(row_number__in=numbers).values_list("row_number", flat=True))
    keys = [key for entry in made.values() for key in (entry.pk, entry.supersedes_id) if key]
    rows = dict(PublicRow.objects.filter(entry__in=keys).values_list("entry", "row"))
    found = []
    for row in asked:
        entry = made.get(row.application_id)
        number = entry.row_number if entry else row.row_number or 0
        before = rows.get(entry.supersedes_id) if entry and entry.supersedes_id else None
        values = []
        if entry and number in shown and entry.pk in rows:
            values = values_that_differ(public_list, before, rows[entry.pk])
        until = last_day_of(entry) if entry and entry.ends_on else None
        found.append(ChangedRow(number, row.change, str(CorrectionReason(row.reason).label), values, until))
    return sorted(found, key=lambda one: one.number)


def values_that_differ(
    public_list: PublicList, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[dict[str, str]]:
    """Field by field, in the words of the list: what only one of the two has, and what differs."""
    changes = []
    for head in sheet.heads_of(public_list):
        old = sheet.plain(public_list, head.key, before[head.key]) if before else ""
        new = sheet.plain(public_list, head.key, after[head.key]) if after else ""
        if old != new and head.key != "row":
            changes.append({"field": head.label, "before": old, "after": new})
    return changes


def _office(public_list: PublicList, correction: Correction) -> str:
    """Who approved: the office alone, as everywhere in public."""
    event = Event.objects.filter(
        subject_code=public_list.code, act="approve-correction", at=correction.decided_at or clock.now()
    ).first()
    return event.actor_office if event else ""
