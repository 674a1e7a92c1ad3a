"""Take, hand over and the log of looks through the desk."""

from collections.abc import Callable

from django.test import Client

from relief.applications.accept import accept
from relief.applications.owner import take
from relief.officers.appoint import appoint, register_officer
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.trail.access import looks_at
from tests.factories import cases
from tests.factories.district import PASSWORD, SINCE, District


def _colleague() -> Officer:
    officer = register_officer("colleague", password=PASSWORD, name="王同事", office="河东街道", by=SETUP)
    appoint(officer, role=Role.STREET_ACCEPTOR, area="101", from_date=SINCE, by=SETUP)
    return officer


def test_one_click_takes_a_row_and_comes_back(district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district)
    by = district.officer(Role.STREET_ACCEPTOR, "101")
    client = seat(by)
    back = "/desk/queue/?tab=todo&community=10101"
    assert f"/desk/cases/{case.number}/take/" in client.get(back).content.decode()
    address = f"/desk/cases/{case.number}/take/"
    answer = client.post(address, {"version": case.version, "back": back})
    assert (answer.status_code, answer["Location"]) == (302, back)
    assert cases.fresh(case).owner == by
    assert client.get("/desk/").context["mine"] == 1
    assert [row["mine"] for row in client.get("/desk/queue/?owner=mine").context["rows"]] == [True]
    assert client.post(address, {"version": case.version, "back": back}).status_code == 409


def test_nobody_is_sent_elsewhere(district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district)
    client = seat(Role.STREET_ACCEPTOR, "101")
    wrong = {"version": case.version, "back": "https://example.com/desk/queue/"}
    answer = client.post(f"/desk/cases/{case.number}/take/", wrong)
    assert answer["Location"] == f"/desk/cases/{case.number}/"


def test_a_case_is_handed_over_with_words(district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district)
    colleague = _colleague()
    client = seat(Role.STREET_ACCEPTOR, "101")
    address = f"/desk/cases/{case.number}/hand-over/"
    assert "王同事" in client.get(address).content.decode()
    typed = {"version": case.version, "to": str(colleague.code), "words": ""}
    assert client.post(address, typed).status_code == 422
    foreign = {**typed, "to": str(district.officer(Role.STREET_ACCEPTOR, "102").code), "words": "请接办"}
    assert client.post(address, foreign).status_code == 422
    assert client.post(address, {**typed, "words": "材料已齐，请受理。"}).status_code == 302
    assert cases.fresh(case).owner == colleague
    page = seat(colleague).get(f"/desk/cases/{case.number}/").content.decode()
    assert "材料已齐，请受理。" in page
    assert "王同事" in client.get(f"/desk/cases/{case.number}/history/").content.decode()


def test_all_cases_of_a_colleague_are_handed_over(district: District, seat: Callable[..., Client]) -> None:
    gone, heir = district.officer(Role.STREET_ACCEPTOR, "101"), _colleague()
    found = [cases.submitted(district, area) for area in ("10101", "10102", "10101")]
    for case in found:
        take(case, by=gone, version=case.version)
    accept(cases.fresh(found[2]), by=gone, version=cases.fresh(found[2]).version)
    address = f"/desk/cases/{found[0].number}/hand-over/"
    typed = {"version": cases.fresh(found[0]).version, "to": str(heir.code), "words": "休假", "others": "on"}
    assert seat(heir).post(address, typed).status_code == 302
    assert [cases.fresh(case).owner for case in found] == [heir, heir, None]


def test_who_looked_stands_on_the_case(district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district)
    clerk = seat(Role.COMMUNITY_CLERK, "10101")
    page = f"/desk/cases/{case.number}/"
    clerk.get(page)
    clerk.post(page + "numbers/", {"purpose": "show-number:call"})
    clerk.get(page + "receipt/")
    purposes = list(looks_at(case).order_by("pk").values_list("purpose", flat=True))
    assert purposes == ["case-page", "show-number:call", "receipt"]
    for role, area in ((Role.STREET_ACCEPTOR, "101"), (Role.AUDITOR, "")):
        seen = seat(role, area).get(page + "looks/").context["rows"]
        assert [row["numbers"] for row in seen] == [False, True, False]
        assert {row["who"] for row in seen} == {"community-clerk 10101"}
    assert looks_at(case).count() == 3  # to read the log opens nothing
    assert seat(Role.STREET_ACCEPTOR, "102").get(page + "looks/").status_code == 404
    for _turn in range(6):
        clerk.get(page)
    shown = clerk.get(page).context["looks"]
    assert (len(shown["rows"]), shown["more"]) == (5, True)
