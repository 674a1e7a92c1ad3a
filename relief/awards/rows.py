"""Rows of lists that show awards, not cases (变更公告, 长期公示): who, how much, and its code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relief.applications.models import Application
from relief.awards.models import Award, AwardChange
from relief.confidential.blind import blind
from relief.confidential.vault import open_many
from relief.households.models import Membership, Person, Relation
from relief.ledger.codes import check_code
from relief.publicity.disclose import Facts, columns_for, public_row
from relief.publicity.first_shown import FirstShown, first_shown
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


@dataclass(frozen=True)
class Named:
    """Whose name stands for an award, how it first went public, and whether it is withheld on request."""

    person: Person
    first: FirstShown | None
    withheld: bool = False


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
    named = _named(lines, places)
    values = {}
    for line in lines:
        person = named[line.award.pk].person
        values[f"{line.award.pk}.name"] = ("person.name", person.name)
        values[f"{line.award.pk}.birth"] = ("person.birth-date", person.birth_date)
    texts = open_many(values, by=by, purpose=f"disclose-{kind}")
    return [
        public_row(number, _facts(line, place, named[line.award.pk], texts), columns, masking)
        for number, (line, place) in enumerate(zip(lines, places, strict=True), start=1)
    ]


def _facts(line: Line, place: Place, named: Named, texts: Mapping[str, str]) -> Facts:
    award, first = line.award, named.first
    return Facts(
        row_code=place.row_code,
        name=texts[f"{award.pk}.name"],
        minor=is_minor(texts[f"{award.pk}.birth"], first.day if first else clock.today()),
        kept_masked=first is not None and first.masked,
        community=award.community_id,
        persons=line.persons,
        income_per_head=ZERO,
        amount=line.amount,
        top_up=ZERO,
        change=line.change,
        from_month=line.from_month.strftime("%Y-%m") if line.from_month else "",
        withheld=named.withheld,
    )


def _named(lines: Sequence[Line], places: Sequence[Place]) -> dict[int, Named]:
    """By the award's key: as on the lists of its case, where it had one; else the head of the household."""
    case_of = {line.award.pk: place.application_id for line, place in zip(lines, places, strict=True)}
    keys = [key for key in case_of.values() if key]
    cases: dict[int, Application] = {}
    for start in range(0, len(keys), 500):
        cases |= Application.objects.select_related("applicant").in_bulk(keys[start : start + 500])
    of_case, others = first_shown(keys), [line.award for line in lines if not case_of[line.award.pk]]
    heads, of_award = _heads(others), first_shown([award.pk for award in others], "award_id")
    found = {award.pk: Named(heads[award.pk], of_award.get(award.pk)) for award in others}
    for award, key in case_of.items():
        if key:
            case = cases[key]
            found[award] = Named(case.applicant, of_case.get(key), withheld=bool(case.name_withheld))
    return found


def _heads(awards: Sequence[Award]) -> dict[int, Person]:
    """Whose name stands for an award without a case: the person's own, else the head of the household's."""
    heads: dict[int, Person] = {}
    households = [award.household_id for award in awards if award.person_id is None]
    for start in range(0, len(households), 500):
        found = Membership.objects.filter(
            household_id__in=households[start : start + 500], relation=Relation.HEAD
        )
        for membership in found.select_related("person").order_by("pk"):
            heads[membership.household_id] = membership.person
    return {award.pk: award.person or heads[award.household_id] for award in awards}
