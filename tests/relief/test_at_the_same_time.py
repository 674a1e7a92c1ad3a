"""Two officers at once: exactly one wins, the other is told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection

from relief.applications.models import Application
from relief.applications.states import State
from relief.applications.submit import open_draft
from relief.decisions.decide import approve
from relief.errors import Refused
from relief.households.models import Household, Person
from relief.households.register import register_household
from relief.ledger.models import Publication
from relief.officers.appoint import appoint, register_officer
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.projects.sunshine.income import enter_income
from relief.publicity.at_board import spot_check
from relief.publicity.compile import compile_list
from relief.publicity.models import Entry, PublicList
from relief.publicity.post import post
from relief.publicity.publish import publish
from relief.trail import clock
from relief.trail.models import Event, Refusal
from relief.trail.verify import broken_heads, differences, take_head
from tests.factories import cases
from tests.factories.crowd import crowd
from tests.factories.district import SINCE, District, make_district
from tests.factories.gate import inspect_and_publish, inspected
from tests.processes import in_processes, kind_of

START = clock.at(date(2026, 3, 2))
LATER = START + timedelta(days=10)


@pytest.fixture
def district(scratch: str) -> District:
    with clock.moved_to(START):
        return make_district()


def at_once(*calls: Callable[[], Any], moment: Any = START) -> list[str]:
    """Run the calls in a thread each, at one moment; what came of each: `done` or a refusal's kind."""
    gun = threading.Barrier(len(calls))
    answers: list[str] = []

    def run(call: Callable[[], Any]) -> None:
        with clock.moved_to(moment):
            connection.ensure_connection()
            gun.wait(timeout=60)
            answers.append(kind_of(call))
        connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def one_winner(answers: list[str]) -> bool:
    """One is done, all others are told that somebody was first."""
    return Counter(answers)["done"] == 1 and set(answers) <= {"done", "stale", "wrong-state"}


def approved_by_eight_processes(district: District, count: int) -> None:
    """Eight district approvers, a process each, approve the same cases: each case has one winner."""
    with clock.moved_to(START):
        approvers = [
            register_officer(f"approver-{n}", password="sunshine-demo-1", name=f"{n}", office="区", by=SETUP)
            for n in range(8)
        ]
        for officer in approvers:
            appoint(officer, role=Role.DISTRICT_APPROVER, area="000", from_date=SINCE, by=SETUP)
        crowd(district, count, state=State.CLEARED)
    seen = list(Application.objects.select_related("household").order_by("pk"))

    def approve_all(by: Officer) -> list[str]:
        with clock.moved_to(LATER):
            return [kind_of(lambda: approve(case, by=by, version=case.version)) for case in seen]  # noqa: B023

    answers = in_processes(*(partial(approve_all, by) for by in approvers))
    for case, *of_this_case in zip(seen, *answers, strict=True):
        assert one_winner(of_this_case), of_this_case
        assert Event.objects.filter(subject_code=case.code, act="approve").count() == 1
        assert Application.history.filter(id=case.pk, state=State.APPROVED).count() == 1
        assert cases.fresh(case).version == case.version + 1
    assert Refusal.objects.count() == 7 * count
    assert list(differences()) == []


def test_of_eight_approving_processes_one_wins_each_case(district):
    approved_by_eight_processes(district, count=6)


@pytest.mark.long
@pytest.mark.once("postgres")
def test_of_eight_approving_processes_one_wins_each_of_200_cases(district):
    approved_by_eight_processes(district, count=200)


def test_the_second_of_two_officers_sees_what_the_first_did(district):
    with clock.moved_to(START):
        case = cases.cleared(district)
        by = district.officer(Role.DISTRICT_APPROVER)
        approve(case, by=by, version=case.version)
        old = case
        old.version, old.state = case.version, "cleared"
        with pytest.raises(Refused) as refused:
            approve(old, by=by, version=old.version)
    assert refused.value.kind == "stale"
    assert refused.value.current.state == "approved"


def test_one_list_compiled_by_many_is_one_list(district):
    with clock.moved_to(START):
        cases.reviewed(district)
        cases.matched(district)
    by = district.officer(Role.STREET_REVIEWER, "101")

    def compile_it() -> None:
        compile_list(district.areas["101"], by=by, benefit="guarantee", batch="2026-01")

    assert at_once(*[compile_it] * 6) == ["done"] * 6
    assert PublicList.objects.count() == 1
    assert PublicList.objects.get().selections.count() == 1


def compiled(district: District, batch: str = "2026-01") -> PublicList:
    """A list of two cases."""
    with clock.moved_to(START):
        for _ in range(2):
            cases.reviewed(district)
        return cases.compiled(district, batch=batch)


def test_a_list_published_by_many_is_published_once(district):
    public_list = compiled(district)
    by = district.officer(Role.STREET_PUBLISHER, "101")
    with clock.moved_to(START):
        inspected(public_list, by=by)
    answers = at_once(*[lambda: publish(public_list, by=by, version=public_list.version)] * 4)
    assert one_winner(answers), answers
    assert Entry.objects.count() == 2
    assert list(Publication.objects.values_list("seq", "kind")) == [(1, "list")]
    assert list(differences()) == []


def test_a_board_posted_twice_at_once_is_posted_once(district):
    public_list = compiled(district)
    by = district.officer(Role.STREET_PUBLISHER, "101")
    with clock.moved_to(START):
        running = inspect_and_publish(public_list, by=by)
    board, day = district.boards["10101"], START.date()
    answers = at_once(
        *[lambda: post(running, by=by, version=running.version, board=board, posted_on=day)] * 4
    )
    assert one_winner(answers), answers
    assert running.postings.filter(board=board).count() == 1


def test_a_board_checked_by_many_at_once_is_missing_once(district):
    public_list = compiled(district)
    by = district.officer(Role.STREET_PUBLISHER, "101")
    with clock.moved_to(START):
        running = cases.posted(district, inspect_and_publish(public_list, by=by))
    board, day = district.boards["10101"], START.date()
    checker = district.officer(Role.STREET_REVIEWER, "101")
    look = {"by": checker, "version": 2, "board": board, "checked_on": day}
    answers = at_once(*[lambda: spot_check(running, **look, seen=False)] * 4)
    assert one_winner(answers), answers
    assert running.board_evidence.filter(step="missing").count() == 1


def test_one_household_has_one_draft_at_a_time(district):
    with clock.moved_to(START):
        home = cases.household(district)
    head, clerk = home.memberships.get().person, district.officer(Role.COMMUNITY_CLERK, "10101")
    answers = at_once(*[lambda: open_draft(home, applicant=head, benefit="guarantee", by=clerk)] * 4)
    assert sorted(answers) == ["blocked", "blocked", "blocked", "done"]


def test_one_person_is_registered_once(district):
    entry, clerk = cases.entry(), district.officer(Role.COMMUNITY_CLERK, "10101")
    answers = at_once(*[lambda: register_household(entry, by=clerk)] * 4)
    assert sorted(answers) == ["done", "invalid", "invalid", "invalid"]
    assert (Household.objects.count(), Person.objects.count()) == (1, 1)
    assert list(differences()) == []


def test_income_entered_twice_at_once_is_entered_once(district):
    with clock.moved_to(START):
        case = cases.draft(district)
    clerk = district.officer(Role.COMMUNITY_CLERK, "10101")
    facts = {"by": clerk, "version": case.version, "stage": "declared", "persons": 1}
    answers = at_once(*[lambda: enter_income(case, amounts={"wages": "1"}, **facts)] * 4)
    assert one_winner(answers), answers


def test_a_head_taken_while_others_write_holds(district):
    def write() -> None:
        for _ in range(5):
            cases.household(district)

    assert at_once(write, write, *[take_head] * 3) == ["done"] * 5
    assert broken_heads() == []
