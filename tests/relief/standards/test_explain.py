"""Every day with its reason: by hand from the State Council's notices, the law and the bureau's word."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from relief.standards.calendar import Why, missing_years, read_calendar
from relief.standards.legal_clock import ONE_DAY, Pause, add_working_days, explain
from relief.standards.own_days import enter_calendar_day
from relief.trail.actor import Robot
from tests.factories.stages import on

pytestmark = pytest.mark.django_db

D = date.fromisoformat
W, E, H, M, S = Why.WORKING, Why.WEEKEND, Why.HOLIDAY, Why.MAKE_UP, Why.STOPPED


@pytest.mark.parametrize(
    ("start", "count", "reasons"),
    [
        # National Day 2025: 1 to 8 October off, Sunday 28 September and Saturday 11 October work
        ("2025-09-26", 2, [E, M, W]),
        ("2025-09-30", 3, [H] * 8 + [W, W, M]),
        # National Day 2026: 1 to 7 October off, Sunday 20 September and Saturday 10 October work
        ("2026-09-18", 1, [E, M]),
        ("2026-09-30", 3, [H] * 7 + [W, W, M]),
        # Spring Festival 2025: 28 January to 4 February off, Sunday 26 January and Saturday 8 February work
        ("2025-01-24", 3, [E, M, W] + [H] * 8 + [W]),
        # Spring Festival 2026: 15 to 23 February off, Saturdays 14 and 28 February work
        ("2026-02-13", 2, [M] + [H] * 9 + [W]),
        ("2026-02-26", 3, [W, M, E, W]),
        ("2026-03-02", 3, [W, W, W]),
    ],
)
def test_days_by_hand(start, count, reasons):
    days = explain(D(start), count)
    assert [one.why for one in days] == reasons
    assert [one.day for one in days] == [D(start) + ONE_DAY * n for n in range(1, len(days) + 1)]
    assert sum(one.counts for one in days) == count
    assert not any(one.provisional for one in days)
    assert add_working_days(D(start), count).day == days[-1].day


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2025-10-01", "National Day"),
        ("2025-10-06", "Mid-autumn Festival"),
        ("2026-02-14", "Spring Festival"),
        ("2026-04-06", "Tomb-sweeping Day"),
        ("2026-05-01", "Labour Day"),
        ("2026-06-19", "Dragon Boat Festival"),
        ("2027-01-01", "New Year's Day"),
        ("2027-02-05", "Spring Festival"),  # New Year's Eve, by law since 2025
        ("2027-05-02", "Labour Day"),  # by law since 2025
        ("2026-03-02", ""),
    ],
)
def test_a_holiday_has_its_name(day, name):
    with translation.override("en"):
        assert str(read_calendar().day(D(day)).name) == name


def test_stopped_days_are_named_and_an_open_pause_ends_the_row():
    pauses = [Pause(D("2026-03-04"), D("2026-03-06"))]
    days = explain(D("2026-03-02"), 3, pauses)
    assert [one.why for one in days] == [W, S, S, S, E, E, W, W]
    open_pause = [*pauses, Pause(D("2026-03-10"), None)]
    assert [one.day for one in explain(D("2026-03-02"), 3, open_pause)][-1] == D("2026-03-10")
    with pytest.raises(ValueError, match="stands still"):
        add_working_days(D("2026-03-02"), 3, open_pause)


def test_from_2027_on_days_are_presumed_and_say_so():
    days = explain(D("2026-12-30"), 3)
    assert [(one.why, one.provisional) for one in days] == [
        (W, False),
        (H, True),
        (E, True),
        (E, True),
        (W, True),
        (W, True),
    ]


def test_the_bureaus_word_stands_with_its_source():
    with on(D("2026-03-02")):
        enter_calendar_day(D("2026-03-03"), working=False, source="区府办通知", by=Robot("calendar-keeper"))
    first, *_ = explain(D("2026-03-02"), 1)
    assert (first.why, first.counts, first.name) == (Why.OWN_FREE, False, "区府办通知")


def test_missing_years_are_seen_ahead():
    assert missing_years(D("2026-09-01"), timedelta(days=90)) == []
    assert missing_years(D("2026-11-25"), timedelta(days=90)) == [2027]
