"""Rows of lists that show awards, not cases (变更公告, 长期公示): who, how much, and its code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relief.awards.models import Award, AwardChange
from relief.confidential.blind import blind
from relief.confidential.vault import open_many
from relief.households.models import Membership, Person, Relation
from relief.ledger.codes import check_code
from relief.publicity.disclose import Facts, columns_for, public_row
from relief.publicity.freeze import Place, is_minor
from relief.publicity.models import Entry, ListKind, PublicList
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.actor import Acting

ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """What one row says of an award: yuan per month and persons; what changes, and from which month."""

    award: Award
    amount: Decimal
    persons: int
    change: str = ""
    from_month: date | None = None


def places_of(awards: Sequence[Award]) -> list[Place]:
    """Where each row belongs, linked to the newest entry before approval of the award's case, if it had one.

    An imported award has no case: its row code is made from its own code with the index key, so that the
    household finds the same code on every list. Three queries, whatever the number.
    """
    changes = AwardChange.objects.filter(award__in=awards).select_related("application").order_by("pk")
    cases = {change.award_id: change.application for change in changes}
    earlier: dict[int, Entry] = {}
    keys = [case.pk for case in cases.values()]
    for start in range(0, len(keys), 500):
        entries = Entry.objects.filter(
            application_id__in=keys[start : start + 500], public_list__kind=ListKind.PRE_APPROVAL
        )
        earlier |= {entry.application_id or 0: entry for entry in entries.order_by("pk")}
    places = []
    for award in awards:
        case = cases.get(award.pk)
        places.append(
            Place(
                household=award.household,
                row_code=case.row_code if case else row_code_of(award),
                application_id=case.pk if case else None,
                award_id=award.pk,
                pre_approval=earlier.get(case.pk) if case else None,
            )
        )
    return places


def row_code_of(award: Award) -> str:
    """The row code of an award without a case: 40 bits that nobody without the index key can compute."""
    return check_code(blind("row-code", str(award.code)).hex())


def rows_of(
    public_list: PublicList, lines: Sequence[Line], places: Sequence[Place], *, by: Acting
) -> list[dict[str, int | str]]:
    """The public rows in the order of `lines`; opening names is one logged look for the list."""
    kind = public_list.kind
    masking = in_force(f"disclosure.{kind}.names", clock.today()).text
    columns = columns_for(public_list.columns)
    people = _named([line.award for line in lines])
    values = {}
    for line in lines:
        person = people[line.award.pk]
        values[f"{line.award.pk}.name"] = ("person.name", person.name)
        values[f"{line.award.pk}.birth"] = ("person.birth-date", person.birth_date)
    texts = open_many(values, by=by, purpose=f"disclose-{kind}")
    return [
        public_row(number, _facts(line, place, texts), columns, masking)
        for number, (line, place) in enumerate(zip(lines, places, strict=True), start=1)
    ]


def _facts(line: Line, place: Place, texts: Mapping[str, str]) -> Facts:
    award = line.award
    return Facts(
        row_code=place.row_code,
        name=texts[f"{award.pk}.name"],
        minor=is_minor(texts[f"{award.pk}.birth"], clock.today()),
        community=award.community_id,
        persons=line.persons,
        income_per_head=ZERO,
        amount=line.amount,
        top_up=ZERO,
        change=line.change,
        from_month=line.from_month.strftime("%Y-%m") if line.from_month else "",
    )


def _named(awards: Sequence[Award]) -> dict[int, Person]:
    """Whose name stands for the award: the person's own, else the head of the household's."""
    heads: dict[int, Person] = {}
    households = [award.household_id for award in awards if award.person_id is None]
    for start in range(0, len(households), 500):
        found = Membership.objects.filter(
            household_id__in=households[start : start + 500], relation=Relation.HEAD
        )
        for membership in found.select_related("person").order_by("pk"):
            heads[membership.household_id] = membership.person
    return {award.pk: award.person or heads[award.household_id] for award in awards}
