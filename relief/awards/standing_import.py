"""Bring standing households into the register with their awards, all of a file or nothing (存量家庭导入)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from relief.awards.models import Award, AwardPeriod, ImportBatch
from relief.confidential.blind import subjects_with
from relief.errors import Invalid, Reason
from relief.households.importing.checks import Progress, check_households
from relief.households.importing.report import Checked, ImportedHousehold, Report
from relief.households.importing.rules import Problem, Unreadable
from relief.households.models import Household
from relief.households.register import HouseholdEntry, PersonEntry, prepare_households, write_households
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import DISTRICT, Area, Level
from relief.trail import bulk, clock
from relief.trail.actor import Actor, Robot
from relief.trail.models import Event
from relief.trail.record import event_for, record
from relief.trail.verb import verb, write_refusal

ACT = "import-households"
IMPORTERS = {Role.DISTRICT_CHECKER, "robot"}


class ImportRefused(Invalid):
    """At least one row has a fault, so none was written; `report` names each by row and column."""

    def __init__(self, report: Report) -> None:
        self.report = report
        by_rule: dict[str, Problem] = {}
        for problem in report.problems:
            by_rule.setdefault(problem.rule, problem)
        super().__init__({"file": [Reason(rule, problem.fault) for rule, problem in by_rule.items()]})


@dataclass(frozen=True)
class StandingFile:
    """A file that was read and checked against register and places, and its SHA-256."""

    checked: Checked
    sha256: str


def check_standing_file(source: BinaryIO, *, by: Officer | Robot, progress: Progress = iter) -> StandingFile:
    """Read and check a file; nothing is written but a refusal.

    Raises NotAllowed (the answer tells who is registered), Unreadable when it is no table.
    """
    acting(by, IMPORTERS, DISTRICT)
    digest = _sha256(source)
    communities = Area.objects.filter(level=Level.COMMUNITY).values_list("number", "name_zh")
    try:
        checked = check_households(
            source, communities=communities, already_known=registered, today=clock.today(), progress=progress
        )
    except Unreadable as refused:
        write_refusal(ACT, refused, by=by)
        raise
    return StandingFile(checked, digest)


def _sha256(source: BinaryIO) -> str:
    digest = hashlib.sha256()
    while part := source.read(1024 * 1024):
        digest.update(part)
    source.seek(0)
    return digest.hexdigest()


def registered(id_numbers: set[str]) -> set[str]:
    """Which of these ID numbers the register has, asked through their blind indexes."""
    return set(subjects_with("id-number", id_numbers))


@verb(ACT)
@bulk.without_collecting()
def import_standing_households(file: StandingFile, *, by: Officer | Robot, benefit: str) -> ImportBatch:
    """Write every household of a checked file: members, keys, blind indexes and an Award from the batch.

    One event for the batch; one for each household and one for each award, caused by it. Raises NotAllowed
    and ImportRefused (a fault in the file, or a person registered since the check).
    """
    actor = acting(by, IMPORTERS, DISTRICT)
    report, imported = file.checked.report, file.checked.households
    if not report.ok:
        raise ImportRefused(report)
    _refuse_registered_meanwhile(report, imported)
    persons = sum(len(household.persons) for household in imported)
    batch = ImportBatch(
        file_sha256=file.sha256, rows_read=report.rows_read, households=len(imported), persons=persons
    )
    cause = record(ACT, batch, actor=actor, area=DISTRICT)
    batch.save(event=cause)
    entries = [_entry(household) for household in imported]
    households = prepare_households(entries)
    events = bulk.record_many(
        [
            event_for("import-household", row, actor=actor, area=row.community_id, cause_id=cause.pk)
            for row in households
        ]
    )
    write_households(households, entries, events, from_date=clock.today())
    _open_awards(batch, households, imported, benefit=benefit, actor=actor, cause=cause)
    report.written = report.rows_read
    return batch


def _refuse_registered_meanwhile(report: Report, imported: Sequence[ImportedHousehold]) -> None:
    """Between check and writing an officer at a counter may have been first."""
    rows = {person.id_number: person.row for household in imported for person in household.persons}
    report.problems += [
        Problem(row=rows[number], column="", value="", rule="id-known") for number in registered(set(rows))
    ]
    if not report.ok:
        raise ImportRefused(report)


def _entry(household: ImportedHousehold) -> HouseholdEntry:
    return HouseholdEntry(
        community=household.community,
        address=household.address,
        phone=household.head.phone,
        account=household.account,
        kind=household.interval,
        members=[
            PersonEntry(
                name=person.name, id_number=person.id_number, relation=person.relation, phone=person.phone
            )
            for person in household.persons
        ],
    )


def _open_awards(
    batch: ImportBatch,
    households: Sequence[Household],
    imported: Sequence[ImportedHousehold],
    *,
    benefit: str,
    actor: Actor,
    cause: Event,
) -> None:
    """The right that the household has had since the month of the file, with the batch as its source."""
    awards = [
        Award(
            household=household,
            benefit=benefit,
            community_id=household.community_id,
            household_class=stated.household_class or None,
        )
        for household, stated in zip(households, imported, strict=True)
    ]
    events = bulk.record_many(
        [
            event_for("open-award", award, actor=actor, area=award.community_id, cause_id=cause.pk)
            for award in awards
        ]
    )
    bulk.create(Award, awards, events)
    periods = [
        AwardPeriod(
            award=award,
            amount=household.amount,
            persons=len(household.persons),
            household_income=household.income,
            from_month=household.since,
            import_batch=batch,
        )
        for award, household in zip(awards, imported, strict=True)
    ]
    bulk.create(AwardPeriod, periods, events)
