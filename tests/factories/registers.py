"""Put persons into the registers of the dead and of staff relatives, or into two households."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from relief.confidential.models import BlindIndex
from relief.confidential.vault import new_vaults, subject_of
from relief.households.models import DeathRecord, Household, Membership, Person
from relief.officers.models import Officer
from relief.officers.relatives import StaffRelative
from relief.places.set_up import SETUP
from relief.trail.record import record
from relief.trail.tracked import Root


def dead(person: Person, died_on: date, source: str = "殡仪馆") -> DeathRecord:
    """The person's death is reported."""
    with transaction.atomic():
        row = DeathRecord(died_on=died_on, source=source)
        row.save(event=record("test-death", row, actor=SETUP.actor()))
        _index(row, person, "death-id")
    return row


def relative(person: Person, officer: Officer, declared_on: date, **columns: Any) -> StaffRelative:
    """The officer has declared the person as a near relative."""
    with transaction.atomic():
        row = StaffRelative(officer=officer, relation="sibling", declared_on=declared_on, **columns)
        vault = new_vaults([subject_of(row)])[0]
        row.name = vault.seal("relative.name", "王某")
        row.id_number = vault.seal("relative.id-number", "—")
        row.save(event=record("test-relative", row, actor=SETUP.actor()))
        _index(row, person, "kin-id")
    return row


def member(person: Person, household: Household, from_date: date, until: date | None = None) -> Membership:
    """The person is (also) a member of the household."""
    with transaction.atomic():
        row = Membership(
            household=household, person=person, relation="other", from_date=from_date, until_date=until
        )
        row.save(event=record("test-member", household, actor=SETUP.actor()))
    return row


def _index(row: Root, person: Person, purpose: str) -> None:
    found = BlindIndex.objects.get(subject=subject_of(person), purpose="id-number")
    BlindIndex.objects.create(
        subject=subject_of(row), purpose=purpose, version=found.version, value=found.value
    )
