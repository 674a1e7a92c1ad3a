"""Take and hand over: who may, that it orders the work and closes nothing, and that each step clears it."""

from collections.abc import Iterator

import pytest

from relief.applications.accept import accept
from relief.applications.owner import hand_over, roles_at, take, who_may_take
from relief.decisions.decide import approve, review
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.officers.appoint import appoint, dismiss, register_officer
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.trail.models import Event
from tests.factories import cases
from tests.factories.district import PASSWORD, SINCE, District, make_district
from tests.factories.stages import DAY, on


@pytest.fixture
def district(db: None) -> Iterator[District]:
    with on(DAY):
        yield make_district()


def colleague(role: str, area: str, username: str = "colleague") -> Officer:
    officer = register_officer(username, password=PASSWORD, name="王同事", office="河东街道", by=SETUP)
    appoint(officer, role=role, area=area, from_date=SINCE, by=SETUP)
    return officer


def test_the_case_is_taken_and_a_colleague_may_still_act(district: District) -> None:
    case = cases.submitted(district)
    first, second = district.officer(Role.STREET_ACCEPTOR, "101"), colleague(Role.STREET_ACCEPTOR, "101")
    taken = take(case, by=first, version=case.version)
    assert (taken.owner, taken.state, taken.version) == (first, case.state, case.version + 1)
    with pytest.raises(Blocked):
        take(taken, by=first, version=taken.version)
    with pytest.raises(Stale):
        take(case, by=second, version=case.version)
    accepted = accept(taken, by=second, version=taken.version)
    assert accepted.owner is None


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.STREET_ACCEPTOR, "102"),
        (Role.STREET_REVIEWER, "101"),
        (Role.STREET_LEADER, "101"),
        (Role.AUDITOR, ""),
    ],
)
def test_only_who_could_act_takes_it(district: District, role: str, area: str) -> None:
    case = cases.submitted(district)
    with pytest.raises(NotAllowed):
        take(case, by=district.officer(role, area), version=case.version)


def test_it_is_handed_over_with_words(district: District) -> None:
    case = cases.submitted(district)
    first, second = district.officer(Role.STREET_ACCEPTOR, "101"), colleague(Role.STREET_ACCEPTOR, "101")
    assert set(who_may_take(case)) == {first, second}
    handed = hand_over(case, by=first, version=case.version, to=second, words="材料已齐，请受理。")
    assert handed.owner == second
    event = Event.objects.order_by("-pk").first()
    assert event is not None and (event.act, event.to_state, bool(event.words)) == ("hand-over", "", True)


def test_to_whom_and_why_is_checked(district: District) -> None:
    case = cases.submitted(district)
    by = district.officer(Role.STREET_ACCEPTOR, "101")
    gone = colleague(Role.STREET_ACCEPTOR, "101")
    dismiss(gone, by=SETUP, version=gone.version)
    wrong = [
        gone,
        district.officer(Role.STREET_ACCEPTOR, "102"),
        district.officer(Role.STREET_REVIEWER, "101"),
    ]
    for to in wrong:
        with pytest.raises(Invalid) as refused:
            hand_over(case, by=by, version=case.version, to=to, words="请接办")
        assert "to" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        hand_over(
            case, by=by, version=case.version, to=colleague(Role.STREET_ACCEPTOR, "101", "b"), words=" "
        )
    assert "words" in refused.value.fields


def test_who_acted_at_another_level_is_no_heir(district: District) -> None:
    both = colleague(Role.COMMUNITY_EXAMINER, "10101")
    appoint(both, role=Role.STREET_REVIEWER, area="101", from_date=SINCE, by=SETUP)
    district.officers = {(Role.COMMUNITY_EXAMINER, "10101"): both, **district.officers}
    district.officers[Role.COMMUNITY_EXAMINER, "10101"] = both
    case = cases.examined(district)
    assert both not in who_may_take(case)
    with pytest.raises(NotAllowed):
        take(case, by=both, version=case.version)


def test_to_take_a_case_is_no_deed_against_four_eyes(district: District) -> None:
    both = colleague(Role.STREET_REVIEWER, "101")
    appoint(both, role=Role.DISTRICT_APPROVER, area="000", from_date=SINCE, by=SETUP)
    case = cases.ready_for_review(district)
    case = take(case, by=both, version=case.version)
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    review(case, by=reviewer, version=case.version, recommended=True, words="建议予以确认。")
    cases.closed(district, cases.posted(district, cases.published(district)))
    case = cases.fresh(case)
    assert approve(case, by=both, version=case.version).state == "approved"


def test_nobody_has_an_ended_case(district: District) -> None:
    case = cases.approved(district)
    cases.announced(district)
    case = cases.fresh(case)
    assert roles_at(case) == set()
    with pytest.raises(WrongState):
        take(case, by=district.officer(Role.DISTRICT_ANNOUNCER), version=case.version)
