"""Missing days by hand: how long a list hangs when boards were bare for a while (57号 art 19; local)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.publicity.gaps import Gap, still_bare, web_out
from relief.standards.calendar import Calendar
from relief.standards.legal_clock import CALENDAR, WORKING, Pause, add_working_days, period_end


def march(day: int) -> date:
    return date(2026, 3, 1) + timedelta(days=day - 1)


def pauses(*pairs: tuple[int, int]) -> list[Pause]:
    return [Pause(march(first), march(last)) for first, last in pairs]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("counting", "first", "missing", "last"),
    [
        # seven calendar days from Monday, 2 March: to Sunday the 8th
        (CALENDAR, 2, [], 8),
        (CALENDAR, 2, [(4, 4)], 9),
        (CALENDAR, 2, [(4, 6)], 11),
        (CALENDAR, 2, [(4, 6), (5, 7)], 12),  # 4, 5, 6, 7: 5 and 6 once
        (CALENDAR, 2, [(4, 4), (6, 6)], 10),
        (CALENDAR, 2, [(4, 4), (9, 9)], 10),  # the added day is missing too
        (CALENDAR, 2, [(8, 11)], 12),
        (CALENDAR, 2, [(2, 8)], 15),
        (CALENDAR, 2, [(9, 12)], 8),  # after the end: nothing
        # seven working days from Monday, 30 March; Tomb-sweeping Day is off from 4 to 6 April
        (WORKING, 30, [], 39),  # 30 31 | 1 2 3 | 7 8 April
        (WORKING, 30, [(33, 38)], 44),  # 2 3 7 are missing: 30 31 1 8 9 10 13 April
        (WORKING, 30, [(35, 36)], 39),  # bare on days off only
        (WORKING, 30, [(33, 33), (33, 34)], 41),
        # seven working days from Monday, 9 February: the 14th works, 15 to 23 are off (Spring Festival)
        (WORKING, -20, [], -4),
        (WORKING, -20, [(-16, -15)], -2),  # 13 and 14 February: to 25 and 26
    ],
)
def test_last_day_by_hand(counting, first, missing, last):
    assert period_end(march(first), 7, counting, pauses(*missing)).day == march(last)


@pytest.mark.parametrize(
    ("last", "today", "out"),
    [(8, 8, None), (8, 9, None), (8, 10, (9, 9)), (8, 12, (9, 11))],
)
def test_days_on_which_the_web_showed_no_names(last, today, out):
    assert web_out(march(last), march(today)) == (out and (march(out[0]), march(out[1])))


def test_only_a_gap_that_began_in_time_keeps_a_list_open():
    early, late, ended = (
        Gap(1, march(8), 1),
        Gap(2, march(9), 2),
        Gap(3, march(4), 3, march(5), 4),
    )
    assert still_bare([early, late, ended], march(8)) == [early]
    assert still_bare([early, late, ended], None) == [early, late]


WORKING_WEEK = Calendar({}, frozenset())


def counted(day: date, counting: str) -> bool:
    return counting == CALENDAR or WORKING_WEEK.day(day).counts


@given(
    st.sampled_from([CALENDAR, WORKING]),
    st.integers(1, 30),
    st.integers(1, 12),
    st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 9)), max_size=8),
)
def test_the_end_never_moves_back_and_every_day_is_shown(counting, start, days, found):
    """Gaps ended one after another: the last day only grows, and whole days without a gap are `days`."""
    first = march(start)
    known: list[Pause] = []
    ends = [_end(first, days, counting, [])]
    for offset, length in found:
        known.append(Pause(first + timedelta(offset), first + timedelta(offset + length)))
        ends.append(_end(first, days, counting, known))
    assert ends == sorted(ends)
    period = [first + timedelta(n) for n in range((ends[-1] - first).days + 1)]
    whole = [day for day in period if counted(day, counting) and not any(one.holds(day) for one in known)]
    assert len(whole) == days


def _end(first: date, days: int, counting: str, missing: list[Pause]) -> date:
    if counting == CALENDAR:
        return period_end(first, days, counting, missing).day
    return add_working_days(first - timedelta(1), days, missing, WORKING_WEEK).day
