"""Boards at the desk: recorded with a photo, seen by whom it concerns, told apart by what is to be done."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relief.officers.models import Role
from relief.publicity.at_board import board_version, pin_again, spot_check
from relief.publicity.board_lines import Task, board_lines, open_tasks, to_look_after
from relief.publicity.evidence_models import BoardEvidence, BoardPhoto, Supplement
from relief.publicity.models import Posting, PublicList
from relief.trail import clock
from relief.trail.models import Access, Refusal
from tests.factories import cases
from tests.relief.confidential.pictures import bomb, photo

A, B = "10101", "10102"


def upload(data: bytes, name: str = "board.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, BytesIO(data).read(), content_type="image/jpeg")


def march(day: int):
    return clock.moved_to(clock.at(date(2026, 3, day)))


def address(one: PublicList, board, what: str = "") -> str:
    return (
        f"/desk/lists/{one.code}/boards/{board.code}/{what}/" if what else f"/desk/lists/{one.code}/boards/"
    )


@pytest.fixture
def running(district) -> PublicList:
    for community in (A, B):
        cases.reviewed(district, community)
    return cases.posted(district, cases.published(district))


def test_from_the_posting_to_the_empty_board(district, seat):
    cases.reviewed(district)
    one, board = cases.published(district), district.boards[A]
    clerk, examiner = seat(Role.COMMUNITY_CLERK, A), seat(Role.COMMUNITY_EXAMINER, A)
    typed = {"version": one.version, "posted_on": "2026-03-02", "photo": upload(photo(1))}
    assert clerk.post(f"/desk/lists/{one.code}/post/{board.code}/", typed).status_code == 302
    with march(4):
        typed = {"version": 2, "seen": "no", "day": "2026-03-04", "photo": upload(photo(2))}
        assert examiner.post(address(one, board, "check"), typed).status_code == 302
        assert "pin-again" in {act for row in tasks(clerk) for act in row}
        typed = {"version": 3, "day": "2026-03-04", "photo": upload(photo(3))}
        assert clerk.post(address(one, board, "again"), typed).status_code == 302
        page = clerk.get(address(one, board)).content.decode()
        assert "补足 1 天" in page
        assert "请重新打印并更换" in page
        assert clerk.post(address(one, board, "printed"), {"version": 4}).status_code == 302
        assert tasks(clerk) == []
    one.refresh_from_db()
    assert one.ends_on == date(2026, 3, 9)
    with march(11):
        assert [task for (task,) in tasks(clerk)] == ["take-down"]
        typed = {"version": 5, "day": "2026-03-10", "photo": upload(photo(4))}
        assert clerk.post(address(one, board, "down"), typed).status_code == 302
        assert tasks(clerk) == []
    assert BoardPhoto.objects.count() == 4
    history = clerk.get(f"/publicity/{one.number}/history/").content.decode()
    assert "公示期延长 1 天" in history


def tasks(client) -> list[list[str]]:
    rows = client.get("/desk/boards/").context["tasks"]
    return [[row["line"].task.value] for row in rows]


@pytest.mark.parametrize("data", [b"%PDF-1.7", bomb(), photo()[:9000]], ids=["pdf", "bomb", "cut"])
def test_what_is_no_photo_comes_back_in_words_and_leaves_nothing(data, running, district, seat):
    typed = {"version": 2, "seen": "yes", "day": "2026-03-02", "photo": upload(data)}
    answer = seat(Role.COMMUNITY_EXAMINER, A).post(address(running, district.boards[A], "check"), typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors["photo"]
    refusal = Refusal.objects.latest("pk")
    assert (refusal.act, refusal.kind) == ("check-board", "invalid")
    assert not BoardPhoto.objects.exists()


def test_who_may_not_makes_nobody_decode(running, district, seat, monkeypatch):
    monkeypatch.setattr("portal.desk.board_acts.decode", lambda *_args, **_more: 1 / 0)
    typed = {"version": 2, "day": "2026-03-02", "photo": upload(photo())}
    answer = seat(Role.COMMUNITY_CLERK, B).post(address(running, district.boards[A], "again"), typed)
    assert answer.status_code == 403


def test_two_people_at_one_board(running, district, seat):
    board, typed = district.boards[A], {"version": 2, "seen": "no", "day": "2026-03-02"}
    assert seat(Role.COMMUNITY_EXAMINER, A).post(address(running, board, "check"), typed).status_code == 302
    second = seat(Role.STREET_REVIEWER, "101")
    answer = second.post(address(running, board, "check"), {**typed, "seen": "yes"})
    assert answer.status_code == 409
    assert answer.context["form"]["version"].value() == "3"
    other = {**typed, "seen": "yes"}
    assert second.post(address(running, district.boards[B], "check"), other).status_code == 302
    assert BoardEvidence.objects.filter(step__in=("seen", "missing")).count() == 2


def test_a_photo_is_shown_to_whom_it_concerns_and_each_look_is_kept(running, district, seat):
    typed = {"version": 2, "seen": "yes", "day": "2026-03-02", "photo": upload(photo())}
    assert (
        seat(Role.STREET_REVIEWER, "101").post(address(running, district.boards[A], "check"), typed)
    ).status_code == 302
    kept = BoardPhoto.objects.get()
    page = f"/desk/lists/{running.code}/photos/{kept.token}/"
    for client, status in (
        (seat(Role.COMMUNITY_CLERK, A), 200),
        (seat(Role.DISTRICT_CHECKER), 200),
        (seat(Role.COMMUNITY_CLERK, B), 404),
        (seat(Role.STREET_REVIEWER, "102"), 404),
    ):
        assert client.get(page).status_code == status
        looks = Access.objects.filter(purpose="board-photo").count()
        answer = client.get(f"{page}board.jpg")
        assert answer.status_code == status
        assert "no-store" in answer["Cache-Control"]
        assert Access.objects.filter(purpose="board-photo").count() == looks + (status == 200)
        if status == 200:
            assert answer["Content-Type"] == "image/jpeg"
            assert answer.content[:3] == b"\xff\xd8\xff"


def test_each_sees_the_boards_of_its_area(running, district, seat):
    for client, places in (
        (seat(Role.COMMUNITY_CLERK, A), [A]),
        (seat(Role.STREET_PUBLISHER, "101"), [A, B]),
        (seat(Role.STREET_PUBLISHER, "102"), []),
        (seat(Role.DISTRICT_LEADER), [A, B]),
    ):
        found = [place.area.number for place in client.get("/desk/boards/").context["places"]]
        assert found == places
    leader = seat(Role.DISTRICT_LEADER)
    assert leader.get("/desk/boards/?only=unchecked&community=10102").context["count"] == 1
    assert leader.get("/desk/boards/?only=take-down").context["count"] == 0
    assert leader.get("/desk/boards/?street=999&only=x").status_code == 200


def test_what_is_to_be_done_where(district):
    for community in (A, B):
        cases.reviewed(district, community)
    one = cases.published(district)
    assert [line.task for line in board_lines([one])] == [Task.PIN, Task.PIN]
    one = cases.posted(district, one)
    assert [line.task for line in board_lines([one])] == [None, None]
    here = {"board": district.boards[A], "by": district.officer(Role.COMMUNITY_EXAMINER, A)}
    with march(4):
        spot_check(one, **here, version=2, seen=False, checked_on=date(2026, 3, 4))
        assert [line.task for line in board_lines([one])] == [Task.PIN_AGAIN, None]
        here["by"] = district.officer(Role.COMMUNITY_CLERK, A)
        pin_again(one, **here, version=board_version(one, here["board"]), pinned_on=date(2026, 3, 4))
        one.refresh_from_db()
        assert [line.task for line in board_lines([one])] == [Task.REPRINT, Task.REPRINT]
    assert Supplement.objects.get().ends_after == date(2026, 3, 9)
    with march(10):
        (first, second) = board_lines([one])
        # the last day is Monday, 9 March: three working days later it is Thursday, the 12th
        assert (first.task, first.due_on, first.overdue) == (Task.TAKE_DOWN, date(2026, 3, 12), False)
    one = cases.closed(district, one)
    with march(13):
        lines = open_tasks(board_lines(to_look_after(PublicList.objects.all())))
        assert [(line.task, line.overdue) for line in lines] == [(Task.TAKE_DOWN, True)] * 2


def test_the_matrix_asks_the_same_however_much_it_shows(district, seat):
    leader = seat(Role.DISTRICT_LEADER)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert leader.get("/desk/boards/").status_code == 200
        return len(seen)

    for community in (A, B):
        cases.reviewed(district, community)
    cases.posted(district, cases.published(district))
    before = asked()
    for batch in ("2026-02", "2026-03"):
        for community in (A, B, "10201"):
            cases.reviewed(district, community)
        cases.posted(district, cases.published(district, batch=batch))
        cases.posted(district, cases.published(district, "102", batch=batch))
    assert leader.get("/desk/boards/").context["count"] == 8
    assert asked() == before <= 25
    assert Posting.objects.exclude(board=None).count() == 8
