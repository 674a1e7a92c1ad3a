"""Write the next edition of a list: rows taken off, read anew or added, then digest and counts (更正)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from relief.applications.models import Application
from relief.applications.move import move_all
from relief.officers.models import Officer
from relief.publicity.amounts import amount_in, kept
from relief.publicity.case_list import end_open
from relief.publicity.correctable import CorrectionReason
from relief.publicity.correction_models import RowChange
from relief.publicity.correction_plan import CorrectionPlan
from relief.publicity.digest import digest_of
from relief.publicity.document import head_of
from relief.publicity.editions import latest_day
from relief.publicity.models import ListKind, PublicList, PublicRow, ResponseState, Retraction
from relief.publicity.reissue import Row, ShownNow, freeze_row, own_last_day
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.models import Event

RESTART = "publicity.restart-after-correction"


@dataclass
class NextEdition:
    """The next edition of a list as it is being written; `persons`, `kin` and `amount` count what changes."""

    public_list: PublicList
    edition: int
    event: Event
    by: Officer
    plan: CorrectionPlan
    persons: int = 0
    kin: int = 0
    amount: Decimal = Decimal(0)

    def remove(self) -> None:
        """Rows leave the list, and their cases its publicity; what was said to them ends with them."""
        chosen = self.plan.of(RowChange.REMOVED)
        for row, case in chosen:
            place = self.plan.places[case.pk]
            PublicRow.objects.filter(public_list=self.public_list, entry__application_id=case.pk).delete()
            Retraction.objects.create(
                entry=place.entry,
                reason=row.reason,
                event_id=self.event.pk,
                at=self.event.at,
                edition=self.edition,
            )
            self.persons -= _persons(place.row)
            self.amount -= amount_in(place.row)
            self.kin -= case.kin_registered
            end_open(case, ResponseState.LAPSED, "", self.event)
        if self.public_list.kind == ListKind.PRE_APPROVAL and chosen:
            cases = [case for _row, case in chosen]
            changes = {"reinvestigation_from": None}
            move_all(cases, "unlist", by=self.by, cause=self.event, changes=changes)

    def change(self) -> None:
        """Rows as read from their cases; a name that is withheld goes from the older edition too."""
        for row, case in self.plan.of(RowChange.CHANGED):
            place, now = self.plan.places[case.pk], self.plan.read[case.pk]
            older = PublicRow.objects.filter(public_list=self.public_list, entry__application_id=case.pk)
            if row.reason == CorrectionReason.NAME_WITHHELD or case.name_withheld:
                older.delete()
            else:
                PublicRow.objects.filter(pk__in=older.values("pk")).update(current=False)
            ends_on = place.entry.ends_on
            if not place.only_the_name_differs(now) and in_force(RESTART, clock.today()).text == "row":
                ends_on = own_last_day(self.public_list, clock.today()) or ends_on
            self._freeze(case, now, place, ends_on)
            self.persons += _persons(now) - _persons(place.row)
            self.amount += amount_in(now) - amount_in(place.row)

    def add(self) -> None:
        """Cases join the list at its end, each with its days counted in full from today."""
        cases = [case for _row, case in self.plan.of(RowChange.ADDED)]
        if not cases:
            return
        move_all(cases, "publish", by=self.by, cause=self.event)
        for case in cases:
            now = self.plan.read[case.pk]
            self._freeze(case, now, None, own_last_day(self.public_list, clock.today()))
            self.persons += _persons(now)
            self.amount += amount_in(now)
            self.kin += case.kin_registered

    def columns(self) -> dict[str, Any]:
        """What changes on the list itself: edition, digest, counts, and how long it shows names."""
        one = self.public_list
        one.edition = self.edition
        head = head_of(one)
        columns: dict[str, Any] = {
            "edition": self.edition,
            "digest": digest_of(head),
            "entry_count": len(head["commitments"]),
            "person_count": max(one.person_count + self.persons, 0),
            "kin_count": None if one.kin_count is None else max(one.kin_count + self.kin, 0),
        }
        if one.amount_sum is not None:
            columns["amount_sum"] = kept(one.amount_sum + self.amount, columns["entry_count"])
        if one.kind == ListKind.PRE_APPROVAL and one.ends_on is not None:
            columns["names_until"] = latest_day(one, one.ends_on)
        return columns

    def _freeze(self, case: Application, row: Row, place: ShownNow | None, ends_on: Any) -> None:
        freeze_row(
            self.public_list,
            case,
            row,
            event=self.event,
            edition=self.edition,
            supersedes=place.entry if place else None,
            ends_on=ends_on,
        )


def _persons(row: Row | None) -> int:
    return int(row.get("persons", 0)) if row else 0
