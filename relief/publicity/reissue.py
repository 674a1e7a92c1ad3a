"""The rows of a correction: read from the cases as they stand, frozen as entries of the next edition."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from relief.applications.models import Application
from relief.confidential.vault import vault_of
from relief.publicity.digest import SALT_BYTES, commitment
from relief.publicity.disclose import NO_NAME, WITHHELD, WITHHELD_ON_REQUEST, columns_for, public_row
from relief.publicity.editions import current_entries, current_rows
from relief.publicity.freeze import facts_of
from relief.publicity.models import Entry, ListKind, PublicList, PublicRow
from relief.standards.in_force import in_force
from relief.standards.legal_clock import period_end
from relief.trail import clock
from relief.trail.actor import Acting, Robot
from relief.trail.models import Event

READER = Robot("correction-reader")
#: the name is compared only where something was done to it: opening every name for a look is too much
BUT_NAME = "name"

Row = dict[str, int | str]


@dataclass(frozen=True)
class ShownNow:
    """What a list shows of a case today: the entry with its public row, if the case has one there."""

    entry: Entry
    row: Row | None

    def differs_from(self, after: Mapping[str, Any]) -> bool:
        return self.row is not None and any(self.row[key] != after.get(key) for key in self.row)

    def only_the_name_differs(self, after: Mapping[str, Any]) -> bool:
        return self.row is not None and all(
            self.row[key] == after.get(key) for key in self.row if key != BUT_NAME
        )


def shown_now(public_list: PublicList, cases: Sequence[Application]) -> dict[int, ShownNow]:
    """The current place of each case on the list, by the case's key; two queries."""
    entries = list(
        current_entries(public_list)
        .filter(application_id__in=[case.pk for case in cases], retraction=None)
        .select_related("public_list")
    )
    rows = dict(current_rows(public_list).filter(entry__in=entries).values_list("entry", "row"))
    return {entry.application_id or 0: ShownNow(entry, rows.get(entry.pk)) for entry in entries}


def rows_as_they_stand(
    public_list: PublicList, numbered: Sequence[tuple[int, Application]], *, by: Acting
) -> list[Row]:
    """What the list would show of each case now, at its row number. Opening the names is logged once."""
    masking = in_force(f"disclosure.{public_list.kind}.names", clock.today()).text
    columns = columns_for(public_list.columns)
    facts = facts_of([case for _number, case in numbered], public_list.kind, by=by)
    return [
        public_row(number, fact, columns, masking) for (number, _c), fact in zip(numbered, facts, strict=True)
    ]


def outdated_rows(public_list: PublicList) -> list[Entry]:
    """Current entries whose shown values differ from what the case says now; names only where it must be.

    A name is opened (by a robot, logged) only where the spelling was corrected after the row was frozen.
    """
    entries = list(current_entries(public_list).filter(retraction=None).select_related("public_list"))
    rows = dict(current_rows(public_list).values_list("entry", "row"))
    keys = [entry.application_id for entry in entries if entry.application_id]
    cases = Application.objects.filter(pk__in=keys).select_related("household", "applicant").in_bulk()
    spelt = _spelt_anew([case.applicant.code for case in cases.values()])
    found = []
    for entry in entries:
        case, row = cases.get(entry.application_id or 0), rows.get(entry.pk)
        if case is None or row is None:
            continue
        newly_spelt = spelt.get(str(case.applicant.code), 0) > entry.event_id
        if _plainly_outdated(public_list, case, row) or (
            newly_spelt and _name_differs(public_list, case, row)
        ):
            found.append(entry)
    return found


def _spelt_anew(persons: Sequence[Any]) -> dict[str, int]:
    """The newest correction of each person's name, by code."""
    events = Event.objects.filter(act="correct-name", subject_kind="person").order_by("pk")
    wanted = {str(code) for code in persons}
    return {str(code): pk for code, pk in events.values_list("subject_code", "pk") if str(code) in wanted}


def _plainly_outdated(public_list: PublicList, case: Application, row: Mapping[str, Any]) -> bool:
    """By what stands in clear: persons, amounts, community, and whether the name is withheld on request."""
    decided = public_list.kind == ListKind.ANNOUNCEMENT
    if "name" in row and row["name"] != WITHHELD:
        if bool(case.name_withheld) != (row["name"] == WITHHELD_ON_REQUEST):
            return True
    persons = (case.decided_persons if decided else case.proposed_persons) or case.persons
    amount = (case.decided_amount if decided else case.proposed_amount) or 0
    top_up = (case.decided_top_up if decided else case.proposed_top_up) or 0
    now = {
        "persons": persons,
        "community": case.community_id,
        "amount": f"{amount:.2f}",
        "top_up": f"{top_up:.2f}",
        "difference": f"{amount - top_up:.2f}",
        "income_per_head": f"{case.income_per_head or 0:.2f}",
    }
    return any(row[key] != value for key, value in now.items() if key in row)


def _name_differs(public_list: PublicList, case: Application, row: Mapping[str, Any]) -> bool:
    if "name" not in row or row["name"] in NO_NAME:
        return False
    return rows_as_they_stand(public_list, [(int(row["row"]), case)], by=READER)[0]["name"] != row["name"]


def own_last_day(public_list: PublicList, today: date) -> date | None:
    """The last day of a row whose days begin today; none where the list's own period still covers it."""
    if public_list.kind != ListKind.PRE_APPROVAL or public_list.ends_on is None:
        return None
    last = period_end(today, public_list.days or 1, public_list.counting).day
    return last if last > public_list.ends_on else None


def freeze_row(
    public_list: PublicList,
    case: Application,
    row: Row,
    *,
    event: Event,
    edition: int,
    supersedes: Entry | None = None,
    ends_on: date | None = None,
) -> Entry:
    """Write one Entry with its PublicRow, salt fresh, sealed under the household's key.

    A list that shows counts only has no public row, as when it was published.
    """
    salt = os.urandom(SALT_BYTES)
    sealed = json.dumps({"salt": salt.hex(), "row": row}, ensure_ascii=False)
    entry = Entry.objects.create(
        public_list=public_list,
        row_number=row["row"],
        application_id=case.pk,
        row_code=case.row_code,
        commitment=commitment(salt, row),
        sealed_row=vault_of(case.household).seal("entry.row", sealed),
        pre_approval=supersedes.pre_approval if supersedes else None,
        event_id=event.pk,
        edition=edition,
        supersedes=supersedes,
        ends_on=ends_on,
    )
    if not public_list.counts_only:
        PublicRow.objects.create(
            entry=entry, public_list=public_list, row_number=entry.row_number, salt=salt.hex(), row=row
        )
    return entry
