"""An objection, its answer or a complaint at the moment of closing or approving: no case slips through."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from relief.applications.models import Application
from relief.applications.states import State
from relief.decisions.complaint import register_complaint
from relief.decisions.decide import approve
from relief.decisions.new_opinion import new_opinion
from relief.officers.models import Role
from relief.publicity.close import close
from relief.publicity.models import ListState, Response, ResponseState
from relief.publicity.respond import object_to, withdraw_objection
from relief.schedule.run import run_due
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.verify import differences
from tests.factories import cases, objections
from tests.factories.crowd import crowd
from tests.factories.district import District, make_district
from tests.processes import in_processes
from tests.relief.test_at_the_same_time import at_once

START = clock.at(date(2026, 3, 2))
AFTER = START + timedelta(days=8)
LATE = {"done", "stale", "wrong-state", "blocked"}
WORDS = "情况属实。"


@pytest.fixture
def district(scratch: str) -> District:
    with clock.moved_to(START):
        return make_district()


@pytest.fixture(params=[3, pytest.param(40, marks=[pytest.mark.long, pytest.mark.once("postgres")])])
def rounds(request) -> int:
    return request.param


def objected(district: District) -> tuple[Application, Response]:
    """A case of a running list under re-investigation, looked into anew."""
    with clock.moved_to(START):
        _list, (case, _other) = objections.in_publicity(district)
        response = objections.objected(district, case)
        return objections.reviewed_by_neighbours(district, case), response


def nothing_open_goes_on(case: Application) -> None:
    """An open objection keeps its case under re-investigation, and nothing else keeps it there."""
    open_ones = Response.objects.filter(application=case, state=ResponseState.OPEN).exists()
    assert (cases.fresh(case).state == State.UNDER_REINVESTIGATION) == open_ones


def test_an_answer_while_the_list_closes_leaves_no_case_behind(district, rounds):
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    publisher = district.officer(Role.STREET_PUBLISHER, "101")
    for _turn in range(rounds):
        case, response = objected(district)
        chosen = response.public_list
        said = {"recommended": True, "words": WORDS, "answer": WORDS}
        answers = at_once(
            lambda: new_opinion(case, by=reviewer, version=case.version, **said),  # noqa: B023
            lambda: close(chosen, by=publisher, version=type(chosen).objects.get(pk=chosen.pk).version),  # noqa: B023
            moment=AFTER,
        )
        assert set(answers) <= LATE, answers
        with clock.moved_to(AFTER):
            assert [outcome for outcome in run_due() if outcome.failed] == []
            if cases.fresh(case).state == State.UNDER_REINVESTIGATION:
                objections.opined(district, case, recommended=True)
        chosen.refresh_from_db()
        assert (chosen.state, cases.fresh(case).state) == (ListState.CLOSED, State.CLEARED)
        assert Event.objects.filter(subject_code=chosen.code, act="close-list").count() == 1
    assert list(differences()) == []


def test_an_objection_while_another_is_withdrawn_keeps_the_case_back(district, rounds):
    clerk = district.officer(Role.STREET_ACCEPTOR, "101")
    for _turn in range(rounds):
        case, response = objected(district)
        said = {"channel": "letter", "words": WORDS, "name": "何兰", "contact": "明河路 1 号"}
        answers = at_once(
            lambda: object_to(case, by=clerk, version=case.version, **said),  # noqa: B023
            lambda: withdraw_objection(response, by=clerk, version=response.version),  # noqa: B023
        )
        assert "done" in answers and set(answers) <= LATE, answers
        nothing_open_goes_on(case)
    assert list(differences()) == []


def test_a_complaint_while_the_district_approves_is_before_it_or_too_late(district, rounds):
    with clock.moved_to(START):
        waiting = crowd(district, rounds, state=State.CLEARED)
    approver, checker = district.officer(Role.DISTRICT_APPROVER), district.officer(Role.DISTRICT_CHECKER)
    for case in waiting:
        seen = cases.fresh(case)
        facts = {"received_on": START.date(), "words": WORDS}
        answers = at_once(
            lambda: approve(seen, by=approver, version=seen.version),  # noqa: B023
            lambda: register_complaint(seen, by=checker, version=seen.version, **facts),  # noqa: B023
        )
        assert sorted(answers)[0] == "done" and answers.count("done") == 1, answers
        now = cases.fresh(case)
        assert (now.state == State.APPROVED) != now.complaint_registered
    assert list(differences()) == []


def test_two_ticks_in_processes_of_their_own_do_each_act_once(district):
    lists = []
    with clock.moved_to(START):
        for _turn in range(3):
            crowd(district, 5)
            lists.append(cases.posted(district, cases.published(district)))

    def tick() -> list[str]:
        with clock.moved_to(AFTER):
            return [outcome.words for outcome in run_due() if outcome.failed]

    assert in_processes(tick, tick) == [[], []]
    for public_list in lists:
        assert Event.objects.filter(subject_code=public_list.code, act="close-list").count() == 1
    moved = Event.objects.filter(act="close", subject_kind="application")
    assert moved.count() == len(set(moved.values_list("subject_code", flat=True))) == 15
    assert list(differences()) == []
