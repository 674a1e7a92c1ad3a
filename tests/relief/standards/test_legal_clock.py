"""Days of the law against the State Council's notices for 2025 and 2026; later years are provisional."""

from datetime import date

import pytest

from relief.places.set_up import SETUP
from relief.standards.legal_clock import add_working_days, period_end, working_days_left
from relief.standards.models import CalendarDay
from relief.trail.record import record

pytestmark = pytest.mark.django_db

D = date.fromisoformat


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2025-01-24", 1, "2025-01-26"),  # make-up Sunday before Spring Festival
        ("2025-01-27", 1, "2025-02-05"),  # festival 28 January to 4 February
        ("2025-02-07", 1, "2025-02-08"),  # make-up Saturday
        ("2025-04-30", 1, "2025-05-06"),  # 1 to 5 May
        ("2025-09-26", 1, "2025-09-28"),  # make-up Sunday before National Day
        ("2025-09-30", 1, "2025-10-09"),  # 1 to 8 October
        ("2025-09-30", 3, "2025-10-11"),  # Thursday, Friday, make-up Saturday
        ("2026-02-13", 1, "2026-02-14"),  # make-up Saturday before Spring Festival
        ("2026-02-14", 1, "2026-02-24"),  # festival 15 to 23 February
        ("2026-09-18", 1, "2026-09-20"),  # make-up Sunday
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),  # make-up Saturday
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-03-06", 10, "2026-03-20"),
    ],
)
def test_working_days(start, count, end):
    assert (add_working_days(D(start), count).day, add_working_days(D(start), count).provisional) == (
        D(end),
        False,
    )


@pytest.mark.parametrize(
    ("first", "count", "counting", "last"),
    [
        ("2026-03-02", 7, "calendar", "2026-03-08"),
        ("2026-03-02", 7, "working", "2026-03-10"),
        ("2026-03-07", 7, "working", "2026-03-17"),  # begins on a Saturday: Monday is the first working day
        ("2026-02-14", 7, "calendar", "2026-02-20"),
        ("2026-02-14", 7, "working", "2026-03-02"),  # make-up Saturday, festival, 24–27, make-up 28, Monday
        ("2026-03-02", 1, "calendar", "2026-03-02"),
        ("2026-03-02", 1, "working", "2026-03-02"),
    ],
)
def test_a_period_counts_its_first_day(first, count, counting, last):
    assert period_end(D(first), count, counting).day == D(last)


def test_days_are_counted_in_no_third_way():
    with pytest.raises(ValueError, match="working or calendar"):
        period_end(D("2026-03-02"), 7, "lunar")


def test_a_year_without_notice_is_provisional_and_knows_the_fixed_holidays():
    assert add_working_days(D("2027-04-30"), 1).provisional
    assert add_working_days(D("2027-09-30"), 1).day > D("2027-10-03")
    assert add_working_days(D("2026-12-31"), 1).provisional
    assert not add_working_days(D("2026-12-30"), 1).provisional
    assert not period_end(D("2027-03-01"), 7, "calendar").provisional


def test_the_bureaus_own_word_wins_over_both():
    for day, working in (("2027-01-04", False), ("2026-03-07", True)):
        row = CalendarDay(day=D(day), working=working, source="notice")
        row.save(event=record("enter-day", row, actor=SETUP.actor()))
    assert add_working_days(D("2026-03-06"), 1).day == D("2026-03-07")
    assert add_working_days(D("2027-01-03"), 1).day == D("2027-01-05")


@pytest.mark.parametrize(
    ("today", "last", "left"),
    [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-09", 5),
        ("2026-03-09", "2026-03-02", -5),
        ("2025-09-30", "2025-10-09", 1),
        ("2026-03-08", "2026-03-07", 0),  # nothing but a Sunday has passed
    ],
)
def test_working_days_left(today, last, left):
    assert working_days_left(D(today), D(last)) == left
