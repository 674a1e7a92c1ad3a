"""What an answer does, kind by kind; what speaks of staff; turning to the district once."""

from datetime import date, timedelta

import pytest

from relief.decisions.decide import approve
from relief.errors import Blocked, Invalid, NotAllowed, WrongState
from relief.officers.authority import appointments_of
from relief.officers.models import Role
from relief.publicity.escalate import answer_escalation, escalate
from relief.publicity.look_up import status_for_respondent
from relief.publicity.models import Response
from relief.publicity.read_responses import open_respondent, read_responses
from relief.publicity.receive import WEB
from relief.trail.models import Access, Event
from relief.trail.verify import differences
from tests.factories import cases, stages
from tests.factories.district import District
from tests.factories.objections import in_publicity, opined, reviewed_by_neighbours
from tests.factories.responses import WORDS, answered, told
from tests.factories.stages import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    return stages.ground()


@pytest.fixture
def shown(district):
    with stages.on(DAY):
        return in_publicity(district)


def test_left_out_opens_a_lead_and_never_blocks(district, shown):
    public_list, (case, other) = shown
    with stages.on(DAY):
        response = told(public_list, "left-out").response
        lead, elsewhere = cases.accepted(district, "10102"), case
        with pytest.raises(Invalid):
            answered(district, response, lead_case=elsewhere)
        done = answered(district, response, lead_case=lead, reason_class="case-opened")
    assert (done.state, done.lead_case, done.answered_on) == ("upheld", lead, DAY)
    assert {cases.fresh(one).state for one in (case, other)} == {"in-publicity"}
    event = Event.objects.get(act="answer-response")
    assert (event.subject_kind, event.reason, event.area) == ("response", "case-opened", "10102")


@pytest.mark.parametrize(("upheld", "reason"), [(True, "safety"), (False, "law-asks")])
def test_a_name_is_withheld_by_the_district_with_a_reason(district, shown, upheld, reason):
    public_list, (case, _other) = shown
    with stages.on(DAY):
        response = told(public_list, "withhold-name").response
        decides = {"role": Role.DISTRICT_APPROVER, "area": "000", "upheld": upheld}
        with pytest.raises(NotAllowed):
            answered(district, response, role=Role.STREET_REVIEWER, area="101", upheld=upheld)
        with pytest.raises(Invalid):
            answered(district, response, **decides)
        before = cases.fresh(case)
        answered(district, response, reason_class=reason, **decides)
        after = cases.fresh(case)
    assert bool(after.name_withheld) is upheld
    assert after.version - before.version == int(upheld)
    assert after.history.first().name_withheld == after.name_withheld
    assert Event.objects.filter(act="withhold-name").count() == int(upheld)
    assert list(differences()) == []


def test_an_objection_about_staff_is_the_districts_alone(district, shown):
    public_list, (case, _other) = shown
    reviewer, checker = (
        district.officer(Role.STREET_REVIEWER, "101"),
        district.officer(Role.DISTRICT_CHECKER, "000"),
    )
    with stages.on(DAY):
        ordinary = told(public_list, "not-eligible", name="吴明").response
        response = told(public_list, "not-eligible", about_staff=True).response
        reviewed_by_neighbours(district, case)
        case = opined(district, case, recommended=True)
        assert Response.objects.get(pk=ordinary.pk).state == "rejected"
        assert Response.objects.get(pk=response.pk).state == "open"
        seen = read_responses(case, by=reviewer, held=appointments_of(reviewer))
        assert [one.words for one in seen] == ["", WORDS]
        seen = read_responses(case, by=checker, held=appointments_of(checker))
        assert [one.words for one in seen] == [WORDS, WORDS]
        with pytest.raises(NotAllowed):
            open_respondent(response, by=reviewer, purpose="show-respondent:ask")
    with stages.on(DAY + timedelta(days=7)):
        public_list.refresh_from_db()
        cases.closed(district, public_list)
        case = cases.fresh(case)
        approver = district.officer(Role.DISTRICT_APPROVER)
        with pytest.raises(Blocked) as refused:
            approve(case, by=approver, version=case.version)
        assert {reason.code for reason in refused.value.reasons} == {"district-visit", "open-complaint"}
        answered(district, response, upheld=False, role=Role.DISTRICT_CHECKER, area="000")
        with pytest.raises(Blocked) as refused:
            approve(case, by=approver, version=case.version)
        assert {reason.code for reason in refused.value.reasons} == {"district-visit"}


@pytest.mark.parametrize(
    ("day", "first", "allowed"),
    [
        (DAY, None, "not-due"),
        (date(2026, 3, 9), None, "not-due"),  # the last day itself
        (date(2026, 3, 10), None, None),  # late
        (DAY, False, None),
        (DAY, True, None),
    ],
)
def test_turning_to_the_district_once(district, shown, day, first, allowed):
    public_list, _cases = shown
    with stages.on(DAY):
        response = told(public_list, "wrong-data").response
        if first is not None:
            response = answered(district, response, upheld=first)
    with stages.on(day):
        if allowed is not None:
            with pytest.raises(WrongState) as refused:
                escalate(response, by=WEB, words="不认可")
            assert [reason.code for reason in refused.value.reasons] == [allowed]
            return
        response = escalate(response, by=WEB, words="不认可")
        assert response.escalation_due_on > day
        with pytest.raises(WrongState):
            escalate(response, by=WEB, words="再次")
        with pytest.raises(WrongState):
            answered(district, response)
        with pytest.raises(NotAllowed):
            answer_escalation(
                response,
                by=district.officer(Role.STREET_REVIEWER, "101"),
                version=response.version,
                upheld=True,
                words="可以",
            )
        done = answer_escalation(
            response,
            by=district.officer(Role.DISTRICT_CHECKER, "000"),
            version=response.version,
            upheld=True,
            words="应予更正。",
        )
        status = status_for_respondent(done, WEB)
    assert (done.state, done.escalation_upheld) == ("upheld", True)
    assert (status.escalation_answer, status.may_escalate) == ("应予更正。", False)
    assert Access.objects.filter(purpose="look-up-response").exists()
    assert list(differences()) == []


def test_what_the_district_answers_goes_no_higher(district, shown):
    public_list, _cases = shown
    with stages.on(DAY):
        response = told(public_list, "withhold-name").response
    with stages.on(DAY + timedelta(days=30)), pytest.raises(WrongState) as refused:
        escalate(response, by=WEB, words="不认可")
    assert [reason.code for reason in refused.value.reasons] == ["district-answers"]
