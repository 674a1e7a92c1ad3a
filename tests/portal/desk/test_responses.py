"""Responses at the desk: taken down with a receipt, in whose queue, read by whom, answered."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from portal.desk.responses import identity
from relief.officers.models import Role
from relief.publicity.models import PublicList, Response
from relief.publicity.receipt import asked_by
from relief.trail import clock
from tests.factories import objections, responses, stages
from tests.factories.district import District
from tests.factories.responses import WORDS

Seat = Callable[..., Client]


@pytest.fixture
def running(district: District) -> PublicList:
    return objections.in_publicity(district)[0]


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_from_the_counter_to_the_answer(running: PublicList, seat: Seat) -> None:
    clerk, street = seat(Role.COMMUNITY_CLERK, "10101"), seat(Role.STREET_ACCEPTOR, "101")
    version = PublicList.objects.get(pk=running.pk).version
    path = f"/desk/lists/{running.code}/respond/"
    assert 'type="radio"' in read(clerk, path)
    said = {"version": version, "kind": "wrong-data", "channel": "letter", "words": WORDS, "row": "1"}
    answer = clerk.post(path, said | {"named": "no"})
    assert answer.status_code == 302, answer.content.decode()
    response = Response.objects.get()
    receipt = read(clerk, answer["Location"])
    assert response.number in receipt and "查询码" in receipt and WORDS not in receipt
    assert "查询码</dt>" not in read(clerk, answer["Location"])  # once only
    assert clerk.get(f"/desk/responses/{response.code}/").status_code == 404
    assert response.number in read(street, "/desk/responses/")
    assert WORDS in read(street, f"/desk/responses/{response.code}/")
    path = f"/desk/responses/{response.code}/answer/"
    read(street, path)
    given = {"version": 1, "upheld": "yes", "reason_class": "entered-wrongly", "words": "已核实。"}
    assert street.post(path, given).status_code == 302
    assert Response.objects.get().state == "upheld"
    assert response.number in read(street, "/desk/responses/?tab=done")
    assert asked_by(response.number, "") not in read(street, "/desk/responses/")


@pytest.mark.parametrize(
    ("kind", "about_staff", "todo"),
    [
        ("not-eligible", False, {Role.STREET_REVIEWER}),
        ("not-eligible", True, {Role.DISTRICT_CHECKER, Role.DISTRICT_APPROVER}),
        ("left-out", False, {Role.COMMUNITY_CLERK}),
        ("withhold-name", False, {Role.DISTRICT_APPROVER}),
    ],
)
def test_it_waits_for_whoever_answers_it(
    running: PublicList, seat: Seat, kind: str, about_staff: bool, todo: set[str]
) -> None:
    found = responses.told(running, kind, about_staff=about_staff).response
    seats = {
        Role.COMMUNITY_CLERK: "10102",
        Role.STREET_REVIEWER: "101",
        Role.DISTRICT_CHECKER: "",
        Role.DISTRICT_APPROVER: "",
    }
    with clock.moved_to(clock.now() + timedelta(days=30)):
        pages = {role: read(seat(role, area), "/desk/responses/?mark=late") for role, area in seats.items()}
    assert {role for role, page in pages.items() if found.number in page} == todo


def test_staff_turn_to_the_district_for_the_respondent_once(running: PublicList, seat: Seat) -> None:
    found = responses.told(running, "wrong-data").response
    page, act = f"/desk/responses/{found.code}/", f"/desk/responses/{found.code}/escalate/"
    acceptor, district = seat(Role.STREET_ACCEPTOR, "101"), seat(Role.DISTRICT_CHECKER, "")
    assert act not in read(acceptor, page)
    early = acceptor.get(act)
    assert early.status_code == 409 and "逾期未答复" in early.content.decode()
    with clock.moved_to(clock.now() + timedelta(days=30)):
        assert act in read(acceptor, page)
        assert act not in read(seat(Role.STREET_REVIEWER, "101"), page)
        empty = acceptor.post(act, {"version": found.version, "words": " "})
        assert empty.status_code == 422
        kept = "逾期未答复，请区里处理。"
        stale = acceptor.post(act, {"version": found.version + 1, "words": kept})
        assert stale.status_code == 409 and kept in stale.content.decode()
        answer = acceptor.post(act, {"version": found.version, "words": "逾期未答复，请区里处理。"})
        assert answer.status_code == 302
        assert found.number in read(district, "/desk/responses/")
        assert "请区里处理" in read(district, page)
        assert acceptor.get(act).status_code == 409


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 3, 12), "还剩 1 个工作日"),
        (date(2026, 3, 13), "今天到期"),
        (date(2026, 3, 14), "超期不足 1 个工作日"),  # a Saturday: nobody works, and late it is
        (date(2026, 3, 15), "超期不足 1 个工作日"),
        (date(2026, 3, 16), "超期 1 个工作日"),
    ],
)
def test_an_answer_is_late_from_the_day_after_its_last(today: date, words: str) -> None:
    stage = stages.running(stages.ground())
    with stages.on(date(2026, 3, 6)):
        found = responses.told(stage.list, "wrong-data").response
    assert found.due_on == date(2026, 3, 13)
    with stages.on(today):
        told = {str(row.label): str(row.value) for row in identity(found)}
    assert words.replace(" ", "") in told["期限"].replace(" ", "")


def test_the_start_page_counts_what_waits_for_the_officers_answer(running: PublicList, seat: Seat) -> None:
    responses.told(running, "wrong-data")
    acceptor, clerk = seat(Role.STREET_ACCEPTOR, "101"), seat(Role.COMMUNITY_CLERK, "10102")
    assert "件反映待答复" in read(acceptor, "/desk/")
    assert "件反映待答复" not in read(clerk, "/desk/")
    with clock.moved_to(clock.now() + timedelta(days=30)):
        assert "件反映逾期未答复" in read(acceptor, "/desk/")


def test_as_many_queries_for_many_as_for_one(
    running: PublicList, seat: Seat, django_assert_max_num_queries
) -> None:
    responses.told(running, "wrong-data")
    street = seat(Role.STREET_ACCEPTOR, "101")
    with django_assert_max_num_queries(40) as one:
        read(street, "/desk/responses/")
    for _turn in range(8):
        responses.told(running, "wrong-data", name="")
    with django_assert_max_num_queries(len(one.captured_queries)):
        read(street, "/desk/responses/")
