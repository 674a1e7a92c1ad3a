"""The bureau's own calendar: single days, a year's notice as one set, and what open cases get from it."""

from datetime import date, timedelta

import pytest

from relief.applications.models import Application
from relief.applications.recompute import due_for_recomputing, recompute, recompute_open
from relief.errors import Invalid, NotAllowed, Stale
from relief.officers.models import Role
from relief.standards.calendar import ONE_DAY, read_calendar
from relief.standards.models import CalendarDay
from relief.standards.own_days import change_calendar_day, enter_calendar_day, enter_calendar_year
from relief.trail.models import Event
from tests.factories import cases
from tests.factories.district import District, make_district
from tests.factories.stages import on

D = date.fromisoformat
DECEMBER = D("2026-12-28")


def days(first: str, last: str) -> set[date]:
    return {D(first) + ONE_DAY * n for n in range((D(last) - D(first)).days + 1)}


#: an invented notice for 2027
OFF = (
    days("2027-01-01", "2027-01-03")
    | days("2027-02-05", "2027-02-11")
    | days("2027-04-03", "2027-04-05")
    | days("2027-05-01", "2027-05-05")
    | {D("2027-06-09")}
    | {D("2027-09-15")}
    | days("2027-10-01", "2027-10-07")
)
MAKE_UP = {D("2027-02-20"), D("2027-05-08"), D("2027-10-09")}
SOURCE = "国办发明电〔2026〕8号"


@pytest.fixture
def district(db: None):
    with on(DECEMBER):
        yield make_district()


def approver(district: District):
    return district.officer(Role.DISTRICT_APPROVER)


def enter_2027(district: District, **changes):
    values = {"days_off": OFF, "make_up": MAKE_UP, "source": SOURCE, "by": approver(district)} | changes
    return enter_calendar_year(2027, **values)


def test_a_year_is_entered_as_one_set(district):
    rows = enter_2027(district)
    weekdays_off = {day for day in OFF if day.weekday() < 5}
    assert {row.day for row in rows} == weekdays_off | MAKE_UP
    assert {row.day for row in rows if row.working} == MAKE_UP
    calendar = read_calendar()
    assert calendar.knows(2027)
    assert not any(calendar.day(D("2027-01-01") + ONE_DAY * n).provisional for n in range(365))
    assert Event.objects.filter(act="enter-calendar-year").count() == 1
    assert not calendar.knows(2028)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"days_off": OFF - {D("2027-10-01")}}, "days_off", "statutory"),
        ({"days_off": OFF | {D("2028-01-03")}}, "days_off", "other-year"),
        ({"days_off": set()}, "days_off", "statutory"),
        ({"make_up": {D("2027-03-01")}}, "make_up", "no-make-up"),
        ({"make_up": {D("2027-10-02")}}, "make_up", "both"),
        ({"source": " "}, "source", "source"),
        ({"source": "号" * 121}, "source", "source"),
        ({"source": "a\x00"}, "source", "unwritable"),
    ],
)
def test_half_a_notice_is_refused_in_words(district, changes, field, code):
    with pytest.raises(Invalid) as told:
        enter_2027(district, **changes)
    assert [reason.code for reason in told.value.fields[field]] == [code]
    assert not CalendarDay.objects.exists()


def test_a_known_year_is_not_entered_again(district):
    enter_2027(district)
    for year in (2027, 2026, 1999):
        with pytest.raises(Invalid):
            enter_calendar_year(year, days_off=OFF, make_up=(), source=SOURCE, by=approver(district))


def test_only_the_district_keeps_the_calendar(district):
    for role in (Role.STREET_REVIEWER, Role.DISTRICT_CHECKER, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            enter_calendar_day(D("2027-03-01"), working=False, source=SOURCE, by=district.officer(role))
        with pytest.raises(NotAllowed):
            enter_2027(district, by=district.officer(role))


def test_a_day_is_entered_once_and_changed_with_its_version(district):
    row = enter_calendar_day(D("2026-12-31"), working=False, source=SOURCE, by=approver(district))
    with pytest.raises(Invalid):
        enter_calendar_day(D("2026-12-31"), working=True, source=SOURCE, by=approver(district))
    changed = change_calendar_day(row, working=True, source="更正", by=approver(district), version=1)
    assert (changed.working, changed.source, changed.version) == (True, "更正", 2)
    with pytest.raises(Stale):
        change_calendar_day(row, working=False, source="x", by=approver(district), version=1)


def test_open_cases_get_new_dates_when_the_year_is_entered(district):
    case = cases.accepted(district)
    # 3 working days after Monday 28 December: 29, 30, 31; 30 of them reach 2027, presumed
    assert (case.due_on, case.due_provisional) == (D("2026-12-31"), False)
    assert (case.limit_on, case.limit_provisional) == (D("2027-02-15"), True)
    assert due_for_recomputing() == []
    enter_2027(district)
    assert recompute_open() == 1
    fresh = cases.fresh(case)
    # presumed were 5 to 10 February off; the notice has 11 February off too
    assert (fresh.limit_on, fresh.limit_provisional) == (D("2027-02-16"), False)
    assert recompute_open() == 0
    [event] = Event.objects.filter(act="recompute")
    assert (event.actor_kind, event.actor_name) == ("robot", "calendar-keeper")
    assert event.standards == {
        "limit_on": "2027-02-15 → 2027-02-16",
        "limit_provisional": "True → False",
    }


def test_a_changed_day_moves_the_cases_that_count_it_and_no_other(district):
    case = cases.accepted(district)
    row = enter_calendar_day(D("2026-12-30"), working=False, source=SOURCE, by=approver(district))
    with on(D("2026-12-31")):
        other = cases.accepted(district, "10102")
        assert recompute_open() == 1
        moved, kept = cases.fresh(case), cases.fresh(other)
        assert (moved.due_on, kept.version) == (D("2027-01-04"), other.version)
        assert Event.objects.get(act="recompute").standards["due_on"] == "2026-12-31 → 2027-01-04"
        same = {name: getattr(moved, name) for name in ("state", "owner_id", "due_from", "due_days")}
        assert same == {name: getattr(case, name) for name in same}
        change_calendar_day(row, working=True, source="更正", by=approver(district), version=1)
        assert recompute_open() == 1
        assert cases.fresh(case).due_on == D("2026-12-31")


def test_nobody_recomputes_by_hand_and_ended_cases_keep_their_days(district):
    case = cases.accepted(district)
    with pytest.raises(NotAllowed):
        recompute(case, by=approver(district))
    enter_calendar_day(D("2026-12-30"), working=False, source=SOURCE, by=approver(district))
    assert recompute(case).due_on == D("2027-01-04")
    with on(DECEMBER + timedelta(days=1)):
        assert [one.pk for one in due_for_recomputing()] == []
    assert Application.objects.count() == 1
