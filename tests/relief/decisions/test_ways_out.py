"""Ways off the straight road, each row with its clause: withdraw, end, complain, return from every level."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from relief.applications.models import Application
from relief.applications.states import State
from relief.applications.withdraw import withdraw
from relief.decisions.blockers import why_not
from relief.decisions.complaint import register_complaint
from relief.decisions.decide import approve, return_for_correction
from relief.decisions.models import Opinion
from relief.decisions.terminate import terminate
from relief.errors import Invalid, NotAllowed, Refused, WrongState
from relief.officers.models import Role
from relief.trail import clock
from relief.trail.models import Event
from tests.factories import cases
from tests.factories.district import District, make_district

pytestmark = pytest.mark.django_db
WORDS = "申请人于三月二日递交书面声明。"
DAY = date(2026, 3, 2)


@pytest.fixture
def district() -> District:
    with clock.moved_to(clock.at(DAY)):
        yield make_district()


def in_publicity(district: District) -> Application:
    case = cases.reviewed(district)
    cases.published(district)
    return cases.fresh(case)


def not_recommended(district: District) -> Application:
    from relief.decisions.decide import review

    case = cases.ready_for_review(district)
    by = district.officer(Role.STREET_REVIEWER, "101")
    against = {"recommended": False, "words": WORDS, "reason": "property-above-limit"}
    return review(case, by=by, version=case.version, **against)


STAGES: dict[State, Callable[[District], Application]] = {
    State.DRAFT: cases.draft,
    State.SUBMITTED: cases.submitted,
    State.ACCEPTED: cases.accepted,
    State.EXAMINED: cases.examined,
    State.REVIEWED: cases.reviewed,
    State.IN_PUBLICITY: in_publicity,
    State.CLEARED: cases.cleared,
    State.APPROVED: cases.approved,
}
BEFORE_THE_DECISION = set(STAGES) - {State.APPROVED}
IN_WORK = BEFORE_THE_DECISION - {State.DRAFT, State.SUBMITTED}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("role", [Role.COMMUNITY_CLERK, Role.STREET_ACCEPTOR, Role.STREET_REVIEWER])
def test_the_applicant_withdraws_before_the_decision(district, stage, role):
    """57号 art 4: the procedure runs on application; the statement is noted at either counter."""
    case = STAGES[stage](district)
    by = district.officer(role, "101")
    if stage not in BEFORE_THE_DECISION or role == Role.STREET_REVIEWER:
        with pytest.raises(WrongState if stage not in BEFORE_THE_DECISION else NotAllowed):
            withdraw(case, by=by, version=case.version, words=WORDS)
        assert cases.fresh(case).version == case.version
        return
    ended = withdraw(case, by=by, version=case.version, words=WORDS)
    assert (ended.state, ended.due_on) == (State.WITHDRAWN, None)
    event = Event.objects.get(act="withdraw")
    assert (event.from_state, event.clause, event.reason) == (stage, "57-4", "applicant")
    assert WORDS.encode() not in bytes(event.words)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("role", [Role.STREET_REVIEWER, Role.DISTRICT_APPROVER])
def test_a_case_ends_for_want_of_co_operation(district, stage, role):
    """57号 art 29: street or district may end the procedure, with the reason in writing."""
    case = STAGES[stage](district)
    by = district.officer(role)
    options = {"by": by, "version": case.version, "reason": "refuses-survey", "words": WORDS}
    if stage not in IN_WORK:
        with pytest.raises(WrongState):
            terminate(case, **options)
        return
    assert terminate(case, **options).state == State.TERMINATED
    said = Opinion.objects.order_by("-pk")[0]
    assert (said.act, said.favourable, said.reason) == ("terminate", False, "refuses-survey")
    assert said.level == role.value.partition("-")[0]


@pytest.mark.parametrize(("reason", "words"), [("dislike", WORDS), ("", WORDS), ("refuses-papers", "  ")])
def test_an_end_without_a_written_reason_is_none(district, reason, words):
    case = cases.accepted(district)
    by = district.officer(Role.STREET_REVIEWER, "101")
    with pytest.raises(Invalid):
        terminate(case, by=by, version=case.version, reason=reason, words=words)
    assert cases.fresh(case).version == case.version


def test_a_complaint_blocks_the_approval_until_the_districts_visit(district):
    """57号 art 20: complaints in the confirmation stage; a visit before the complaint doesn't answer it."""
    approver, checker = district.officer(Role.DISTRICT_APPROVER), district.officer(Role.DISTRICT_CHECKER)
    case = cases.cleared(district)
    with clock.moved_to(clock.at(date(2026, 3, 10))):
        case = cases.visited(district, case, Role.DISTRICT_CHECKER)
    with clock.moved_to(clock.at(date(2026, 3, 11))):
        due = case.due_on
        case = register_complaint(
            case, by=checker, version=case.version, received_on=date(2026, 3, 11), words=WORDS
        )
        assert (case.state, case.due_on) == (State.CLEARED, due)
        assert (case.complaint_registered, case.complaint_on) == (True, date(2026, 3, 11))
        assert [reason.code for reason in why_not(case, "approve", approver)] == ["district-visit"]
        assert why_not(case, "refuse", approver) == []
        case = cases.visited(district, case, Role.DISTRICT_CHECKER)
        assert why_not(case, "approve", approver) == []
    with clock.moved_to(clock.at(date(2026, 3, 12))):  # a second complaint asks for another visit
        street = district.officer(Role.STREET_ACCEPTOR, "101")
        case = register_complaint(
            case, by=street, version=case.version, received_on=date(2026, 3, 12), words=WORDS
        )
        with pytest.raises(Refused):
            approve(case, by=approver, version=case.version)
        case = cases.visited(district, case, Role.DISTRICT_CHECKER)
        assert approve(case, by=approver, version=case.version).state == State.APPROVED
    event = Event.objects.filter(act="complain")[0]
    assert (event.clause, WORDS.encode() in bytes(event.words)) == ("57-20", False)


@pytest.mark.parametrize(
    ("days", "words", "field"),
    [(1, WORDS, "received_on"), (-1, WORDS, "received_on"), (0, " ", "words")],
)
def test_a_complaint_that_can_not_be(district, days, words, field):
    case = cases.cleared(district)
    with clock.moved_to(clock.at(case.forwarded_on)), pytest.raises(Invalid) as refused:
        register_complaint(
            case,
            by=district.officer(Role.DISTRICT_CHECKER),
            version=case.version,
            received_on=case.forwarded_on + timedelta(days=days),
            words=words,
        )
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("stage", STAGES)
def test_a_complaint_belongs_to_the_confirmation_stage(district, stage):
    """57号 art 20; earlier it is an objection (art 19), later it is the award's matter (art 37)."""
    case = STAGES[stage](district)
    assert (case.road.step("complain", case.state) is not None) == (stage == State.CLEARED)


@pytest.mark.parametrize(
    ("make", "role"),
    [
        (cases.examined, Role.STREET_REVIEWER),  # 57号 art 16: the street visits and finds gaps
        (cases.reviewed, Role.STREET_REVIEWER),
        (cases.cleared, Role.DISTRICT_APPROVER),  # art 20: the district examines
        (not_recommended, Role.DISTRICT_APPROVER),
    ],
)
def test_a_return_begins_the_survey_anew(district, make, role):
    case = make(district)
    by = district.officer(role)
    with clock.moved_to(clock.at(date(2026, 3, 12))):
        case = return_for_correction(case, by=by, version=case.version, words=WORDS)
        gone = ("recommended", "income_per_head", "proposed_persons", "proposed_amount", "proposed_top_up",
                "forwarded_on", "reinvestigation_from", "spot_check")  # fmt: skip
        assert {name: getattr(case, name) for name in gone} == dict.fromkeys(gone)
        assert (case.state, case.survey_from) == (State.ACCEPTED, date(2026, 3, 12))
        assert case.due_on == date(2026, 3, 17)  # 3 working days to start the survey, art 15


def test_a_returned_case_keeps_its_complaint(district):
    """57号 art 20: the district visits; a visit before the new survey doesn't count."""
    approver = district.officer(Role.DISTRICT_APPROVER)
    case = cases.cleared(district)
    with clock.moved_to(clock.at(date(2026, 3, 11))):
        case = register_complaint(
            case, by=approver, version=case.version, received_on=date(2026, 3, 11), words=WORDS
        )
        case = return_for_correction(case, by=approver, version=case.version, words=WORDS)
    assert (case.complaint_registered, case.complaint_on) == (True, date(2026, 3, 11))
