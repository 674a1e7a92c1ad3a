"""Democratic review and new opinion after an objection (57号 art 19)."""

from datetime import date, timedelta

import pytest

from relief.confidential.vault import open_columns
from relief.decisions.blockers import blockers, why_not
from relief.decisions.models import DemocraticReview, Opinion
from relief.decisions.new_opinion import new_opinion
from relief.decisions.visit import record_visit
from relief.errors import Blocked, Invalid, NotAllowed, WrongState
from relief.officers.models import Role
from relief.publicity.models import Response, Retraction
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause
from relief.trail.models import Event
from relief.trail.verify import differences
from tests.factories import cases, stages
from tests.factories.district import District
from tests.factories.objections import closed_by_day, in_publicity, objected, opined, reviewed_by_neighbours
from tests.factories.stages import DAY

pytestmark = pytest.mark.django_db
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def district() -> District:
    return stages.ground()


@pytest.fixture
def objection(district):
    """(list, case under re-investigation since day 2)."""
    with stages.on(DAY):
        public_list, (case, _other) = in_publicity(district)
    with stages.on(NEXT):
        objected(district, case)
    return public_list, cases.fresh(case)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"held_on": date(2026, 3, 4)}, "held_on", "future-day"),
        ({"held_on": DAY}, "held_on", "before-survey"),  # before the objection
        ({"participants": 0}, "participants", "out-of-range"),
        ({"participants": 6, "representatives": 7}, "representatives", "out-of-range"),
        ({"participants": 10, "representatives": 6}, "representatives", "two-thirds"),  # 60 %
        ({"votes_for": 8, "votes_against": 2}, "votes_for", "votes"),
        ({"votes_for": -1}, "votes_for", "votes"),
        ({"votes_for": 0, "votes_against": 0}, "votes_for", "votes"),
        ({"minutes": " "}, "minutes", "required"),
        ({"minutes": "字" * 2001}, "minutes", "too-long"),
        ({"minutes": "\x00"}, "minutes", "unwritable"),
    ],
)
def test_a_meeting_that_does_not_count(district, objection, given, field, code):
    with stages.on(NEXT), pytest.raises(Invalid) as refused:
        reviewed_by_neighbours(district, objection[1], **given)
    assert [reason.code for reason in refused.value.fields[field]] == [code]
    assert not DemocraticReview.objects.exists()


@pytest.mark.parametrize(("participants", "representatives"), [(1, 1), (3, 2), (9, 6), (10, 7)])
def test_two_thirds_are_enough(district, objection, participants, representatives):
    with stages.on(NEXT):
        votes = {"votes_for": participants, "votes_against": 0}
        case = reviewed_by_neighbours(
            district, objection[1], participants=participants, representatives=representatives, **votes
        )
    assert case.state == "under-reinvestigation"
    assert Event.objects.get(act="democratic-review").clause == "57-19"


def test_nobody_votes_on_a_case_that_nobody_objected_to(district):
    with stages.on(DAY), pytest.raises(WrongState):
        reviewed_by_neighbours(district, cases.accepted(district))


@pytest.mark.parametrize("act", ["new-opinion", "new-opinion-against"])
def test_an_opinion_needs_a_fresh_look(district, objection, act):
    """A re-investigation or a democratic review, since the objection."""
    _list, case = objection
    with stages.on(NEXT):
        assert [reason.code for reason in blockers(case, act)] == ["not-reinvestigated"]
        visited = cases.visited(district, case, Role.STREET_REVIEWER)
        assert blockers(visited, act) == []


def test_a_visit_before_the_objection_is_none(district, objection):
    _list, case = objection
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    with stages.on(NEXT), pytest.raises(Invalid) as refused:
        record_visit(
            case,
            by=reviewer,
            version=case.version,
            visited_on=DAY,
            visitors=["张三", "李四"],
            member_present=case.applicant,
            all_signed=True,
            findings="看过。",
        )
    assert [reason.code for reason in refused.value.fields["visited_on"]] == ["before-survey"]


@pytest.mark.parametrize("look", ["visit", "review"])
def test_recommended_again_the_days_left_run(district, objection, look):
    public_list, case = objection
    with stages.on(NEXT):
        if look == "visit":
            cases.visited(district, case, Role.STREET_REVIEWER)
        else:
            reviewed_by_neighbours(district, case)
        case = opined(district, case, recommended=True)
    assert (case.state, case.recommended, case.forwarded_on) == ("in-publicity", True, None)
    response = Response.objects.get()
    assert (response.state, response.answered_on) == ("rejected", NEXT)
    told = open_columns(response, ["answer"], by=district.officer(Role.DISTRICT_CHECKER), purpose="test")
    assert told == {"answer": "经再次入户调查核实。"}
    with stages.on(DAY + timedelta(days=7)):
        closed_by_day(district, public_list)
    assert cases.fresh(case).state == "cleared"
    assert list(differences()) == []


def test_recommended_after_the_list_closed_it_is_forwarded_at_once(district, objection):
    public_list, case = objection
    with stages.on(DAY + timedelta(days=7)):
        closed_by_day(district, public_list)
    later = DAY + timedelta(days=8)
    with stages.on(later):
        cases.visited(district, cases.fresh(case), Role.STREET_REVIEWER)
        case = opined(district, case, recommended=True)
    assert (case.state, case.forwarded_on, case.due_standard) == ("cleared", later, "days.confirm")


def test_not_recommended_the_district_refuses_or_returns_only(district, objection):
    _list, case = objection
    with stages.on(NEXT):
        reviewed_by_neighbours(district, case)
        case = opined(district, case, recommended=False)
        approver = district.officer(Role.DISTRICT_APPROVER)
        assert [reason.code for reason in why_not(case, "approve", approver)] == ["not-recommended"]
        assert why_not(case, "refuse", approver) == []
    assert (case.state, case.recommended, case.proposed_amount) == ("cleared", False, None)
    assert case.forwarded_on == NEXT
    assert Response.objects.get().state == "upheld"
    opinion = Opinion.objects.order_by("-pk")[0]
    assert (opinion.level, opinion.act, opinion.favourable) == ("street", "new-opinion-against", False)
    assert opinion.reason == "property-above-limit"


def test_where_the_bureau_asks_it_the_case_goes_on_a_new_list(district, objection):
    """The switch `publicity.again-after-objection` (57号 is silent; other rules ask it)."""
    _list, case = objection
    enter_standard(
        "publicity.again-after-objection",
        kind="switch",
        value="yes",
        from_date=DAY,
        clause=Clause.objects.get(key="local"),
    )
    with stages.on(NEXT):
        reviewed_by_neighbours(district, case)
        case = opined(district, case, recommended=True)
        assert (case.state, case.due_standard) == ("reviewed", "days.publish")
        assert Response.objects.get().state == "rejected"
        assert Retraction.objects.get().reason == "new-opinion"
        again = cases.published(district, batch="2026-02")
    assert again.entry_count == 1
    assert list(differences()) == []


def test_another_amount_than_the_public_saw_needs_a_new_survey(district, objection):
    _list, case = objection
    enter_standard(
        "guarantee.standard",
        kind="money",
        value="1100",
        from_date=NEXT,
        clause=Clause.objects.get(key="local"),
    )
    with stages.on(NEXT):
        reviewed_by_neighbours(district, case)
        with pytest.raises(Blocked) as refused:
            opined(district, case, recommended=True)
    assert [reason.code for reason in refused.value.reasons] == ["other-amount"]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"words": ""}, "words"), ({"answer": ""}, "answer"), ({"reason": "dislike"}, "reason")],
)
def test_an_opinion_is_said_in_words(district, objection, given, field):
    with stages.on(NEXT):
        reviewed_by_neighbours(district, objection[1])
        with pytest.raises(Invalid) as refused:
            opined(district, objection[1], recommended=False, **given)
    assert set(refused.value.fields) == {field}
    assert Response.objects.get().state == "open"


def test_further_persons_object_after_the_new_opinion(district, objection):
    _list, case = objection
    with stages.on(NEXT):
        reviewed_by_neighbours(district, case)
        opined(district, case, recommended=True)
    later = DAY + timedelta(days=3)
    with stages.on(later):
        objected(district, case, name="吴明")
        case = cases.fresh(case)
        assert (case.state, case.reinvestigation_from) == ("under-reinvestigation", later)
        assert [reason.code for reason in blockers(case, "new-opinion")] == ["not-reinvestigated"]


def test_only_the_street_gives_a_new_opinion(district, objection):
    with stages.on(NEXT):
        case = reviewed_by_neighbours(district, objection[1])
        for role in (Role.COMMUNITY_EXAMINER, Role.DISTRICT_APPROVER, Role.STREET_PUBLISHER):
            reasons = why_not(case, "new-opinion", district.officer(role))
            assert [reason.code for reason in reasons] == ["not-your-role"], role
    with pytest.raises(NotAllowed):
        new_opinion(
            case,
            by=district.officer(Role.STREET_REVIEWER, "102"),
            version=case.version,
            recommended=True,
            words="好",
            answer="好",
        )
