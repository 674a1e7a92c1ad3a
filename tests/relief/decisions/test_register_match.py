"""Deaths, double members and staff kin before a list: what is a match, what it stops, what becomes of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relief.applications.models import Application
from relief.decisions.decide import return_for_correction
from relief.decisions.explain import explain_hit
from relief.decisions.hits import Standing, reasons_of, standing
from relief.decisions.models import RegisterHit
from relief.decisions.register_match import match_registers
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.officers.models import Role
from relief.trail import clock
from relief.trail.bulk import CHUNK
from relief.trail.models import Access, Event
from relief.trail.record import record, set_if
from relief.trail.verify import differences
from tests.factories import cases, registers
from tests.factories.district import District, make_district

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
WORDS = "经核实，系登记错误，本人健在。"


@pytest.fixture
def district() -> District:
    with clock.moved_to(clock.at(DAY)):
        yield make_district()


def child_of(case: Application):
    return case.household.memberships.exclude(relation="head").first().person


# --- what is a match ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("died_on", "found"), [(DAY - timedelta(days=40), 1), (DAY, 1), (DAY + timedelta(days=1), 0)]
)
def test_a_reported_death_of_any_member(district, died_on, found):
    case = cases.reviewed(district, persons=2)
    registers.dead(child_of(case), died_on)
    assert cases.matched(district).opened == found
    assert cases.fresh(case).open_hits == found


@pytest.mark.parametrize(
    ("from_date", "until", "found"),
    [
        (DAY, None, 1),
        (DAY - timedelta(days=9), DAY, 1),
        (DAY - timedelta(days=9), DAY - timedelta(days=1), 0),
        (DAY + timedelta(days=1), None, 0),
    ],
)
def test_a_member_of_two_households_on_one_day(district, from_date, until, found):
    case, other = cases.reviewed(district, persons=2), cases.household(district, community="10201")
    person = child_of(case)
    if until is None:  # one open membership at a time: the other one ends tomorrow
        end(case, person, DAY + timedelta(days=1))
    registers.member(person, other, from_date, until)
    assert cases.matched(district).opened == found
    hit = RegisterHit.objects.first()
    if found:
        assert hit.reference == f"household:{other.number}"
        assert other.number in reasons_of([hit])[hit.pk]


def end(case: Application, person, day: date) -> None:
    row = case.household.memberships.get(person=person)
    event = record("test-end", case.household, actor=registers.SETUP.actor())
    set_if(row, row.version, {"until_date": day}, event)


@pytest.mark.parametrize(
    ("left_on", "found"),
    [(date(2026, 6, 20), 1), (date(2026, 1, 20), 0)],  # after the amount was set for two, before it
)
def test_a_former_household_that_still_receives_money_for_a_member(district, left_on, found):
    former = cases.approved(district, persons=2)
    with clock.moved_to(clock.at(DAY + timedelta(days=12))):
        cases.announced(district)
    person = child_of(former)
    end(former, person, left_on)
    with clock.moved_to(clock.at(date(2026, 7, 1))):
        case = cases.reviewed(district)
        registers.member(person, case.household, left_on + timedelta(days=1))
        assert cases.matched(district).opened == found
        hit = RegisterHit.objects.first()
        assert (hit.reference if hit else "") == (f"award:{former.household.number}" if found else "")


@pytest.mark.parametrize(
    ("declared_on", "ended_on", "kin"),
    [
        (DAY, None, True),
        (DAY, DAY + timedelta(days=1), True),
        (DAY - timedelta(days=9), DAY, False),
        (DAY + timedelta(days=1), None, False),
    ],
)
def test_a_relative_of_staff_registers_the_case_and_stops_nothing(district, declared_on, ended_on, kin):
    """57号 art 11: 单独登记备案."""
    case = cases.reviewed(district)
    registers.relative(
        case.applicant, district.officer(Role.DISTRICT_APPROVER), declared_on, ended_on=ended_on
    )
    assert cases.matched(district).kin == kin
    case = cases.fresh(case)
    assert (case.kin_registered, case.kin_declared_by) == (kin, "match" if kin else None)
    assert case.open_hits == 0
    if kin:
        assert standing(RegisterHit.objects.get()) == Standing.REGISTERED
    cases.compiled(district)


def test_who_declared_kinship_first_stays(district):
    case = cases.reviewed(district, kin=True)
    registers.relative(case.applicant, district.officer(Role.EDITOR), DAY)
    before = cases.fresh(case).kin_declared_by
    assert cases.matched(district).kin == 0
    assert cases.fresh(case).kin_declared_by == before


# --- what it stops ------------------------------------------------------------------------------


def test_no_list_without_a_match_of_the_same_day(district):
    with clock.moved_to(clock.at(DAY)):
        case, other = cases.reviewed(district), cases.reviewed(district, "10102")
        compile_them(district, not_matched=[case, other])
        cases.matched(district)
        late = cases.reviewed(district)
        compile_them(district, not_matched=[late])
    with clock.moved_to(clock.at(DAY + timedelta(days=1))):
        compile_them(district, not_matched=[case, other, late])
        cases.compiled(district)


def compile_them(district: District, not_matched: list[Application]) -> None:
    by = district.officer(Role.STREET_REVIEWER, "101")
    with pytest.raises(Blocked) as refused:
        cases.compile_list(district.areas["101"], by=by, benefit="guarantee", batch="2026-01")
    assert {reason.code for reason in refused.value.reasons} == {"not-matched"}
    assert len(refused.value.reasons) == len(not_matched)
    for case in not_matched:
        assert case.number in str(refused.value)


def test_an_open_match_keeps_its_case_off_the_list_and_no_other(district):
    case, other = cases.reviewed(district), cases.reviewed(district)
    registers.dead(case.applicant, DAY)
    with pytest.raises(Blocked) as refused:
        cases.compiled(district)
    (reason,) = refused.value.reasons
    assert reason.code == "open-matches" and case.number in str(reason)
    assert cases.compiled(district, only=[other.pk]).entry_count == 1


def test_an_explained_match_stays_explained(district):
    case = cases.reviewed(district)
    registers.dead(case.applicant, DAY)
    cases.matched(district)
    case, hit = cases.fresh(case), RegisterHit.objects.get()
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    options = {"by": reviewer, "hit": hit, "words": WORDS}
    with pytest.raises(Stale):
        explain_hit(case, version=case.version - 1, **options)
    with pytest.raises(Invalid):
        explain_hit(case, version=case.version, **{**options, "words": "  "})
    with pytest.raises(NotAllowed):
        foreign = {**options, "by": district.officer(Role.STREET_REVIEWER, "102")}
        explain_hit(case, version=case.version, **foreign)
    explained = explain_hit(case, version=case.version, **options)
    with pytest.raises(WrongState):
        explain_hit(explained, version=explained.version, **options)
    assert WORDS.encode() not in bytes(RegisterHit.objects.get().explanation.token)
    with clock.moved_to(clock.at(DAY + timedelta(days=1))):
        assert cases.matched(district).opened == 0
        cases.compiled(district)
    assert standing(RegisterHit.objects.get()) == Standing.EXPLAINED
    assert list(differences()) == []


def test_a_match_that_vanishes_is_closed_and_one_that_comes_back_is_open_again(district):
    case, other = cases.reviewed(district), cases.household(district)
    registers.member(case.applicant, other, DAY, DAY + timedelta(days=2))
    standings = []
    for days, moved_back in ((0, False), (3, False), (4, True)):
        with clock.moved_to(clock.at(DAY + timedelta(days=days))):
            if moved_back:
                row = other.memberships.get(person=case.applicant)
                event = record("test-end", other, actor=registers.SETUP.actor())
                set_if(row, row.version, {"until_date": DAY + timedelta(days=9)}, event)
            cases.matched(district)
        standings.append((standing(RegisterHit.objects.get()), cases.fresh(case).open_hits))
    assert standings == [(Standing.OPEN, 1), (Standing.GONE, 0), (Standing.OPEN, 1)]


# --- the act ------------------------------------------------------------------------------------


def test_matching_again_the_same_day_changes_nothing_and_opens_nothing(district):
    case = cases.reviewed(district)
    registers.dead(case.applicant, DAY)
    looks = Access.objects.count()
    cases.matched(district)
    version = cases.fresh(case).version
    cases.matched(district)
    assert cases.fresh(case).version == version
    assert Access.objects.count() == looks
    acts = Event.objects.filter(act="match-registers").order_by("pk")
    assert [event.subject_kind for event in acts] == ["area", "application", "area"]
    assert acts[1].cause_id == acts[0].pk


@pytest.mark.parametrize("role", [Role.STREET_PUBLISHER, Role.STREET_ACCEPTOR, Role.DISTRICT_CHECKER])
def test_only_the_streets_reviewer_matches(district, role):
    with pytest.raises(NotAllowed):
        match_registers(district.areas["101"], by=district.officer(role))
    with pytest.raises(NotAllowed):
        match_registers(district.areas["101"], by=district.officer(Role.STREET_REVIEWER, "102"))


def test_cases_that_wait_for_no_list_and_other_streets_are_left_alone(district):
    early, elsewhere = cases.examined(district), cases.reviewed(district, "10201")
    back = cases.reviewed(district)
    by = district.officer(Role.STREET_REVIEWER, "101")
    return_for_correction(back, by=by, version=back.version, words="请补充。")
    assert cases.matched(district).cases == 0
    for case in (early, elsewhere, back):
        assert cases.fresh(case).matched_on is None


def test_the_number_of_queries_does_not_grow_with_the_cases(district):
    assert CHUNK >= 8
    counts = []
    for size in (1, 4):
        for _ in range(size):
            case = cases.reviewed(district, persons=2)
            registers.dead(case.applicant, DAY)
            registers.relative(child_of(case), district.officer(Role.EDITOR), DAY)
        with CaptureQueriesContext(connection) as found:
            cases.matched(district)
        counts.append(len(found))
    assert counts[0] == counts[1]
