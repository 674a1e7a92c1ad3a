"""What the desk has published is found by its words, in the officer's own areas and without a name."""

import pytest
from django.test import Client

from portal.staff_search.index import staff_index
from relief.households.models import Person
from relief.households.queries import open_names
from relief.officers.models import SITE_ROLES, Role
from relief.publicity.models import ListKind, ListState, PublicList, PublicRow
from search import follow
from tests.factories import cases, stages
from tests.factories.district import District
from tests.portal.desk.test_queries import MOST, asked

PUBLISHED = "/desk/published/"


@pytest.fixture
def lists(district: District, settings, tmp_path) -> dict[str, PublicList]:
    """One running list in each of two streets, one that was withdrawn, and one that is only compiled."""
    settings.SEARCH_DIR = tmp_path / "search"
    made = {}
    for name, community, batch in (
        ("east", "10101", "2026-01"),
        ("west", "10201", "2026-01"),
        ("withdrawn", "10101", "2026-02"),
    ):
        cases.reviewed(district, community)
        made[name] = cases.published(district, community[:3], batch)
    stages.taken_back(made["withdrawn"])
    cases.reviewed(district, "10101")
    made["compiled"] = cases.compiled(district, "101", "2026-03")
    follow.rebuild(staff_index())
    return made


def found(client: Client, **query: str) -> list[str]:
    answer = client.get(PUBLISHED, query)
    assert answer.status_code == 200
    return [row["list"].number for row in answer.context["rows"]]


def test_every_list_that_was_public_is_found_by_what_it_says_of_itself(lists, seat) -> None:
    client = seat(Role.DISTRICT_ANNOUNCER)
    east, west, gone = (lists[name].number for name in ("east", "west", "withdrawn"))
    assert found(client) == [gone, west, east]
    for words in (east, east.replace("-", " ").upper(), lists["east"].index_number or east):
        assert found(client, q=words) == [east], words
    assert found(client, q="河东街道") == found(client, q="hedong") == [gone, east]
    assert found(client, q="批前公示") == found(client, q="2026年3月2日") == [gone, west, east]
    assert found(client, q="没有这样的名单") == []


def test_filters_narrow_what_is_found(lists, seat) -> None:
    client = seat(Role.DISTRICT_LEADER)
    east, west, gone = (lists[name].number for name in ("east", "west", "withdrawn"))
    assert found(client, state=ListState.WITHDRAWN) == [gone]
    assert found(client, street="102", q="公示") == [west]
    assert found(client, kind=ListKind.STANDING) == []
    assert found(client, kind=ListKind.PRE_APPROVAL, year="2026") == [gone, west, east]
    assert found(client, state="compiled", year="x", page="99") == [gone, west, east]


def test_an_officer_finds_the_lists_of_their_areas(lists, district: District, seat) -> None:
    number = {name: one.number for name, one in lists.items()}
    for role in Role:
        officer = district.officer(role)
        areas = {held.scope_code for held in officer.appointments.all()}
        client = seat(officer)
        own = [] if role in SITE_ROLES else [number["withdrawn"], number["east"]]
        if "000" in areas and own:
            own.insert(1, number["west"])
        assert found(client) == found(client, q="公示") == own, role
        assert found(client, q=number["west"]) == [one for one in own if one == number["west"]], role


def test_no_name_and_no_row_is_kept(lists, district: District) -> None:
    kept = " ".join(str(record.as_dict()) for record in follow.everything("staff"))
    auditor = district.officer(Role.AUDITOR)
    names = open_names(list(Person.objects.all()), by=auditor, purpose="test").values()
    rows = [row.row for row in PublicRow.objects.all()]
    assert lists["east"].number in kept
    assert [name for name in names if name in kept] == []
    assert len(rows) == 3
    assert [row for row in rows if row["name"] in kept or row["code"] in kept] == []


def test_without_an_index_numbers_and_titles_are_read(lists, seat, settings, tmp_path) -> None:
    settings.SEARCH_DIR = tmp_path / "none"
    client = seat(Role.STREET_LEADER, "101")
    assert found(client, q=lists["east"].number) == [lists["east"].number]
    assert found(client, q="公示") == [lists["withdrawn"].number, lists["east"].number]
    assert found(client, q=lists["west"].number) == found(client, q="河东街道二") == []


def test_whatever_is_typed_there_is_an_answer(lists, seat) -> None:
    client = seat(Role.DISTRICT_ANNOUNCER)
    for words in ("\0", "\ud800", '"', "* OR (", "%", "低" * 10_000, "'", "kind:gs"):
        sent = words.encode("utf-8", "surrogatepass")
        assert client.get(PUBLISHED, {"q": sent}).status_code == 200, words[:20]


def test_many_lists_take_as_many_queries_as_one(lists, seat, district: District) -> None:
    client = seat(Role.DISTRICT_ANNOUNCER)
    before, _answer = asked(client, f"{PUBLISHED}?q=公示")
    for batch in ("2026-04", "2026-05"):
        cases.reviewed(district, "10101")
        cases.published(district, "101", batch)
    follow.rebuild(staff_index())
    after, answer = asked(client, f"{PUBLISHED}?q=公示")
    assert len(answer.context["rows"]) == 5
    assert before == after <= MOST
