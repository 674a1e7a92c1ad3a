"""Objections at the desk: taken down, answered, taken back; who objected is shown to the district."""

import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from relief.applications.models import Application
from relief.officers.models import Role
from relief.publicity.models import Response
from relief.trail.models import Access, Refusal
from tests.factories import cases, objections
from tests.factories.district import District

Seat = Callable[..., Client]
NAME, CONTACT, WORDS = "周正", "138 0000 1111", "该户有一套出租房，没有申报。"
OBJECTION = {"channel": "telephone", "words": WORDS, "named": "yes", "name": NAME, "contact": CONTACT}
#: who sits where, whether objections' words are read there, and who objected
READERS = [
    (Role.COMMUNITY_CLERK, "10101", False, False),
    (Role.COMMUNITY_EXAMINER, "10101", False, False),
    (Role.STREET_ACCEPTOR, "101", True, False),
    (Role.STREET_REVIEWER, "101", True, False),
    (Role.STREET_PUBLISHER, "101", True, False),
    (Role.DISTRICT_CHECKER, "", True, True),
    (Role.DISTRICT_APPROVER, "", True, True),
    (Role.DISTRICT_ANNOUNCER, "", False, False),
    (Role.AUDITOR, "", False, False),
]


@pytest.fixture
def case(district: District) -> Application:
    return objections.one_in_publicity(district)


def taken_down(client: Client, case: Application, **given: str) -> Response:
    version = Application.objects.get(pk=case.pk).version
    answer = client.post(f"/desk/cases/{case.number}/object/", {"version": version, **OBJECTION, **given})
    assert answer.status_code == 302, answer.content.decode()
    return Response.objects.order_by("-pk")[0]


def test_the_clerk_takes_it_down_and_hands_out_a_receipt(case: Application, seat: Seat) -> None:
    client = seat(Role.STREET_ACCEPTOR, "101")
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert f"/desk/cases/{case.number}/object/" in page
    response = taken_down(client, case)
    receipt = client.get(f"/desk/responses/{response.code}/receipt/").content.decode()
    assert response.number in receipt and "2026年3月8日" in receipt  # the list's last day
    assert NAME not in receipt and CONTACT not in receipt
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert response.number in page and WORDS in page


def test_from_the_list_by_row_number_or_row_code(case: Application, seat: Seat) -> None:
    client = seat(Role.STREET_PUBLISHER, "101")
    one = objections.PublicList.objects.get()
    assert f"/desk/lists/{one.code}/object/" in client.get(f"/desk/lists/{one.code}/").content.decode()
    for typed in ("1", "１", case.row_code, case.row_code.lower()):
        answer = client.get(f"/desk/lists/{one.code}/object/", {"row": typed})
        assert answer["Location"] == f"/desk/cases/{case.number}/object/", typed
    for typed in ("", "77", "what"):
        assert client.get(f"/desk/lists/{one.code}/object/", {"row": typed}).status_code == 422


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"named": "yes", "name": ""}, 422, "请填写姓名"),
        ({"contact": ""}, 422, "联系电话或地址"),
        ({"channel": "pigeon"}, 422, ""),
        ({"words": "\x00"}, 422, ""),
        ({"words": ""}, 422, ""),
    ],
)
def test_bad_input_keeps_what_was_typed(
    case: Application, seat: Seat, given: dict[str, str], status: int, words: str
) -> None:
    answer = seat(Role.STREET_ACCEPTOR, "101").post(
        f"/desk/cases/{case.number}/object/", {"version": case.version, **OBJECTION, **given}
    )
    html = answer.content.decode()
    assert answer.status_code == status
    assert 'aria-labelledby="error' in html or "govuk-error-summary" in html
    assert given.get("words") == "\x00" or (given.get("words", WORDS) in html)
    assert not Response.objects.exists()


def test_the_same_person_again_is_refused_and_a_namesake_asked_for(case: Application, seat: Seat) -> None:
    client = seat(Role.STREET_ACCEPTOR, "101")
    first = taken_down(client, case)
    version = cases.fresh(case).version
    address = f"/desk/cases/{case.number}/object/"
    again = client.post(address, {"version": version, **OBJECTION})
    assert again.status_code == 409 and first.number in again.content.decode()
    other = client.post(address, {"version": version, **OBJECTION, "contact": "139 2222 3333"})
    assert other.status_code == 422 and 'name="namesake"' in other.content.decode()
    assert 'name="namesake"' not in client.get(address).content.decode()
    taken_down(client, case, contact="139 2222 3333", namesake="on")
    assert Response.objects.count() == 2


@pytest.mark.parametrize(("role", "area", "words", "who"), READERS)
def test_who_reads_what(
    district: District, case: Application, seat: Seat, role: Role, area: str, words: bool, who: bool
) -> None:
    response = objections.objected(district, case)
    client = seat(role, area)
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert response.number in page
    assert (WORDS in page) == words
    assert NAME not in page and CONTACT not in page
    address = f"/desk/responses/{response.code}/respondent/"
    assert (address in page) == who
    asked = client.get(address)
    assert asked.status_code == (200 if who else 403)
    assert NAME not in asked.content.decode()
    shown = client.post(address, {"purpose": "show-respondent:answer"})
    assert shown.status_code == (200 if who else 403)
    assert (NAME in shown.content.decode(), CONTACT in shown.content.decode()) == (who, who)
    look = Access.objects.filter(purpose="show-respondent:answer")
    assert look.count() == who
    if who:
        assert look.get().subjects == [f"response:{response.code}"]
        assert look.get().case_code == case.code
    else:
        assert Refusal.objects.filter(act="show-respondent").exists()


def test_the_name_needs_a_purpose(district: District, case: Application, seat: Seat) -> None:
    response = objections.objected(district, case)
    answer = seat(Role.DISTRICT_CHECKER).post(f"/desk/responses/{response.code}/respondent/", {})
    assert answer.status_code == 422 and NAME not in answer.content.decode()


@pytest.mark.parametrize("page", ["receipt", "take-back", "respondent"])
def test_foreign_and_unknown_look_the_same(
    district: District, case: Application, seat: Seat, page: str
) -> None:
    response = objections.objected(district, case)
    client = seat(Role.STREET_ACCEPTOR, "102")
    foreign = client.get(f"/desk/responses/{response.code}/{page}/")
    nobody = uuid.UUID(int=1)
    unknown = client.get(f"/desk/responses/{nobody}/{page}/")
    assert foreign.status_code == unknown.status_code == 404
    named = {"csrfmiddlewaretoken": r'value="\w{64}"', "code": f"{response.code}|{nobody}"}
    pages = [re.sub("|".join(named.values()), "", one.content.decode()) for one in (foreign, unknown)]
    assert pages[0] == pages[1]


def test_taken_back_with_the_receipt(district: District, case: Application, seat: Seat) -> None:
    response = objections.objected(district, case)
    client = seat(Role.STREET_ACCEPTOR, "101")
    address = f"/desk/responses/{response.code}/take-back/"
    assert client.get(address).status_code == 200
    unsigned = client.post(address, {"version": response.version})
    assert unsigned.status_code == 422
    assert client.post(address, {"version": response.version, "shown": "on"}).status_code == 302
    assert cases.fresh(case).state == "in-publicity"
    assert client.get(address).status_code == 409
    assert seat(Role.STREET_REVIEWER, "101").get(address).status_code in (403, 409)


def test_review_preview_and_opinion(district: District, case: Application, seat: Seat) -> None:
    objections.objected(district, case)
    client = seat(Role.STREET_REVIEWER, "101")
    assert client.get(f"/desk/cases/{case.number}/new-opinion/").status_code == 409
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert f"/desk/cases/{case.number}/democratic-review/" in page
    assert f'href="/desk/cases/{case.number}/new-opinion/"' not in page
    objections.reviewed_by_neighbours(district, case)
    form = {"version": cases.fresh(case).version, "words": "仍符合条件", "answer": "经民主评议，条件属实"}
    address = f"/desk/cases/{case.number}/new-opinion/"
    previewed = client.post(address, {**form, "recommended": "yes", "preview": "1"}).content.decode()
    assert "公示中" in previewed and "经民主评议" in previewed
    assert cases.fresh(case).state == "under-reinvestigation"
    assert client.post(address, {**form, "recommended": "no"}).status_code == 422  # no ground
    assert client.post(address, {**form, "recommended": "yes"}).status_code == 302
    assert cases.fresh(case).state == "in-publicity"
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert "与会人员逐一发言后表决" in page and "经民主评议，条件属实" in page


def test_the_lists_monitor_names_what_is_looked_into_again(
    district: District, case: Application, seat: Seat
) -> None:
    objections.objected(district, case)
    one = objections.PublicList.objects.get()
    html = seat(Role.STREET_PUBLISHER, "101").get(f"/desk/lists/{one.code}/").content.decode()
    assert f'href="/desk/cases/{case.number}/"' in html
    assert WORDS not in html and NAME not in html
