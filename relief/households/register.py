"""Enter households into the register: one by the counter, thousands by the import, through one path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext as _

from relief.confidential.blind import index_rows, subjects_with
from relief.confidential.models import BlindIndex
from relief.confidential.vault import Vault, new_vaults, subject_of
from relief.errors import Invalid, Reason
from relief.households import id_number as id_numbers
from relief.households.models import Household, HouseholdKind, Membership, Person, Relation
from relief.ledger.series import next_numbers
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Area, Level
from relief.trail import bulk, clock
from relief.trail.actor import Robot
from relief.trail.models import Event
from relief.trail.record import event_for
from relief.trail.verb import verb
from relief.trail.written import unwritable

NAME_LIMIT = 40
TEXT_LIMIT = 200


@dataclass
class PersonEntry:
    """One member as entered, in clear; lives only until it is sealed."""

    name: str
    id_number: str
    relation: str
    phone: str = ""
    health: str = ""


@dataclass
class HouseholdEntry:
    """One household as entered, in clear. `community` is the area number."""

    community: str
    address: str
    members: list[PersonEntry] = field(default_factory=list)
    phone: str = ""
    account: str = ""
    kind: str = HouseholdKind.STABLE


@verb("register-household")
def register_household(entry: HouseholdEntry, *, by: Officer | Robot) -> Household:
    """Enter one household (counter). Raises NotAllowed, or Invalid with a reason per field."""
    actor = acting(by, {Role.COMMUNITY_CLERK, Role.STREET_ACCEPTOR}, entry.community)
    for member in entry.members:
        member.id_number = id_numbers.normalise(member.id_number)
    problems = entry_problems(entry)
    if problems:
        raise Invalid(problems)
    households = prepare_households([entry])
    event = event_for("register-household", households[0], actor=actor, area=entry.community)
    event.save()
    write_households(households, [entry], [event], from_date=clock.today())
    return households[0]


def entry_problems(entry: HouseholdEntry) -> dict[str, list[Reason]]:
    """What is wrong with an entry, by field (`members.0.id_number`)."""
    problems: dict[str, list[Reason]] = {}
    if not Area.objects.filter(number=entry.community, level=Level.COMMUNITY).exists():
        problems["community"] = [Reason("unknown-community", _("Choose a community of this district."))]
    for name, text, limit in (
        ("address", entry.address, TEXT_LIMIT),
        ("phone", entry.phone, NAME_LIMIT),
        ("account", entry.account, NAME_LIMIT),
    ):
        if reasons := _text_problems(text, limit):
            problems[name] = reasons
    if entry.kind not in HouseholdKind.values:
        problems["kind"] = [Reason("choice", _("Choose the kind of household."))]
    if not entry.address.strip():
        problems["address"] = [Reason("required", _("Enter the address."))]
    heads = sum(member.relation == Relation.HEAD for member in entry.members)
    if heads != 1:
        problems["members"] = [Reason("one-head", _("A household has exactly one head: choose one."))]
    known = subjects_with("id-number", [member.id_number for member in entry.members])
    seen: set[str] = set()
    for index, member in enumerate(entry.members):
        for column, reasons in _member_problems(member, known, seen).items():
            if reasons:
                problems[f"members.{index}.{column}"] = reasons
        seen.add(member.id_number)
    return problems


def _member_problems(
    member: PersonEntry, known: dict[str, list[str]], seen: set[str]
) -> dict[str, list[Reason]]:
    number = list(id_numbers.check(member.id_number))
    if member.id_number in seen:
        number.append(Reason("duplicate-in-entry", _("This ID number is entered twice.")))
    elif not number and known.get(member.id_number):
        number.append(_already_registered())
    name = []
    if not member.name.strip() or _text_problems(member.name, NAME_LIMIT):
        name.append(Reason("name", _("Enter the name as it stands on the ID card.")))
    relation = []
    if member.relation not in Relation.values:
        relation.append(Reason("relation", _("Choose the relation to the head of the household.")))
    return {
        "id_number": number,
        "name": name,
        "relation": relation,
        "phone": _text_problems(member.phone, NAME_LIMIT),
        "health": _text_problems(member.health, TEXT_LIMIT),
    }


def _text_problems(text: str, limit: int) -> list[Reason]:
    if len(text) > limit:
        return [Reason("too-long", _("Use at most %(limit)d characters.") % {"limit": limit})]
    return unwritable(text)


def _already_registered() -> Reason:
    return Reason("already-registered", _("This person is in the register already, in another household."))


def prepare_households(entries: Sequence[HouseholdEntry]) -> list[Household]:
    """Household rows with numbers and codes, not yet sealed nor written."""
    per_street: dict[str, list[HouseholdEntry]] = {}
    for entry in entries:
        per_street.setdefault(entry.community[:3], []).append(entry)
    numbers = {
        street: iter(next_numbers(f"household:{street}", len(rows)))
        for street, rows in sorted(per_street.items())
    }
    return [
        Household(
            number=f"H{entry.community[:3]}-{next(numbers[entry.community[:3]]):05d}",
            community_id=entry.community,
            kind=entry.kind,
        )
        for entry in entries
    ]


def write_households(
    households: Sequence[Household],
    entries: Sequence[HouseholdEntry],
    events: Sequence[Event],
    *,
    from_date: date,
) -> None:
    """Seal and write households with members, keys and blind indexes; one event per household, in order."""
    vaults = new_vaults([subject_of(household) for household in households])
    for household, entry, vault in zip(households, entries, vaults, strict=True):
        household.address = vault.seal("household.address", entry.address)
        household.phone = vault.seal_optional("household.phone", entry.phone)
        household.account = vault.seal_optional("household.account", entry.account)
    bulk.create(Household, households, events)
    people: list[tuple[Person, PersonEntry, Household, Event]] = [
        (Person(), member, household, event)
        for household, entry, event in zip(households, entries, events, strict=True)
        for member in entry.members
    ]
    keys = new_vaults([subject_of(person) for person, *_rest in people])
    for (person, member, _household, _event), vault in zip(people, keys, strict=True):
        _seal_person(person, member, vault)
    person_events = [event for *_rest, event in people]
    bulk.create(Person, [person for person, *_rest in people], person_events)
    bulk.create(
        Membership,
        [
            Membership(household=household, person=person, relation=member.relation, from_date=from_date)
            for person, member, household, _event in people
        ],
        person_events,
    )
    indexes = [row for person, member, *_rest in people for row in _person_indexes(person, member)]
    for household, entry in zip(households, entries, strict=True):
        indexes += index_rows(subject_of(household), {"phone": entry.phone, "account": entry.account})
    try:
        BlindIndex.objects.bulk_create(indexes, batch_size=500)
    except IntegrityError as error:  # somebody registered the same ID number this very moment
        raise Invalid({"members": [_already_registered()]}) from error


def _seal_person(person: Person, member: PersonEntry, vault: Vault) -> None:
    birth = id_numbers.birth_date(member.id_number)
    person.name = vault.seal("person.name", member.name)
    person.id_number = vault.seal("person.id-number", member.id_number)
    person.birth_date = vault.seal("person.birth-date", birth.isoformat() if birth else "")
    person.phone = vault.seal_optional("person.phone", member.phone)
    person.health = vault.seal_optional("person.health", member.health)


def _person_indexes(person: Person, member: PersonEntry) -> list[BlindIndex]:
    return index_rows(
        subject_of(person),
        {
            "id-number": member.id_number,
            "id-tail": member.id_number[-4:],
            "name": member.name,
            "phone": member.phone,
        },
    )
