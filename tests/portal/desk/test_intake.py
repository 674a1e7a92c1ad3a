"""The counter: rows are added without a script, errors keep everything, a known household is found."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client

from relief.applications.models import Application
from relief.households.id_number import make_demo_id
from relief.households.models import Household
from relief.households.queries import open_members
from relief.officers.models import Role
from relief.trail.models import Access, Refusal
from tests.factories import cases
from tests.factories.district import District

ENTER = "/desk/intake/household/"


def typed(*numbers: str, **more: Any) -> dict[str, Any]:
    """A household as typed; the first member is its head."""
    answers: dict[str, Any] = {
        "count": len(numbers),
        "community": "10101",
        "address": "安宁里 3 号楼",
        "kind": "stable",
    }
    for index, number in enumerate(numbers):
        answers |= {
            f"members-{index}-name": f"王{'甲乙丙丁'[index]}",
            f"members-{index}-id_number": number,
            f"members-{index}-relation": "child" if index else "head",
        }
    return {**answers, **more}


ONE, TWO = make_demo_id(date(1960, 3, 5), 701), make_demo_id(date(1990, 1, 1), 702)


def test_a_row_is_added_and_taken_away_and_nothing_is_lost(
    district: District, seat: Callable[..., Client]
) -> None:
    client = seat(Role.COMMUNITY_CLERK, "10101")
    page = client.post(ENTER, typed(ONE, add="1")).content.decode()
    assert ONE in page and "安宁里 3 号楼" in page and "members-1-name" in page
    assert "govuk-error-summary" not in page
    page = client.post(ENTER, typed(ONE, TWO, remove="1")).content.decode()
    assert "members-1-name" not in page and ONE in page
    assert Household.objects.count() == 0


def test_errors_stand_at_their_member(district: District, seat: Callable[..., Client]) -> None:
    client = seat(Role.COMMUNITY_CLERK, "10101")
    wrong = TWO[:-1] + ("0" if TWO[-1] != "0" else "1")
    answer = client.post(ENTER, typed(ONE, wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_members-1-id_number"' in page
    assert wrong in page and "安宁里 3 号楼" in page
    assert client.post(ENTER, typed(ONE, ONE)).status_code == 422
    assert client.post(ENTER, typed(ONE, TWO, **{"members-1-relation": "head"})).status_code == 422
    assert client.post(ENTER, typed(ONE, community="10201")).status_code == 422
    assert Household.objects.count() == 0
    assert Refusal.objects.filter(act="register-household").count() == 4


def test_from_the_id_card_to_the_receipt(district: District, seat: Callable[..., Client]) -> None:
    client = seat(Role.COMMUNITY_CLERK, "10101")
    assert ONE in client.post("/desk/intake/", {"id_number": ONE}).content.decode()
    home = client.post(ENTER, typed(ONE, TWO))["Location"]
    again = client.post("/desk/intake/", {"id_number": TWO})
    assert again["Location"] == home
    assert ONE not in home
    head = Household.objects.get().memberships.get(relation="head").person
    draft = client.post(home, {"applicant": str(head.code), "benefit": "guarantee"})["Location"]
    assert client.post(home, {"applicant": str(head.code), "benefit": "guarantee"}).status_code == 409
    case = Application.objects.get()
    assert client.get(draft).status_code == 200
    income = {"version": case.version, "persons": "2", "wages": "1，000.50元"}
    assert client.post(f"/desk/cases/{case.code}/income/", income)["Location"] == draft
    case.refresh_from_db()
    submit = f"/desk/cases/{case.code}/submit/"
    assert client.post(submit, {"version": case.version}).status_code == 422
    receipt = client.post(submit, {"version": case.version, "signed": "on"})["Location"]
    page = client.get(receipt).content.decode()
    case.refresh_from_db()
    assert receipt == f"/desk/cases/{case.number}/receipt/"
    assert case.row_code in page and ONE not in page


def test_a_person_of_another_area_is_not_shown(district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district, "10201")
    by = district.officer(Role.COMMUNITY_CLERK, "10201")
    member = open_members(case.household, by=by, purpose="test")[0]
    looks = Access.objects.filter(purpose="intake").count()
    answer = seat(Role.COMMUNITY_CLERK, "10101").post("/desk/intake/", {"id_number": member.id_number})
    assert answer.status_code == 422
    assert member.name not in answer.content.decode()
    assert Access.objects.filter(purpose="intake").count() == looks + 1


def test_only_the_counter_takes_in(district: District, seat: Callable[..., Client]) -> None:
    for role in set(Role) - {Role.COMMUNITY_CLERK}:
        assert seat(role).get("/desk/intake/").status_code == 403, role
        assert seat(role).post(ENTER, typed(ONE)).status_code == 403, role


def test_what_the_street_asked_for_is_read_at_the_counter(
    district: District, seat: Callable[..., Client]
) -> None:
    case = cases.submitted(district)
    words = {"version": case.version, "missing": "请补交收入证明"}
    assert (
        seat(Role.STREET_ACCEPTOR, "101").post(f"/desk/cases/{case.number}/ask-once/", words).status_code
        == 302
    )
    page = seat(Role.COMMUNITY_CLERK, "10101").get(f"/desk/cases/{case.number}/application/").content.decode()
    assert "请补交收入证明" in page
