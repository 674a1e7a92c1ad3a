"""What the registers say of the members of many cases at once (比对): by joins of blind indexes.

Nothing sealed is opened, and the number of queries doesn't grow with the number of cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from relief.applications.benefits import benefits
from relief.applications.models import Application
from relief.confidential.blind import subjects_joined
from relief.confidential.vault import subject_of
from relief.decisions.models import HitKind
from relief.households.models import DeathRecord, Membership
from relief.officers.relatives import StaffRelative

HOUSEHOLD, AWARD = "household:", "award:"


class Found(NamedTuple):
    """One match: a case's member and what stands about them in `reference`.

    A reference is `deathrecord:<code>`, `staffrelative:<code>`, `household:<number>` (a member there too) or
    `award:<number>` (that household's award still counts them).
    """

    application_id: int
    kind: str
    person_id: int
    reference: str


def look_up(listed: QuerySet[Application], cases: Iterable[Application], day: date) -> set[Found]:
    """All matches of the members on `day` of `cases`, the rows of the queryset `listed`."""
    families = _Families(listed, cases, day)
    return {*families.elsewhere(), *families.counted(), *families.dead(), *families.kin()}


class _Families:
    """The members of the cases, and the cases of each member."""

    def __init__(self, listed: QuerySet[Application], cases: Iterable[Application], day: date) -> None:
        self.day = day
        self.of_household: dict[int, list[int]] = defaultdict(list)
        for case in cases:
            self.of_household[case.household_id].append(case.pk)
        current = Membership.objects.on(day)
        self.people = current.filter(household__in=listed.values("household")).values("person")
        self.homes: dict[int, dict[int, str]] = defaultdict(dict)
        self.person_of: dict[str, int] = {}
        rows = current.filter(person__in=self.people)
        for person, code, household, number in rows.values_list(
            "person_id", "person__code", "household_id", "household__number"
        ):
            self.homes[person][household] = number
            self.person_of[f"person:{code}"] = person

    def cases_of(self, person: int) -> Iterator[tuple[int, int]]:
        """Each case that counts the person, with its household."""
        for household in self.homes.get(person, ()):
            for case in self.of_household.get(household, ()):
                yield case, household

    def elsewhere(self) -> Iterator[Found]:
        """Members who belong to another household on the same day."""
        for person, homes in self.homes.items():
            if len(homes) == 1:
                continue
            for case, own in self.cases_of(person):
                for household, number in homes.items():
                    if household != own:
                        yield Found(case, HitKind.DOUBLE_MEMBERSHIP, person, HOUSEHOLD + number)

    def counted(self) -> Iterator[Found]:
        """Members whom the award of a household that they left still counts."""
        for benefit in benefits():
            for person, number in benefit.still_counted(self.people, self.day):
                for case, own in self.cases_of(person):
                    if self.homes[person][own] != number:
                        yield Found(case, HitKind.DOUBLE_MEMBERSHIP, person, AWARD + number)

    def dead(self) -> Iterator[Found]:
        """Members whose death an authority has reported."""
        yield from self._in_register(
            "death-id", HitKind.DEATH, DeathRecord.objects.filter(died_on__lte=self.day)
        )

    def kin(self) -> Iterator[Found]:
        """Members whom an officer declared as a near relative."""
        relatives = StaffRelative.objects.filter(Q(ended_on=None) | Q(ended_on__gt=self.day))
        yield from self._in_register("kin-id", HitKind.STAFF_KIN, relatives.filter(declared_on__lte=self.day))

    def _in_register(self, purpose: str, kind: HitKind, register: QuerySet) -> Iterator[Found]:
        pairs = [(person, entry) for person, entry in subjects_joined(purpose) if person in self.person_of]
        codes = [entry.partition(":")[2] for _person, entry in pairs]
        holds = {subject_of(row) for row in register.filter(code__in=codes).only("code")}
        for person, entry in pairs:
            if entry in holds:
                for case, _own in self.cases_of(self.person_of[person]):
                    yield Found(case, kind, self.person_of[person], entry)
