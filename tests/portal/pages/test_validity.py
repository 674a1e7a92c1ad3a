"""Validity is computed from dates and relations: every state, and every edge between two."""

from datetime import date

import pytest

from portal.pages.validity import Change, ChangeKind, State, validity

BEGIN, END = date(2026, 1, 1), date(2026, 12, 31)
A, R = ChangeKind.AMENDS, ChangeKind.REPEALS


def change(kind: ChangeKind, month: int, day: int = 1, year: int = 2026) -> Change:
    return Change(kind, date(year, month, day))


@pytest.mark.parametrize(
    ("day", "ends_on", "changes", "state", "since"),
    [
        (date(2025, 12, 31), None, [], State.NOT_YET, None),
        (BEGIN, None, [], State.IN_FORCE, BEGIN),
        (END, END, [], State.IN_FORCE, BEGIN),
        (date(2027, 1, 1), END, [], State.EXPIRED, date(2027, 1, 1)),
        (date(2026, 5, 31), None, [change(A, 6)], State.IN_FORCE, BEGIN),
        (date(2026, 6, 1), None, [change(A, 6)], State.AMENDED, date(2026, 6, 1)),
        (date(2026, 9, 1), None, [change(A, 8), change(A, 6)], State.AMENDED, date(2026, 8, 1)),
        (date(2026, 5, 31), None, [change(R, 6)], State.IN_FORCE, BEGIN),
        (date(2026, 6, 1), None, [change(R, 6)], State.REPEALED, date(2026, 6, 1)),
        (date(2026, 9, 1), None, [change(A, 7), change(R, 6)], State.REPEALED, date(2026, 6, 1)),
        # it ends once: what came first counts, the repeal on the same day
        (date(2027, 3, 1), END, [change(R, 2, year=2027)], State.EXPIRED, date(2027, 1, 1)),
        (date(2027, 3, 1), END, [change(R, 1, year=2027)], State.REPEALED, date(2027, 1, 1)),
        (date(2027, 3, 1), END, [change(R, 6)], State.REPEALED, date(2026, 6, 1)),
        # repealed before it ever held
        (date(2025, 12, 31), None, [change(R, 12, year=2025)], State.REPEALED, date(2025, 12, 1)),
        (date(2025, 12, 31), None, [change(A, 12, year=2025)], State.NOT_YET, None),
    ],
)
def test_the_state_on_a_day(day, ends_on, changes, state, since):
    found = validity(day, in_force_from=BEGIN, ends_on=ends_on, changes=changes)
    assert (found.state, found.since) == (state, since)


@pytest.mark.parametrize(
    ("day", "ends_on", "changes", "state"),
    [
        (BEGIN, None, [], State.WITHDRAWN),
        (date(2025, 12, 31), None, [], State.WITHDRAWN),
        (date(2026, 9, 1), None, [change(A, 6)], State.WITHDRAWN),
        # what ended it by law says more than that it was taken back
        (date(2026, 9, 1), None, [change(R, 6)], State.REPEALED),
        (date(2027, 1, 1), END, [], State.EXPIRED),
    ],
)
def test_what_was_withdrawn_holds_no_more(day, ends_on, changes, state):
    found = validity(day, in_force_from=BEGIN, ends_on=ends_on, changes=changes, withdrawn=True)
    assert found.state == state and found.ended and not found.holds


def test_changes_are_told_apart_by_whether_they_have_taken_effect():
    changes = [change(R, 12), change(A, 3)]
    found = validity(date(2026, 6, 1), in_force_from=BEGIN, changes=changes)
    assert found.holds and not found.ended
    assert (found.effective, found.coming) == ((changes[1],), (changes[0],))
