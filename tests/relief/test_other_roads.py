"""Roads that only the tests travel, walked through the real verbs: the table says them, no verb does."""

import hashlib
import math
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.applications.accept import accept
from relief.applications.models import Application
from relief.applications.states import ENDED, State
from relief.applications.submit import open_draft, submit
from relief.awards.announce import announce, waiting_for_announcement
from relief.awards.grant import grant
from relief.awards.models import Award, AwardPeriod
from relief.decisions.blockers import why_not
from relief.decisions.decide import approve, examine, propose, review
from relief.decisions.democratic_review import democratic_review
from relief.decisions.spot_check import draw_spot_check, drawn
from relief.errors import Blocked, Invalid, MissingStandard, NotAllowed, WrongState
from relief.ledger.models import Publication
from relief.officers.models import Role
from relief.projects.sunshine.income import enter_income
from relief.publicity.close import CLOSER, close
from relief.publicity.compile import candidates, compile_list
from relief.publicity.models import Entry, PublicList, PublicRow
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.verify import differences
from tests.factories import cases, roads
from tests.factories.district import District, make_district
from tests.factories.gate import inspect_and_announce, inspect_and_publish

pytestmark = pytest.mark.django_db
WORDS = "情况属实，符合条件。"
DAY = date(2026, 3, 2)


@pytest.fixture
def district() -> Iterator[District]:
    with clock.moved_to(clock.at(DAY)):
        yield make_district()


# --- a child's benefit without publicity ------------------------------------------------------


@pytest.fixture
def child(district: District) -> Iterator[District]:
    with roads.child_benefit():
        yield district


def child_case(district: District) -> Application:
    """A child's case, reviewed: through every verb that the guarantee uses too."""
    home = cases.household(district, births=(date(1986, 3, 5), date(2018, 6, 1)))
    clerk = district.officer(Role.COMMUNITY_CLERK, "10101")
    head = home.memberships.get(relation="head").person
    case = open_draft(home, applicant=head, benefit="child", by=clerk)
    income = {"persons": 2, "amounts": {"wages": "900"}}
    enter_income(case, by=clerk, version=case.version, stage="declared", **income)
    case = cases.fresh(case)
    case = submit(case, by=clerk, version=case.version)
    case = accept(case, by=district.officer(Role.STREET_ACCEPTOR, "101"), version=case.version)
    case = cases.visited(district, case, Role.COMMUNITY_EXAMINER)
    by = district.officer(Role.COMMUNITY_EXAMINER, "10101")
    case = examine(case, by=by, version=case.version, favourable=True, words=WORDS)
    case = cases.visited(district, case, Role.STREET_REVIEWER)
    checker = district.officer(Role.DISTRICT_CHECKER)
    facts = {"checked_on": DAY, "result": "consistent"}
    cases.record_cross_check(case, by=checker, version=case.version, **facts)
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    case = cases.fresh(case)
    enter_income(case, by=reviewer, version=case.version, stage="verified", **income)
    case = cases.fresh(case)
    return review(case, by=reviewer, version=case.version, recommended=True, words=WORDS)


def test_a_childs_case_comes_to_its_award_and_nothing_of_it_to_the_public(child):
    case = child_case(child)
    assert (case.state, case.road_key) == ("reviewed", "child")
    cases.matched(child)
    assert candidates(child.areas["101"], "child") == []
    case = approve(case, by=child.officer(Role.DISTRICT_APPROVER), version=case.version, words=WORDS)
    assert waiting_for_announcement(child.areas["101"], "child") == []
    award = grant(case, by=child.officer(Role.DISTRICT_ANNOUNCER), version=case.version)
    case = cases.fresh(case)
    assert (case.state, case.state in ENDED) == ("granted", True)
    period = AwardPeriod.objects.get(award=award)
    assert (period.amount, period.source_case, period.source_entry) == (case.decided_amount, case, None)
    assert period.from_month == date(2026, 4, 1)
    assert Award.objects.get(benefit="child").status == "active"
    for public in (PublicList, Entry, PublicRow, Publication):
        assert not public.objects.exists(), public
    assert list(differences()) == []


def test_no_list_can_be_made_of_childrens_cases(child):
    child_case(child)
    street = child.areas["101"]
    for refused in (
        lambda: compile_list(
            street, by=child.officer(Role.STREET_REVIEWER, "101"), benefit="child", batch="2026-01"
        ),
        lambda: announce(street, by=child.officer(Role.DISTRICT_ANNOUNCER), benefit="child"),
    ):
        with pytest.raises(Blocked) as answer:
            refused()
        assert [reason.code for reason in answer.value.reasons] == ["no-publicity"]


def test_granting_is_a_second_persons_and_no_other_roads(child):
    case = child_case(child)
    with pytest.raises(WrongState):
        grant(case, by=child.officer(Role.DISTRICT_ANNOUNCER), version=case.version)
    case = approve(case, by=child.officer(Role.DISTRICT_APPROVER), version=case.version)
    with pytest.raises(NotAllowed):
        grant(case, by=child.officer(Role.DISTRICT_APPROVER), version=case.version)
    other = cases.approved(child, "10201")
    with pytest.raises(WrongState):
        grant(other, by=child.officer(Role.DISTRICT_ANNOUNCER), version=other.version)


# --- rule set 220号 ---------------------------------------------------------------------------


@pytest.fixture
def old(district: District) -> Iterator[District]:
    roads.enter_values_220()
    with roads.travelled(roads.ROAD_220):
        yield district


def assessed(district: District, community: str = "10101", **kw) -> Application:
    """Surveyed by community and street, then discussed: 220号 arts 18–23."""
    case = cases.ready_for_review(district, community, **kw)
    meeting = {"held_on": clock.today(), "participants": 9, "representatives": 6, "votes_for": 8,
               "votes_against": 1, "minutes": WORDS}  # fmt: skip
    by = district.officer(Role.STREET_REVIEWER, community[:3])
    democratic_review(case, by=by, version=case.version, **meeting)
    return cases.fresh(case)


def first_list(district: District, count: int = 4) -> PublicList:
    """Reviewed cases on their first list, which has run and closed (art 25)."""
    by = district.officer(Role.STREET_REVIEWER, "101")
    for index in range(count):
        case = assessed(district, ("10101", "10102")[index % 2], kin=index == 0)
        review(case, by=by, version=case.version, recommended=True, words=WORDS)
    return cases.closed(district, cases.posted(district, cases.published(district)))


def test_a_case_of_220_goes_through_two_publicities(old):
    approver, announcer = old.officer(Role.DISTRICT_APPROVER), old.officer(Role.DISTRICT_ANNOUNCER)
    first = first_list(old)
    listed = list(Application.objects.order_by("pk"))
    assert {case.state for case in listed} == {State.CLEARED}
    assert [reason.code for reason in why_not(listed[1], "propose", approver)] == ["spot-check"]
    with clock.moved_to(clock.at(date(2026, 3, 10))):
        lot = draw_spot_check(old.areas["101"], by=old.officer(Role.DISTRICT_CHECKER), number=first.number)
        assert lot == drawn([case.number for case in listed], first.digest, 30)
        assert len(lot) == 2  # ceil(30 % of 4)
        for case in map(cases.fresh, listed):
            if case.number in lot or case.kin_registered:  # art 26: all kin cases, too
                assert [r.code for r in why_not(case, "propose", approver)] == ["district-visit"]
                case = cases.visited(old, case, Role.DISTRICT_CHECKER)
            propose(case, by=approver, version=case.version)
    with clock.moved_to(clock.at(date(2026, 3, 11))):
        cases.matched(old)
        facts = {"benefit": "guarantee", "batch": "2026-02", "state": State.PROPOSED}
        with pytest.raises(NotAllowed):
            compile_list(old.areas["101"], by=old.officer(Role.STREET_REVIEWER, "101"), **facts)
        second = compile_list(old.areas["101"], by=approver, **facts)
        with pytest.raises(NotAllowed):  # the street's publisher published the first
            inspect_and_publish(second, by=old.officer(Role.STREET_PUBLISHER, "101"))
        second = inspect_and_publish(second, by=announcer)
        second = cases.posted(old, second)
        assert {case.state for case in Application.objects.all()} == {State.IN_SECOND_PUBLICITY}
    assert second.title_zh.startswith("河东街道最低生活保障拟批准对象公示")
    with clock.moved_to(clock.at(second.ends_on + timedelta(days=1))):
        close(second, by=CLOSER, version=second.version)
        for case in Application.objects.all():
            assert (case.state, case.forwarded_on) == (State.CONFIRMABLE, date(2026, 3, 9))
            approve(cases.fresh(case), by=approver, version=case.version)
        announced = inspect_and_announce(old.areas["101"], by=announcer, benefit="guarantee")
    assert announced.entry_count == Award.objects.count() == 4
    assert set(PublicList.objects.values_list("state", flat=True)) == {"announced"}
    linked = Entry.objects.filter(public_list=announced).values_list("pre_approval__public_list", flat=True)
    assert set(linked) == {second.pk}
    assert list(differences()) == []


def test_no_review_before_the_democratic_review(old):
    """220号 art 21: every case, within 5 working days after the survey."""
    case = cases.ready_for_review(old)
    assert case.due_on == date(2026, 3, 9)
    by = old.officer(Role.STREET_REVIEWER, "101")
    with pytest.raises(WrongState):
        review(case, by=by, version=case.version, recommended=True, words=WORDS)
    assert assessed(old, "10102").state == State.ASSESSED
    assert Event.objects.get(act="democratic-review").clause == "220-21"


def test_the_draw_is_the_districts_for_a_closed_list_of_the_street(old):
    first = first_list(old, 1)
    checker, street = old.officer(Role.DISTRICT_CHECKER), old.areas["101"]
    with pytest.raises(NotAllowed):
        draw_spot_check(street, by=old.officer(Role.STREET_REVIEWER, "101"), number=first.number)
    for area, number in ((street, "gs-101-2026-999"), (old.areas["102"], first.number), (street, "")):
        with pytest.raises(Invalid):
            draw_spot_check(area, by=checker, number=number)
    assert len(draw_spot_check(street, by=checker, number=first.number)) == 1
    with pytest.raises(Blocked):  # nobody draws again until it suits
        draw_spot_check(street, by=checker, number=first.number)
    assert set(Event.objects.filter(act="spot-check").values_list("clause", flat=True)) == {"220-26"}


def test_a_list_that_runs_is_not_drawn_from(old):
    case = assessed(old)
    by = old.officer(Role.STREET_REVIEWER, "101")
    review(case, by=by, version=case.version, recommended=True, words=WORDS)
    running = cases.posted(old, cases.published(old))
    with pytest.raises(Invalid):
        draw_spot_check(old.areas["101"], by=old.officer(Role.DISTRICT_CHECKER), number=running.number)


def test_a_road_without_its_share_stops(district):
    """No silent default (architecture §7): 57号 sets no percentage."""
    cases.cleared(district)
    number = PublicList.objects.get().number
    with pytest.raises(MissingStandard):
        draw_spot_check(district.areas["101"], by=district.officer(Role.DISTRICT_CHECKER), number=number)


# --- the draw itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "percent", "wanted"),
    [(0, 30, 0), (1, 30, 1), (3, 30, 1), (4, 30, 2), (10, 30, 3), (11, 30, 4), (10, 100, 10), (10, 0, 0)],
)
def test_at_least_the_share_is_drawn(count, percent, wanted):
    """220号 art 26: not below 30 %."""
    numbers = [f"2026-101-{n:05d}" for n in range(count)]
    assert len(drawn(numbers, "seed", percent)) == wanted


NUMBERS = st.sets(st.integers(min_value=0, max_value=99_999).map("2026-101-{:05d}".format), max_size=40)


@given(numbers=NUMBERS, seed=st.text(max_size=64), percent=st.integers(min_value=0, max_value=100))
def test_the_draw_follows_from_seed_and_numbers_alone(numbers, seed, percent):
    lot = drawn(sorted(numbers), seed, percent)
    assert lot == drawn(sorted(numbers, reverse=True), seed, percent) <= numbers
    assert len(lot) == math.ceil(len(numbers) * percent / 100)
    rank = {number: hashlib.sha256((seed + number).encode()).hexdigest() for number in numbers}
    assert all(rank[inside] < rank[outside] for inside in lot for outside in numbers - lot)


# --- two roads in one street ------------------------------------------------------------------


def test_cases_of_two_roads_stand_on_one_list(district):
    """A street to which confirmation was delegated meanwhile: old and new cases, one list (57号 art 2)."""
    old_case = cases.reviewed(district)
    clause = Clause.objects.get(key="57-2")
    enter_standard("confirmation.delegated", kind=Kind.LIST, value="101", from_date=DAY, clause=clause)
    new_case = cases.reviewed(district, "10102")
    assert {old_case.road_key, new_case.road_key} == {"57", "57-delegated"}
    cases.closed(district, cases.posted(district, cases.published(district)))
    for case, role in ((old_case, Role.DISTRICT_APPROVER), (new_case, Role.STREET_APPROVER)):
        case = cases.fresh(case)
        approve(case, by=district.officer(role), version=case.version)
    assert cases.announced(district).entry_count == 2
