"""Search at the desk: by what a household is found, in one's own areas only, and never in an address."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from portal.desk.search import COLUMNS
from relief.applications.queries import NO_CASES
from relief.households.finding import lookups
from relief.households.id_number import make_demo_id
from relief.households.models import Household
from relief.households.queries import open_members
from relief.households.register import HouseholdEntry, PersonEntry, register_household
from relief.officers.models import Role
from relief.trail.models import Access, Refusal
from tests.factories import cases
from tests.factories.district import District

SEARCH = "/desk/search/"


def home(district: District, community: str = "10101") -> Household:
    """A standing household without a case, of known persons."""
    entry = HouseholdEntry(
        community=community,
        address="安宁里 3 号楼 201 室",
        phone="13900001111",
        members=[
            PersonEntry(name="司马晓燕", id_number=number("1960-03-05", 1), relation="head"),
            PersonEntry(
                name="司马明", id_number=number("1990-03-05", 2), relation="child", phone="024-1234567"
            ),
        ],
    )
    return register_household(entry, by=district.officer(Role.COMMUNITY_CLERK, community))


def number(birth: str, sequence: int) -> str:
    return make_demo_id(date.fromisoformat(birth), 900 + sequence)


#: what is typed → the columns by which the household is found
FINDS: dict[str, list[str]] = {
    "司马晓燕": ["name"],
    " 司马 晓燕 ": ["name"],
    "司马明": ["name"],
    "13900001111": ["phone"],
    "１３９ ００００ １１１１": ["phone"],
    "024-1234567": ["phone"],
    number("1960-03-05", 1): ["id-number"],
    number("1990-03-05", 2).lower(): ["id-number"],
    number("1990-03-05", 2)[-4:]: ["id-tail"],
    "H101-00001": ["household-number"],
    "h101-00001": ["household-number"],
    "司马": [],
    "13900001112": [],
    "' OR 1=1": [],
    "H101-0000": [],
}


def test_a_household_is_found_by_what_one_can_say(district: District, seat: Callable[..., Client]) -> None:
    home(district)
    client = seat(Role.STREET_ACCEPTOR, "101")
    for text, columns in FINDS.items():
        answer = client.post(SEARCH, {"text": text})
        assert answer.status_code == 302, text
        assert text.strip() not in answer["Location"]
        found = client.get(answer["Location"]).context["rows"]
        labels = [str(COLUMNS[column]) for column in columns]
        assert [row["columns"] for row in found] == ([labels] if columns else []), text
        assert all(row["household"].number == "H101-00001" for row in found)


def test_a_case_is_found_by_its_number_and_its_people(
    district: District, seat: Callable[..., Client]
) -> None:
    case = cases.submitted(district)
    by = district.officer(Role.STREET_ACCEPTOR, "101")
    person = open_members(case.household, by=by, purpose="test")[0]
    client = seat(by)
    for text in (case.number, person.name, person.id_number):
        rows = client.get(client.post(SEARCH, {"text": text})["Location"]).context["rows"]
        assert [row["case"] for row in rows] == [case], text


#: who looks, and how many households of community 10101 they find
SEES = (
    (Role.STREET_ACCEPTOR, "102", 0),
    (Role.COMMUNITY_CLERK, "10102", 0),
    (Role.COMMUNITY_CLERK, "10101", 1),
    (Role.DISTRICT_CHECKER, "", 1),
)


def test_nobody_of_another_area_is_found(district: District, seat: Callable[..., Client]) -> None:
    home(district)
    for role, area, count in SEES:
        client = seat(role, area)
        found = client.get(client.post(SEARCH, {"text": "司马晓燕"})["Location"])
        assert len(found.context["rows"]) == count, role
        look = Access.objects.filter(purpose="search").order_by("-pk")[0]
        assert (len(look.subjects), look.columns) == (count, ["search.name"])


def test_what_was_typed_stays_nowhere(
    district: District, seat: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    home(district)
    client = seat(Role.STREET_ACCEPTOR, "101")
    answer = client.post(SEARCH, {"text": "司马晓燕"})
    assert "司马" not in str(dict(client.session)) + answer["Location"] + caplog.text
    assert client.post(SEARCH, {"text": ""}).status_code == 422
    assert Refusal.objects.filter(act="search").count() == 1


def test_an_older_search_is_over_and_a_stranger_has_none(
    district: District, seat: Callable[..., Client]
) -> None:
    home(district)
    client = seat(Role.STREET_ACCEPTOR, "101")
    old = client.post(SEARCH, {"text": "司马晓燕"})["Location"]
    client.post(SEARCH, {"text": "司马明"})
    assert client.get(old)["Location"] == SEARCH
    assert seat(Role.STREET_ACCEPTOR, "102").get(old)["Location"] == SEARCH


def test_who_reads_no_cases_searches_for_none(district: District, seat: Callable[..., Client]) -> None:
    for role in NO_CASES:
        assert seat(role).post(SEARCH, {"text": "司马晓燕"}).status_code == 403, role


def test_an_auditor_finds_masked_names(district: District, seat: Callable[..., Client]) -> None:
    home(district)
    client = seat(Role.AUDITOR)
    shown = client.get(client.post(SEARCH, {"text": "司马晓燕"})["Location"])
    assert len(shown.context["rows"]) == 1
    assert "司马晓燕" not in shown.content.decode()
    assert "/desk/households/" not in shown.content.decode()


def test_too_many_are_cut_and_the_place_narrows(
    district: District, seat: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.desk.search.MOST", 1)
    for community in ("10101", "10102"):
        cases.household(district, community=community)
    client = seat(Role.STREET_ACCEPTOR, "101")
    everywhere = client.get(client.post(SEARCH, {"text": "13900000000"})["Location"])
    assert (everywhere.context["too_many"], len(everywhere.context["rows"])) == (True, 1)
    narrowed = client.get(client.post(SEARCH, {"text": "13900000000", "area": "10102"})["Location"])
    assert (narrowed.context["too_many"], len(narrowed.context["rows"])) == (False, 1)
    assert client.post(SEARCH, {"text": "x", "area": "10201"}).status_code == 422


@pytest.mark.parametrize("text", ["", "王", "2026-101-00001", "💥", "\u0000", "0" * 60, "%_", "司马\n晓燕"])
def test_no_text_breaks_the_lookup(text: str) -> None:
    assert all(texts for texts in lookups(text).values())
