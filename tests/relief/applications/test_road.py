"""The road of a case: its table, drafts, numbers, deadlines, and whose turn it is."""

from datetime import date

import pytest

from relief.applications.accept import accept
from relief.applications.queries import queue
from relief.applications.road_57 import ROAD_57, ROAD_57_DELEGATED
from relief.applications.roads import road_by_key, road_for
from relief.applications.states import ENDED, State
from relief.applications.submit import open_draft, submit
from relief.errors import Blocked, Invalid, MissingStandard, NotAllowed, Stale
from relief.officers.models import Role
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from relief.trail.models import Event
from tests.factories import cases
from tests.factories.district import make_district


@pytest.fixture
def district(db: None):
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        yield make_district()


def test_the_road_leads_from_the_draft_to_an_end_and_every_state_is_left_or_ended():
    reached, left = {State.DRAFT}, set()
    for _round in ROAD_57.steps:
        for step in ROAD_57.steps:
            if reached & set(step.from_states):
                reached.add(step.to_state)
                left |= reached & set(step.from_states)
    assert reached - left <= ENDED
    assert {State.ANNOUNCED, State.REFUSED} <= reached


def test_no_step_leads_past_publicity_but_the_advice_against():
    ways_to_the_district = {step.act for step in ROAD_57.steps if step.to_state == State.CLEARED}
    assert ways_to_the_district == {"close", "advise-against", "new-opinion-against", "complain"}
    assert {state for step in ROAD_57.steps if step.act == "approve" for state in step.from_states} == {
        "cleared"
    }


def test_the_road_of_a_day(district):
    assert road_for("guarantee", date(2021, 7, 1), "101").key == "57"
    clause = Clause.objects.get(key="57-2")
    enter_standard(
        "confirmation.delegated", kind=Kind.LIST, value="102", from_date=date(2026, 2, 1), clause=clause
    )
    assert road_for("guarantee", date(2026, 3, 1), "101") is ROAD_57
    assert road_for("guarantee", date(2026, 3, 1), "102") is ROAD_57_DELEGATED
    assert road_for("guarantee", date(2026, 1, 31), "102") is ROAD_57
    assert road_by_key("57") is ROAD_57
    for benefit, day in (("guarantee", date(2021, 6, 30)), ("unknown", date(2026, 1, 1))):
        with pytest.raises(MissingStandard):
            road_for(benefit, day, "101")


def test_a_draft_is_for_a_member_and_one_at_a_time(district):
    home, stranger = cases.household(district), cases.household(district)
    clerk = district.officer(Role.COMMUNITY_CLERK, "10101")
    head, other = (one.memberships.get().person for one in (home, stranger))
    with pytest.raises(Invalid) as refused:
        open_draft(home, applicant=other, benefit="guarantee", by=clerk)
    assert list(refused.value.fields) == ["applicant"]
    draft = open_draft(home, applicant=head, benefit="guarantee", by=clerk)
    assert (draft.number, draft.state, draft.persons) == (None, "draft", 1)
    with pytest.raises(Blocked):
        open_draft(home, applicant=head, benefit="guarantee", by=clerk)
    with pytest.raises(NotAllowed):
        open_draft(
            home, applicant=head, benefit="guarantee", by=district.officer(Role.COMMUNITY_CLERK, "10102")
        )


def test_numbers_and_deadlines(district):
    first, second = cases.accepted(district), cases.submitted(district, "10102")
    other = cases.submitted(district, "10201")
    assert [case.number for case in (first, second, other)] == [
        "2026-101-00001", "2026-101-00002", "2026-102-00001",
    ]  # fmt: skip
    assert (first.due_on, first.due_provisional) == (date(2026, 3, 5), False)  # 3 working days
    assert first.limit_on == date(2026, 4, 14)  # 30 working days, 6 April is a holiday
    act = Event.objects.filter(act="accept").get()
    assert act.standards == {"days.start-survey": "3 (2021-07-01)", "days.whole-case": "30 (2021-07-01)"}


def test_a_note_is_sealed(district):
    case = cases.draft(district)
    clerk = district.officer(Role.COMMUNITY_CLERK, "10101")
    cases.enter_income(case, by=clerk, version=1, stage="declared", persons=1, amounts={"wages": "400"})
    with pytest.raises(Stale):
        submit(case, by=clerk, version=1, note="低保边缘")
    moved = submit(cases.fresh(case), by=clerk, version=2, note="家中有病人")
    words = bytes(Event.objects.filter(act="submit").get().words)
    assert moved.state == "submitted"
    assert "家中有病人".encode() not in words


def test_the_queue_shows_whose_turn_it_is(district):
    case = cases.submitted(district)
    acceptor = district.officer(Role.STREET_ACCEPTOR, "101")
    clerk = district.officer(Role.COMMUNITY_CLERK, "10101")
    assert list(queue(acceptor, "todo")) == [case]
    assert list(queue(clerk, "todo")) == []
    assert list(queue(clerk, "waiting")) == [case]
    assert list(queue(district.officer(Role.STREET_ACCEPTOR, "102"), "todo")) == []
    accept(case, by=acceptor, version=case.version)
    assert list(queue(acceptor, "waiting")) == [case]
    assert list(queue(district.officer(Role.COMMUNITY_EXAMINER, "10101"), "todo")) == [case]
