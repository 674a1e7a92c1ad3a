"""Confirmation delegated to a street (57号 art 2): a dated setting, walked from the draft to the end."""

from datetime import date

import pytest

from relief.applications.models import Application
from relief.applications.road_57 import ROAD_57, ROAD_57_DELEGATED
from relief.applications.roads import road_for
from relief.decisions.blockers import why_not
from relief.decisions.complaint import register_complaint
from relief.decisions.decide import approve, refuse, return_for_correction, review
from relief.decisions.models import Opinion
from relief.decisions.work import work_queue
from relief.errors import Blocked, NotAllowed
from relief.officers.appoint import appoint
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from tests.factories import cases
from tests.factories.district import SINCE, District, make_district

pytestmark = pytest.mark.django_db
WORDS = "经审核，符合条件。"


@pytest.fixture
def district() -> District:
    """Street 101 confirms by itself from 1 February to 30 April 2026."""
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        found = make_district()
        clause = Clause.objects.get(key="57-2")
        for since, streets in ((date(2026, 2, 1), "101"), (date(2026, 5, 1), "none")):
            enter_standard(
                "confirmation.delegated", kind=Kind.LIST, value=streets, from_date=since, clause=clause
            )
        yield found


def codes(case: Application, act: str, by) -> list[str]:
    return [reason.code for reason in why_not(case, act, by)]


def test_the_street_confirms_and_the_district_announces(district):
    case = cases.cleared(district)
    assert (case.road_key, case.road.limit) == ("57-delegated", "days.whole-case-delegated")
    assert case.limit_on == date(2026, 3, 30)  # 20 working days from 2 March, 57号 art 22
    approver = district.officer(Role.STREET_APPROVER, "101")
    assert list(work_queue(approver, "todo")) == [case]
    assert codes(case, "approve", district.officer(Role.DISTRICT_APPROVER)) == ["not-your-role"]
    assert codes(case, "approve", district.officer(Role.STREET_APPROVER, "102")) == ["foreign-area"]
    approved = approve(case, by=approver, version=case.version, words=WORDS)
    assert (approved.state, approved.decided_amount) == ("approved", case.proposed_amount)
    assert Opinion.objects.order_by("-pk")[0].level == "street"
    announced = cases.announced(district)
    assert (announced.entry_count, cases.fresh(case).state) == (1, "announced")


def test_the_street_refuses_or_returns_too(district):
    approver = district.officer(Role.STREET_APPROVER, "101")
    case, other = cases.cleared(district), cases.cleared(district, "10102", batch="2026-02")
    refused = refuse(case, by=approver, version=case.version, reason="untrue-declaration", words=WORDS)
    assert (refused.state, Opinion.objects.order_by("-pk")[0].level) == ("refused", "street")
    returned = return_for_correction(other, by=approver, version=other.version, words=WORDS)
    assert (returned.state, returned.recommended) == ("accepted", None)


@pytest.mark.parametrize("against", [False, True])
def test_the_reviewer_does_not_confirm_what_he_reviewed(district, against):
    """Four eyes within one level: review and confirmation are both the street's (57号 arts 2, 19)."""
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    appoint(reviewer, role=Role.STREET_APPROVER, area="101", from_date=SINCE, by=SETUP)
    if against:
        case = cases.ready_for_review(district)
        said = {"recommended": False, "words": WORDS, "reason": "property-above-limit"}
        case = review(case, by=reviewer, version=case.version, **said)
    else:
        case = cases.cleared(district)
    for act in ("approve", "refuse", "return"):
        assert codes(case, act, reviewer) == ["four-eyes"]
    with pytest.raises(NotAllowed):
        approve(case, by=reviewer, version=case.version)


def test_kin_and_complaints_still_need_the_districts_own_visit(district):
    """57号 arts 11 and 20: the street that confirms doesn't visit in the district's place."""
    approver, checker = district.officer(Role.STREET_APPROVER, "101"), district.officer(Role.DISTRICT_CHECKER)
    kin = cases.cleared(district, kin=True)
    case = cases.cleared(district, "10102", batch="2026-02")
    assert codes(case, "approve", approver) == []
    with clock.moved_to(clock.at(date(2026, 3, 11))):
        case = register_complaint(
            case, by=checker, version=case.version, received_on=date(2026, 3, 11), words=WORDS
        )
        assert set(work_queue(checker, "todo")) == {kin, case}
        for special in (kin, case):
            with pytest.raises(Blocked):
                approve(special, by=approver, version=special.version)
            with pytest.raises(NotAllowed):
                cases.visited(district, special, Role.STREET_REVIEWER)
            special = cases.visited(district, special, Role.DISTRICT_CHECKER)
            assert approve(special, by=approver, version=special.version).state == "approved"
        assert list(work_queue(checker, "todo")) == []


def test_a_case_keeps_the_road_on_which_it_was_opened(district):
    """57号 art 2: the setting's day is the day on which the case was opened."""
    old = cases.accepted(district)
    with clock.moved_to(clock.at(date(2026, 5, 6))):
        new = cases.accepted(district, "10102")
        assert (cases.fresh(old).road, new.road) == (ROAD_57_DELEGATED, ROAD_57)
        assert road_for("guarantee", clock.today(), "101") is ROAD_57
    elsewhere = cases.accepted(district, "10201")
    assert elsewhere.road is ROAD_57
