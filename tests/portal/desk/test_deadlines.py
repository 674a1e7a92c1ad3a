"""Deadlines at the desk: why this date, the clock, reminders, and the calendar that the district keeps."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from relief.officers.models import Role
from relief.schedule.run import run_due
from relief.standards.models import CalendarDay
from relief.trail import clock
from relief.trail.models import Access
from tests.factories import cases
from tests.factories.district import District

NOTICE = {
    "year": "2027",
    "days_off": "2027-01-01至2027-01-03\n2027年2月5日至2027年2月11日、2027-04-03 to 2027-04-05\n"
    "2027.5.1 – 2027.5.5\n2027-06-09；2027-09-15\n20271001~20271007",
    "make_up": "2027-02-20\n2027-05-08",
    "source": "国办发明电〔2026〕8号",
}


def on(day: str):
    return clock.moved_to(clock.at(date.fromisoformat(day)))


def english(district: District, seat: Callable[..., Client], role: Role, area: str = "") -> Client:
    client = seat(role, area)
    officer = district.officer(role, area)
    client.post("/desk/language/", {"version": officer.version, "language": "en", "next": "/desk/"})
    return client


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_deadline_is_explained_day_by_day(district: District, seat: Callable[..., Client]) -> None:
    case = cases.accepted(district)
    page = text(
        english(district, seat, Role.STREET_REVIEWER, "101").get(f"/desk/cases/{case.number}/deadlines/")
    )
    for words in (
        "Deadline: begin the survey",
        "article 15",
        "article 22",
        "3 working days left",
        "Tomb-sweeping Day",
        "14 April 2026",
    ):
        assert words in page, words


def test_the_clock_is_stopped_and_started_at_the_desk(
    district: District, seat: Callable[..., Client]
) -> None:
    case = cases.accepted(district)
    client = english(district, seat, Role.STREET_REVIEWER, "101")
    address = f"/desk/cases/{case.number}"
    with on("2026-03-03"):
        client.post(f"{address}/stop-clock/", {"version": 1, "reason": "absent", "words": "x"})
        assert cases.fresh(case).clock_stopped_on is None  # an old version: somebody was first
        answer = {"version": case.version, "reason": "absent", "words": "住院，无法入户"}
        assert client.post(f"{address}/stop-clock/", answer).status_code == 302
    with on("2026-03-10"):
        page = text(client.get(f"{address}/"))
        assert "The clock of this case is stopped since" in page
        assert "Start the clock again" in page
        assert "working days late" not in text(client.get("/desk/queue/?tab=waiting"))
        page = text(client.get(f"{address}/deadlines/"))
        assert "住院，无法入户" in page
        assert "clock stopped" in page
        assert Access.objects.filter(purpose="clock-page").exists()
        version = cases.fresh(case).version
        assert client.post(f"{address}/start-clock/", {"version": version, "words": "好"}).status_code == 302
        assert cases.fresh(case).due_on == date(2026, 3, 12)
        assert "住院，无法入户" not in text(seat(Role.AUDITOR).get(f"{address}/deadlines/"))


def test_late_is_shown_on_the_start_page_and_reminded_of(
    district: District, seat: Callable[..., Client]
) -> None:
    case = cases.accepted(district)
    client = english(district, seat, Role.COMMUNITY_EXAMINER, "10101")
    with on("2026-03-07"):  # due on Thursday 5 March; Friday was the first day late
        list(run_due())
        page = text(client.get("/desk/"))
        assert "<b>1</b>late" in page
        assert f"{case.number}</a>: the deadline has passed" in page
        assert "1 working day late" in text(client.get("/desk/queue/"))
    with on("2026-04-15"):
        list(run_due())
        assert "<b>1</b>beyond the limit of the whole case" in text(client.get("/desk/"))
        assert "the limit of the whole case has passed" in text(client.get("/desk/"))


def test_late_by_a_weekend_is_late(district: District, seat: Callable[..., Client]) -> None:
    with on("2026-03-03"):
        cases.accepted(district)  # due on Friday 6 March
    with on("2026-03-07"):
        page = text(english(district, seat, Role.COMMUNITY_EXAMINER, "10101").get("/desk/queue/"))
        assert "late by less than one working day" in page


def test_the_district_enters_the_year_and_open_cases_follow(
    district: District, seat: Callable[..., Client]
) -> None:
    with on("2026-12-28"):
        case = cases.accepted(district)
        client = english(district, seat, Role.DISTRICT_APPROVER)
        assert "The holidays of 2027 are not entered" in text(client.get("/desk/"))
        assert "(provisional)" in text(client.get(f"/desk/cases/{case.number}/"))
        wrong = client.post("/desk/calendar/year/", NOTICE | {"days_off": "2027-01-01\n明天"})
        assert wrong.status_code == 422
        assert "明天" in wrong.content.decode()
        half = client.post("/desk/calendar/year/", NOTICE | {"days_off": "2027-01-01"})
        assert half.status_code == 422
        assert "Statutory holidays are missing" in text(half)
        assert not CalendarDay.objects.exists()
        done = client.post("/desk/calendar/year/", NOTICE, follow=True)
        assert "1 case has new deadlines" in text(done)
        assert cases.fresh(case).limit_on == date(2027, 2, 16)
        assert "(provisional)" not in text(client.get(f"/desk/cases/{case.number}/"))
        assert "Deadlines computed anew" in text(client.get(f"/desk/cases/{case.number}/"))
        assert "are not entered" not in text(client.get("/desk/"))


def test_a_day_is_entered_and_changed(district: District, seat: Callable[..., Client]) -> None:
    client = english(district, seat, Role.DISTRICT_APPROVER)
    answer = {"day": "2026-03-04", "working": "no", "source": "区府办通知"}
    assert client.post("/desk/calendar/day/", answer | {"source": ""}).status_code == 422
    assert client.post("/desk/calendar/day/", answer | {"day": "2026-02-30"}).status_code == 422
    assert client.post("/desk/calendar/day/", answer).status_code == 302
    again = client.post("/desk/calendar/day/", answer)
    assert again.status_code == 422
    row = CalendarDay.objects.get()
    assert "区府办通知" in text(client.get("/desk/calendar/?year=2026"))
    change = {"version": 1, "working": "yes", "source": "更正"}
    assert client.post(f"/desk/calendar/day/{row.code}/", change).status_code == 302
    assert client.post(f"/desk/calendar/day/{row.code}/", change).status_code == 409
    assert CalendarDay.objects.get().source == "更正"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DISTRICT_APPROVER, Role.DISTRICT_LEADER}))
def test_only_the_district_keeps_the_calendar(
    role: Role, district: District, seat: Callable[..., Client]
) -> None:
    client = seat(role)
    assert client.get("/desk/calendar/").status_code == 200
    assert client.get("/desk/calendar/?year=9999").status_code == 200
    for page in ("day/", "year/"):
        assert client.get(f"/desk/calendar/{page}").status_code == 403
        assert client.post(f"/desk/calendar/{page}", NOTICE).status_code == 403
    assert not CalendarDay.objects.exists()
