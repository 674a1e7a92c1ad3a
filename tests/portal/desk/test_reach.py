"""How far an officer sees: foreign and unknown look the same, and each try is kept."""

import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from relief.applications.models import Application
from relief.officers.models import Role
from relief.trail.models import Access, Refusal
from tests.factories import cases
from tests.factories.district import District


def bare(page: bytes) -> str:
    return re.sub(r'(value|href)="[^"]*"', "", page.decode())


def addresses(case: Application) -> list[str]:
    """Pages of a case, by code and by number."""
    refs = [str(case.code), str(case.number)]
    tails = ("", "visit/", "review/", "numbers/", "receipt/", "income/")
    return [f"/desk/cases/{ref}/{tail}" for ref in refs for tail in tails]


def test_a_foreign_case_looks_like_an_unknown_one(district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district, "10101")
    client = seat(Role.STREET_REVIEWER, "102")
    unknown = client.get(f"/desk/cases/{uuid.uuid4()}/")
    for address in addresses(case):
        assert client.get(address).status_code == 404, address
    foreign = client.get(f"/desk/cases/{case.code}/")
    assert bare(foreign.content) == bare(unknown.content)
    kept = Refusal.objects.filter(act="open-case").order_by("pk")
    assert kept.first().reasons == ["not-found"]
    assert kept.last().reasons == ["foreign-area"]
    assert kept.last().subject_code == str(case.code)


@pytest.mark.parametrize("guess", ["1", "0", "2026-101-99999", "none", "..", "%00", "' OR 1=1"])
def test_a_guessed_name_finds_nothing(district: District, seat: Callable[..., Client], guess: str) -> None:
    cases.submitted(district)
    client = seat(Role.STREET_REVIEWER, "101")
    assert client.get(f"/desk/cases/{guess}/").status_code == 404
    assert client.get(f"/desk/lists/{uuid.uuid4()}/").status_code == 404
    assert client.get(f"/desk/households/{uuid.uuid4()}/").status_code == 404
    assert Refusal.objects.filter(act__in=("open-list", "open-household")).count() == 2


def test_an_editor_sees_no_case(district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district)
    assert case.number not in seat(Role.EDITOR).get("/desk/queue/?tab=waiting").content.decode()


def test_an_auditor_reads_masked_and_acts_on_nothing(district: District, seat: Callable[..., Client]) -> None:
    case = cases.examined(district)
    client = seat(Role.AUDITOR)
    names = [member.name for member in _opened(district, case)]
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert not any(name in page for name in names)
    assert "生活简朴" not in page
    assert "安宁里" not in page
    assert "/visit/" not in page
    assert not any(name in client.get("/desk/queue/").content.decode() for name in names)
    ref, home = case.number, case.household.code
    for closed in (f"cases/{ref}/receipt", f"cases/{ref}/application", f"households/{home}"):
        assert client.get(f"/desk/{closed}/").status_code == 403, closed
    stale = client.post(f"/desk/cases/{ref}/examine/", {"version": 1, "favourable": "no", "words": "x"})
    assert stale.status_code == 403
    assert "情况属实" not in stale.content.decode()
    assert client.post(f"/desk/cases/{ref}/numbers/", {"purpose": "show-number:call"}).status_code == 403


def test_full_numbers_need_a_purpose_and_are_logged(district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district)
    client = seat(Role.COMMUNITY_CLERK, "10101")
    number = _opened(district, case)[0].id_number
    address = f"/desk/cases/{case.number}/numbers/"
    assert number not in client.get(f"/desk/cases/{case.number}/").content.decode()
    assert number not in client.get(address).content.decode()
    assert client.post(address, {"purpose": "curiosity"}).status_code == 422
    before = Access.objects.count()
    assert number in client.post(address, {"purpose": "show-number:call"}).content.decode()
    look = Access.objects.order_by("pk").last()
    assert Access.objects.count() == before + 1
    assert (look.purpose, "person.id-number" in look.columns) == ("show-number:call", True)


@pytest.mark.parametrize("role", [Role.STREET_PUBLISHER, Role.DISTRICT_ANNOUNCER])
def test_who_only_publishes_opens_no_number(
    district: District, seat: Callable[..., Client], role: Role
) -> None:
    case = cases.submitted(district)
    client = seat(role, "101") if role == Role.STREET_PUBLISHER else seat(role)
    address = f"/desk/cases/{case.number}/numbers/"
    assert address not in client.get(f"/desk/cases/{case.number}/").content.decode()
    before = Access.objects.count()
    assert client.post(address, {"purpose": "show-number:call"}).status_code == 403
    assert Access.objects.count() == before


def _opened(district: District, case: Application) -> list:
    from relief.households.queries import open_members

    return open_members(case.household, by=district.officer(Role.COMMUNITY_CLERK), purpose="test")
