"""Registering at the counter: what can't be is refused by field, and nothing of it is written."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relief.confidential.models import BlindIndex, DataKey
from relief.errors import Invalid, NotAllowed
from relief.households.id_number import make_demo_id
from relief.households.models import Household, Person
from relief.households.queries import open_members
from relief.households.register import register_household
from relief.officers.models import Role
from relief.trail.models import Access, Event, Refusal
from relief.trail.verify import differences
from tests.factories import cases
from tests.factories.district import District, make_district

pytestmark = pytest.mark.django_db
FUTURE = date.today() + timedelta(days=400)


@pytest.fixture
def district() -> District:
    return make_district()


def clerk(district: District):
    return district.officer(Role.COMMUNITY_CLERK, "10101")


WRONG = {
    "no address": ({"address": " "}, {}, "address"),
    "an endless address": ({"address": "长" * 1_000_000}, {}, "address"),
    "half a character": ({"address": "安宁里\ud800"}, {}, "address"),
    "NUL in the phone": ({"phone": "139\x00"}, {}, "phone"),
    "an unknown kind": ({"kind": "rich"}, {}, "kind"),
    "no head": ({}, {"relation": "child"}, "members"),
    "an unknown relation": ({}, {"relation": "neighbour"}, "members.0.relation"),
    "no name": ({}, {"name": "  "}, "members.0.name"),
    "an endless name": ({}, {"name": "王" * 41}, "members.0.name"),
    "NUL in the name": ({}, {"name": "王\x00"}, "members.0.name"),
    "a wrong check digit": ({}, {"id_number": "990101196003050011"}, "members.0.id_number"),
    "no ID number": ({}, {"id_number": ""}, "members.0.id_number"),
    "not born yet": ({}, {"id_number": make_demo_id(FUTURE, 1)}, "members.0.id_number"),
    "an endless illness": ({}, {"health": "病" * 201}, "members.0.health"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_can_not_be_registered(district, what):
    of_household, of_member, field = WRONG[what]
    entry = replace(cases.entry(), **of_household)
    entry.members[0] = replace(entry.members[0], **of_member)
    with pytest.raises(Invalid) as refused:
        register_household(entry, by=clerk(district))
    assert field in refused.value.fields
    assert all(str(reason) for reason in refused.value.reasons)
    assert not (Household.objects.exists() or Person.objects.exists() or DataKey.objects.exists())
    assert Refusal.objects.get().kind == "invalid"


def test_a_foreign_community_is_refused(district):
    for community in ("10102", "10201", "101", "000", "", "99999"):
        with pytest.raises((NotAllowed, Invalid)):
            register_household(replace(cases.entry(), community=community), by=clerk(district))
    assert not Household.objects.exists()


def test_a_person_stands_in_one_household(district):
    entry = cases.entry()
    register_household(entry, by=clerk(district))
    twice = cases.entry()
    twice.members.append(replace(twice.members[0], relation="child"))
    for again, code in ((cases.entry(), "already-registered"), (twice, "duplicate-in-entry")):
        if code == "already-registered":
            again.members[0].id_number = entry.members[0].id_number.lower()
        with pytest.raises(Invalid) as refused:
            register_household(again, by=clerk(district))
        assert code in [reason.code for reason in refused.value.reasons]


def test_a_registered_household_is_whole(district):
    home = register_household(cases.entry(persons=3), by=clerk(district))
    assert home.number == "H101-00001"
    members = open_members(home, by=clerk(district), purpose="test")
    assert [member.birth_date for member in members] == [date(1960, 3, 5)] * 3
    assert members[0].relation and members[0].age >= 65
    assert BlindIndex.objects.filter(purpose="id-number").count() == 3
    assert Event.objects.filter(act="register-household").count() == 1
    assert Access.objects.get().actor_name == clerk(district).name
    assert list(differences()) == []
