"""What must be there before an act, each row with its clause; four eyes; opinions; bad words."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from relief.applications.accept import ask_once
from relief.decisions.blockers import blockers, why_not
from relief.decisions.cross_check import record_cross_check
from relief.decisions.decide import approve, examine, refuse, return_for_correction, review
from relief.decisions.models import HomeVisit, Opinion
from relief.decisions.visit import record_visit
from relief.errors import Blocked, Invalid, NotAllowed, WrongState
from relief.officers.appoint import appoint
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.trail import clock
from relief.trail.models import Refusal
from tests.factories import cases
from tests.factories.district import SINCE, District, make_district
from tests.factories.stages import DAY, on

pytestmark = pytest.mark.django_db
WORDS = "情况属实。"


@pytest.fixture
def district() -> Iterator[District]:
    with on(DAY):
        yield make_district()


@pytest.mark.parametrize(
    ("stage", "act", "missing"),
    [
        (cases.draft, "submit", ["income-missing"]),  # 57号 art 4: income is declared
        (cases.accepted, "examine", ["community-visit"]),  # art 16: two visitors, all sign
        (cases.examined, "review", ["street-visit", "cross-check", "income-not-verified"]),  # arts 16–19
        (cases.examined, "advise-against", ["street-visit", "cross-check", "income-not-verified"]),
        (cases.ready_for_review, "review", []),
        (cases.cleared, "approve", []),  # art 21
        (cases.cleared, "refuse", []),
    ],
)
def test_what_is_missing_before_an_act(district, stage, act, missing):
    assert [reason.code for reason in blockers(stage(district), act)] == missing


def test_kin_of_staff_need_the_districts_own_visit(district):
    """57号 arts 11 and 20."""
    case = cases.cleared(district, kin=True)
    approver = district.officer(Role.DISTRICT_APPROVER)
    assert [reason.code for reason in why_not(case, "approve", approver)] == ["district-visit"]
    with pytest.raises(Blocked):
        approve(case, by=approver, version=case.version)
    case = cases.visited(district, case, Role.DISTRICT_APPROVER)
    assert why_not(case, "approve", approver) == []
    assert approve(case, by=approver, version=case.version).state == "approved"


def test_a_case_not_recommended_is_refused_or_returned_only(district):
    case = cases.ready_for_review(district)
    case = review(
        case,
        by=district.officer(Role.STREET_REVIEWER, "101"),
        version=case.version,
        recommended=False,
        words=WORDS,
        reason="property-above-limit",
    )
    assert (case.state, case.recommended, case.proposed_amount) == ("cleared", False, None)
    approver = district.officer(Role.DISTRICT_APPROVER)
    assert [reason.code for reason in why_not(case, "approve", approver)] == ["not-recommended"]
    refused = refuse(
        case, by=approver, version=case.version, reason="property-above-limit", words="房产超过规定。"
    )
    assert refused.state == "refused"
    last = Opinion.objects.order_by("-pk")[0]
    assert (last.level, last.act, last.favourable, last.reason) == (
        "district", "refuse", False, "property-above-limit",
    )  # fmt: skip


def test_income_above_the_standard_is_not_recommended(district):
    case = cases.ready_for_review(district, verified={"wages": "1011"})
    with pytest.raises(Blocked) as refused:
        review(
            case,
            by=district.officer(Role.STREET_REVIEWER, "101"),
            version=case.version,
            recommended=True,
            words=WORDS,
        )
    assert [reason.code for reason in refused.value.reasons] == ["not-eligible"]


def test_after_a_return_the_survey_is_made_anew(district):
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        case = cases.reviewed(district)
    with clock.moved_to(clock.at(date(2026, 3, 4))):
        by = district.officer(Role.STREET_REVIEWER, "101")
        case = return_for_correction(case, by=by, version=case.version, words="请补充材料。")
        assert (case.state, case.recommended, case.proposed_amount) == ("accepted", None, None)
        assert [reason.code for reason in blockers(case, "examine")] == ["community-visit"]


def test_nobody_acts_at_two_levels_of_one_case(district):
    examiner = district.officer(Role.COMMUNITY_EXAMINER, "10101")
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    for role, area in ((Role.STREET_REVIEWER, "101"), (Role.DISTRICT_APPROVER, "000")):
        appoint(examiner, role=role, area=area, from_date=SINCE, by=SETUP)
    for role in (Role.DISTRICT_CHECKER, Role.DISTRICT_APPROVER):
        appoint(reviewer, role=role, area="000", from_date=SINCE, by=SETUP)
    case = cases.visited(district, cases.examined(district), Role.STREET_ACCEPTOR)
    with pytest.raises(NotAllowed):  # examined it, now visits for the street
        visit(case, by=examiner)
    case = cases.ready_for_review(district, "10102")
    with pytest.raises(NotAllowed):  # verified its income, now checks it for the district
        check(case, by=reviewer)
    case = cases.cleared(district)
    for by in (examiner, reviewer):
        for act in ("approve", "refuse", "return"):
            assert [reason.code for reason in why_not(case, act, by)] == ["four-eyes"]
        with pytest.raises(NotAllowed):
            approve(case, by=by, version=case.version)
    assert Refusal.objects.filter(act="approve", kind="not-allowed").count() == 2


def visit(case, **changes):
    facts = {
        "version": case.version,
        "visited_on": clock.today(),
        "visitors": ["甲", "乙"],
        "member_present": case.applicant,
        "all_signed": True,
        "findings": "住房一间。",
    }
    return record_visit(case, **{**facts, **changes})


def check(case, **changes):
    facts = {"version": case.version, "checked_on": clock.today(), "result": "consistent"}
    return record_cross_check(case, **{**facts, **changes})


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"visitors": ["甲"]}, "visitors", "two-visitors"),
        ({"visitors": ["甲", " 甲 "]}, "visitors", "two-visitors"),
        ({"visitors": ["甲", "乙" * 41]}, "visitors", "too-long"),
        ({"visitors": ["甲", "乙\x00"]}, "visitors", "unwritable"),
        ({"visitors": [str(n) for n in range(99)]}, "visitors", "too-long"),
        ({"visited_on": date(2100, 1, 1)}, "visited_on", "future-day"),
        ({"visited_on": date(2000, 1, 1)}, "visited_on", "before-survey"),
        ({"all_signed": False}, "all_signed", "signatures"),
        ({"findings": "  "}, "findings", "required"),
        ({"findings": "长" * 1_000_000}, "findings", "too-long"),
        ({"findings": "半个字\ud800"}, "findings", "unwritable"),
    ],
)
def test_a_visit_that_can_not_be(district, changes, field, code):
    case = cases.accepted(district)
    with pytest.raises(Invalid) as refused:
        visit(case, by=district.officer(Role.COMMUNITY_EXAMINER, "10101"), **changes)
    assert {name: [r.code for r in reasons] for name, reasons in refused.value.fields.items()} == {
        field: [code]
    }
    assert not HomeVisit.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"result": "perhaps"}, "result"),
        ({"result": "mismatch"}, "remarks"),
        ({"remarks": "x\x00"}, "remarks"),
        ({"remarks": "x" * 2001}, "remarks"),
        ({"checked_on": clock.today() + timedelta(days=1)}, "checked_on"),
        ({"checked_on": date(2000, 1, 1)}, "checked_on"),
    ],
)
def test_a_cross_check_that_can_not_be(district, changes, field):
    with pytest.raises(Invalid) as refused:
        check(cases.accepted(district), by=district.officer(Role.DISTRICT_CHECKER), **changes)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("words", ["", "   ", "长" * 2001, "x\x00y", "\udfff"])
def test_words_that_can_not_be_kept(district, words):
    case = cases.submitted(district)
    with pytest.raises(Invalid) as refused:
        ask_once(case, by=district.officer(Role.STREET_ACCEPTOR, "101"), version=case.version, missing=words)
    assert list(refused.value.fields) == ["missing"]
    assert cases.fresh(case).version == case.version


def test_a_ground_must_be_one_of_the_rules(district):
    case = cases.cleared(district)
    with pytest.raises(Invalid):
        refuse(
            case,
            by=district.officer(Role.DISTRICT_APPROVER),
            version=case.version,
            reason="dislike",
            words=WORDS,
        )


def test_an_act_out_of_its_turn(district):
    case = cases.accepted(district)
    by = district.officer(Role.DISTRICT_APPROVER)
    with pytest.raises(WrongState):
        approve(case, by=by, version=case.version)
    with pytest.raises(WrongState):
        visit(cases.draft(district, "10102"), by=district.officer(Role.COMMUNITY_EXAMINER, "10102"))
    with pytest.raises(NotAllowed):
        examine(
            case,
            by=district.officer(Role.COMMUNITY_EXAMINER, "10201"),
            version=case.version,
            favourable=True,
            words=WORDS,
        )
    assert blockers(cases.draft(district, "10201"), "examine")
