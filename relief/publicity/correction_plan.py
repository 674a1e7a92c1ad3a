"""What a correction makes of a list, read once: for the privacy check and for freezing alike (更正)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from relief.applications.models import Application
from relief.errors import Reason, Stale
from relief.publicity.correction_models import Correction, CorrectionRow, RowChange
from relief.publicity.editions import current_rows
from relief.publicity.models import PublicList
from relief.publicity.reissue import Row, ShownNow, rows_as_they_stand, shown_now
from relief.trail.actor import Acting


@dataclass(frozen=True)
class CorrectionPlan:
    """The rows of a correction with their cases; `read` are the new rows, `rows` all that is shown then."""

    asked: Sequence[CorrectionRow]
    cases: Mapping[int, Application]
    places: Mapping[int, ShownNow]
    read: Mapping[int, Row]
    rows: Sequence[Row]

    def of(self, change: str) -> list[tuple[CorrectionRow, Application]]:
        return [(row, self.cases[row.application_id]) for row in self.asked if row.change == change]


def plan_of(
    public_list: PublicList, asked: Sequence[CorrectionRow], cases: Mapping[int, Application], *, by: Acting
) -> CorrectionPlan:
    """Read every changed and added row from its case: opening the names is logged once."""
    places = shown_now(public_list, list(cases.values()))
    last = public_list.entries.aggregate(last=Max("row_number"))["last"] or 0
    added = [row.application_id for row in asked if row.change == RowChange.ADDED]
    numbers = {key: number for number, key in enumerate(added, start=last + 1)}
    for row in asked:
        if row.change == RowChange.CHANGED:
            numbers[row.application_id] = places[row.application_id].entry.row_number
    numbered = [(number, cases[key]) for key, number in numbers.items()]
    after = rows_as_they_stand(public_list, numbered, by=by) if numbered else []
    read = dict(zip(numbers, after, strict=True))
    gone = {place.entry.pk for place in places.values()}
    stay = [
        dict(row) for row in current_rows(public_list).exclude(entry__in=gone).values_list("row", flat=True)
    ]
    rows = sorted([*stay, *after], key=lambda row: int(row["row"]))
    return CorrectionPlan(asked, cases, places, read, rows)


def unchanged_cases(asked: Sequence[CorrectionRow], *, lock: bool) -> dict[int, Application]:
    """The rows' cases, locked in order where asked. Raises Stale when one was changed since the proposal."""
    keys = [row.application_id for row in asked]
    if lock:
        held = Application.objects.select_for_update(no_key=True).filter(pk__in=keys)
        list(held.order_by("pk").values_list("pk", flat=True))
    cases = Application.objects.select_related("household", "applicant").in_bulk(keys)
    for row in asked:
        case = cases[row.application_id]
        if case.version != row.version:
            words = _("Case %(case)s was changed after the correction was proposed: propose it again.")
            raise Stale(Reason("case-changed", words % {"case": case.number}), current=case)
    return cases


def notes_of(correction: Correction) -> dict[str, str]:
    """What people wrote beside the rows, by its place: the privacy check reads and binds it too."""
    return {"zh": correction.note_zh, "en": correction.note_en}
