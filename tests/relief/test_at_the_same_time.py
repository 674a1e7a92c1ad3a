"""Two officers at once: exactly one wins, the other is told; a killed process leaves nothing half done."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from relief.applications.models import Application
from relief.applications.submit import open_draft
from relief.decisions.decide import approve
from relief.errors import Refused
from relief.households.models import Household, Person
from relief.households.register import register_household
from relief.ledger.models import Publication
from relief.officers.appoint import appoint, register_officer
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.projects.sunshine.income import enter_income
from relief.publicity.compile import compile_list
from relief.publicity.models import Entry, ListState, PublicList
from relief.publicity.post import post
from relief.publicity.publish import publish
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.verify import broken_heads, differences, take_head
from tests import servers
from tests.factories import cases
from tests.factories.district import SINCE, District, make_district

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
        try:
            with clock.moved_to(moment):
                connection.ensure_connection()
                gun.wait(timeout=60)
                call()
            answers.append("done")
        except Refused as refused:
            assert str(refused)
            answers.append(refused.kind)
        except Exception as error:  # whatever else comes is a crash: the test prints it
            answers.append(repr(error))
        finally:
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


def rounds_of_approval(district: District, rounds: int, officers: int = 8) -> None:
    approvers = [
        register_officer(f"approver-{n}", password="sunshine-demo-1", name=f"{n}", office="区", by=SETUP)
        for n in range(officers)
    ]
    with clock.moved_to(START):
        for officer in approvers:
            appoint(officer, role=Role.DISTRICT_APPROVER, area="000", from_date=SINCE, by=SETUP)
        waiting = [cases.reviewed(district) for _ in range(rounds)]
        cases.closed(district, cases.posted(district, cases.published(district)))
    for case in waiting:
        seen = cases.fresh(case)
        answers = at_once(
            *(lambda by=by, seen=seen: approve(seen, by=by, version=seen.version) for by in approvers),
            moment=LATER,
        )
        assert one_winner(answers), answers
        assert Event.objects.filter(subject_code=seen.code, act="approve").count() == 1
        assert cases.fresh(case).version == seen.version + 1
    assert list(differences()) == []


def test_of_eight_approvals_at_once_one_wins(district):
    rounds_of_approval(district, rounds=3)


@pytest.mark.long
def test_of_eight_approvals_at_once_one_wins_200_times(district):
    rounds_of_approval(district, rounds=200)


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
        return compile_list(
            district.areas["101"],
            by=district.officer(Role.STREET_REVIEWER, "101"),
            benefit="guarantee",
            batch=batch,
        )


def test_a_list_published_by_many_is_published_once(district):
    public_list = compiled(district)
    by = district.officer(Role.STREET_PUBLISHER, "101")
    answers = at_once(*[lambda: publish(public_list, by=by, version=public_list.version)] * 4)
    assert one_winner(answers), answers
    assert Entry.objects.count() == 2
    assert list(Publication.objects.values_list("seq", "kind")) == [(1, "list")]
    assert list(differences()) == []


def test_a_board_posted_twice_at_once_is_posted_once(district):
    public_list = compiled(district)
    by = district.officer(Role.STREET_PUBLISHER, "101")
    with clock.moved_to(START):
        running = publish(public_list, by=by, version=public_list.version)
    board, day = district.boards["10101"], START.date()
    answers = at_once(
        *[lambda: post(running, by=by, version=running.version, board=board, posted_on=day)] * 4
    )
    assert one_winner(answers), answers
    assert running.postings.filter(board=board).count() == 1


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


# --- a process that is killed -------------------------------------------------------------------

PUBLISH = """
import sys
from datetime import date
from relief.officers.models import Officer
from relief.publicity.models import PublicList
from relief.publicity.publish import publish
from relief.trail import clock
by = Officer.objects.get(account__username="street-publisher-101")
print("ready", flush=True)
chosen = PublicList.objects.get(pk=sys.stdin.readline())
with clock.moved_to(clock.at(date(2026, 3, 2))):
    publish(chosen, by=by, version=chosen.version)
print("done", flush=True)
"""


def killed_after(seconds: float, database: str, public_list: PublicList) -> None:
    """A process of its own publishes the list and is killed so long after it began."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", PUBLISH],
        cwd=settings.BASE_DIR,
        env=servers.environment(database),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    assert process.stdout.readline() == "ready\n"
    process.stdin.write(f"{public_list.pk}\n")
    process.stdin.flush()
    time.sleep(seconds)
    process.kill()
    process.communicate()


def whole_or_nothing(public_list: PublicList, earlier: int) -> bool:
    """Whether the list is public in every table, after so many others; raises when it is half public."""
    public_list.refresh_from_db()
    cases_of_it = public_list.selections.values("application_id")
    moved = Application.objects.filter(pk__in=cases_of_it, state="in-publicity").count()
    acts = Event.objects.filter(subject_code=public_list.code, act="publish-list").count()
    there = (public_list.state, public_list.entries.count(), moved, acts, public_list.postings.count())
    whole = there == (ListState.RUNNING, 2, 2, 1, 1)
    assert whole or there == (ListState.COMPILED, 0, 0, 0, 0), there
    numbers = list(Publication.objects.values_list("seq", flat=True))
    assert numbers == list(range(1, earlier + whole + 1))
    assert list(differences()) == []
    return whole


def rounds_of_killing(district: District, database: str, rounds: int) -> None:
    """In every round another list, killed at another moment; what was not published is published later."""
    chance, by = random.Random(57), district.officer(Role.STREET_PUBLISHER, "101")
    for number in range(rounds):
        public_list = compiled(district, batch=f"2026-{number:02d}")
        killed_after(chance.uniform(0, 0.1), database, public_list)
        if not whole_or_nothing(public_list, number):
            with clock.moved_to(START):
                publish(public_list, by=by, version=public_list.version)
            assert whole_or_nothing(public_list, number)


def test_a_killed_publication_leaves_nothing_half_done(district, scratch):
    rounds_of_killing(district, scratch, rounds=2)


@pytest.mark.long
def test_twenty_killed_publications_leave_nothing_half_done(district, scratch):
    rounds_of_killing(district, scratch, rounds=20)
