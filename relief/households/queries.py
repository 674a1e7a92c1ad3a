"""Read households. Opening sealed columns needs an officer and a purpose, and is logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from relief.confidential.blind import subjects_with
from relief.confidential.vault import open_many
from relief.households.id_number import age_on
from relief.households.models import Household, Membership, Person
from relief.trail import clock
from relief.trail.access import log_access
from relief.trail.actor import Acting
from relief.trail.tracked import Root

ADULT = 18


@dataclass(frozen=True)
class Member:
    """One member with opened name, ID number and date of birth."""

    person: Person
    relation: str
    name: str
    id_number: str
    birth_date: date | None
    phone: str

    @property
    def age(self) -> int | None:
        """Full years today."""
        return age_on(self.birth_date, clock.today()) if self.birth_date else None


def memberships_on(household: Household, day: date) -> list[Membership]:
    """Members on `day`, the head first."""
    rows = list(Membership.objects.on(day).filter(household=household).select_related("person"))
    return sorted(rows, key=lambda row: (row.relation != "head", row.pk))


def open_members(household: Household, *, by: Acting, purpose: str, case: Root | None = None) -> list[Member]:
    """Members today, opened; one row in the log of looks, which names the open `case`."""
    rows = memberships_on(household, clock.today())
    columns = ("name", "id_number", "birth_date", "phone")
    values = {
        f"{row.pk}.{name}": (Person._meta.get_field(name).purpose, getattr(row.person, name))  # type: ignore[union-attr]
        for row in rows
        for name in columns
    }
    texts = open_many(values, by=by, purpose=purpose, case=case)
    return [
        Member(
            person=row.person,
            relation=row.get_relation_display(),
            name=texts[f"{row.pk}.name"],
            id_number=texts[f"{row.pk}.id_number"],
            birth_date=_date(texts[f"{row.pk}.birth_date"]),
            phone=texts[f"{row.pk}.phone"],
        )
        for row in rows
    ]


def open_names(
    people: Sequence[Person], *, by: Acting, purpose: str, case: Root | None = None
) -> dict[int, str]:
    """Names by person's key: one query for the keys and one row in the log, whatever their number."""
    values = {str(person.pk): ("person.name", person.name) for person in people}
    texts = open_many(values, by=by, purpose=purpose, case=case)
    return {int(pk): name for pk, name in texts.items()}


def household_of_id_number(number: str, *, by: Acting, purpose: str) -> Household | None:
    """The household in which the person with this ID number lives today; the search is logged as a look.

    It looks in all areas: whether the officer may see more than that the person is registered is the
    caller's matter. `number` in its normal form.
    """
    found = subjects_with("id-number", [number]).get(number, [])
    if not found:
        return None
    log_access(by, purpose, found, ["person.id-number"])
    codes = [subject.partition(":")[2] for subject in found]
    row = (
        Membership.objects.on(clock.today())
        .filter(person__code__in=codes)
        .select_related("household__community")
        .first()
    )
    return row.household if row else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
