"""Objections (57号 art 19): who may object, when, how often; the list runs on; taking one back."""

from datetime import date, timedelta

import pytest

from relief.confidential.models import BlindIndex
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.ledger.models import Publication
from relief.officers.models import Role
from relief.publicity.models import Response
from relief.publicity.respond import object_to, withdraw_objection
from relief.trail.models import Event, Refusal
from relief.trail.verify import differences
from tests.factories import cases, stages
from tests.factories.district import District
from tests.factories.objections import WORDS, closed_by_day, in_publicity, objected
from tests.factories.stages import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    return stages.ground()


@pytest.fixture
def shown(district):
    with stages.on(DAY):
        return in_publicity(district)


def withdrawn(district, response, **given):
    response = Response.objects.get(pk=response.pk)
    by = district.officer(Role.STREET_ACCEPTOR, "101")
    return withdraw_objection(response, by=by, version=response.version, **given)


def test_an_objection_stops_this_case_and_the_list_runs_on(district, shown):
    public_list, (case, other) = shown
    with stages.on(DAY + timedelta(days=2)):
        response = objected(district, case)
    case, other = cases.fresh(case), cases.fresh(other)
    assert (case.state, case.reinvestigation_from) == ("under-reinvestigation", DAY + timedelta(days=2))
    assert case.due_standard == "days.reinvestigate"
    assert (other.state, other.reinvestigation_from) == ("in-publicity", None)
    public_list.refresh_from_db()
    assert public_list.state == "running"
    assert response.number == "fy-101-2026-00001"
    assert (response.named, response.state, response.received_on) == (True, "open", DAY + timedelta(days=2))
    event = Event.objects.get(act="object")
    assert (event.clause, event.reason, event.from_state) == ("57-19", "counter", "in-publicity")
    assert Publication.objects.order_by("-seq")[0].kind == "response"
    assert list(differences()) == []


def test_who_objects_is_sealed(district, shown):
    _list, (case, _other) = shown
    with stages.on(DAY):
        response = objected(district, case)
    assert [str(value) for value in (response.respondent, response.contact, response.words)] == ["●●●"] * 3
    assert BlindIndex.objects.filter(subject=f"response:{response.code}", purpose="respondent").count() == 2
    with stages.on(DAY):
        anonymous = objected(district, case, name="", contact="138 0000 1111")
    assert (anonymous.named, anonymous.respondent, anonymous.contact) == (False, None, None)
    assert not BlindIndex.objects.filter(subject=f"response:{anonymous.code}", purpose="respondent").exists()


def test_further_persons_may_object_to_the_same_case(district, shown):
    _list, (case, other) = shown
    with stages.on(DAY):
        objected(district, case)
    with stages.on(DAY + timedelta(days=1)):
        objected(district, case, name="吴明", channel="letter")
        objected(district, case, name="")
        objected(district, case, name="")  # nobody knows whether it is the same person
        objected(district, other)
    assert Response.objects.count() == 5
    assert cases.fresh(case).reinvestigation_from == DAY  # the first one counts


@pytest.mark.parametrize(
    ("second", "refused", "code"),
    [
        ({}, Blocked, "objected-already"),
        ({"name": " 周 正 ", "contact": "138-0000-1111"}, Blocked, "objected-already"),
        ({"contact": "139 0000 2222"}, Invalid, "same-name"),
        ({"contact": "139 0000 2222", "namesake": True}, None, ""),
        ({"namesake": True}, Blocked, "objected-already"),  # same contact: no other person
    ],
)
def test_a_person_objects_to_a_case_once(district, shown, second, refused, code):
    _list, (case, _other) = shown
    with stages.on(DAY):
        objected(district, case)
        if refused is None:
            objected(district, case, **second)
            return
        with pytest.raises(refused) as answer:
            objected(district, case, **second)
    assert [reason.code for reason in answer.value.reasons] == [code]
    assert Response.objects.count() == 1
    assert Refusal.objects.get().act == "object"


def test_who_took_an_objection_back_does_not_object_again(district, shown):
    _list, (case, _other) = shown
    with stages.on(DAY):
        withdrawn(district, objected(district, case))
        with pytest.raises(Blocked):
            objected(district, case)


@pytest.mark.parametrize(
    ("day", "accepted"),
    [
        (DAY, True),  # day 1
        (DAY + timedelta(days=6), True),  # day 7, the last
        (DAY + timedelta(days=7), False),  # nobody has closed the list yet
    ],
)
def test_the_day_decides_not_the_closing(district, shown, day, accepted):
    _list, (case, _other) = shown
    with stages.on(day, hour=23):
        if accepted:
            assert objected(district, case).state == "open"
            return
        with pytest.raises(WrongState) as refused:
            objected(district, case)
    assert [reason.code for reason in refused.value.reasons] == ["period-over"]


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (stages.waiting, None),  # public already, the boards are missing: objections count
        (stages.closed, "period-over"),
        (stages.announced, "period-over"),
        (stages.withdrawn, "list-withdrawn"),
    ],
)
def test_objections_at_every_stage_of_a_list(district, stage, code):
    made = stage(district)
    case = cases.Application.objects.order_by("pk")[0]
    with stages.on(made.day):
        if code is None:
            assert objected(district, case).state == "open"
            return
        with pytest.raises(WrongState) as refused:
            objected(district, case)
    assert [reason.code for reason in refused.value.reasons] == [code]


def test_a_case_on_no_list_has_nothing_to_object_to(district):
    with stages.on(DAY):
        case = cases.accepted(district)
        with pytest.raises(WrongState) as refused:
            objected(district, case)
    assert [reason.code for reason in refused.value.reasons] == ["no-list"]


@pytest.mark.parametrize(
    ("role", "area", "allowed"),
    [
        (Role.COMMUNITY_CLERK, "10101", True),
        (Role.STREET_ACCEPTOR, "101", True),
        (Role.STREET_PUBLISHER, "101", True),
        (Role.DISTRICT_CHECKER, "000", True),
        (Role.COMMUNITY_CLERK, "10102", False),
        (Role.STREET_ACCEPTOR, "102", False),
        (Role.STREET_REVIEWER, "101", False),
        (Role.DISTRICT_APPROVER, "000", False),
        (Role.AUDITOR, "000", False),
    ],
)
def test_who_takes_an_objection_down(district, role, area, allowed):
    with stages.on(DAY):
        _list, (case, _other) = in_publicity(district)
        officer = district.officer(role, area)
        if allowed and role == Role.DISTRICT_CHECKER or role != Role.DISTRICT_CHECKER:
            try:
                response = objected(district, case, by=officer)
            except NotAllowed:
                assert not allowed
            else:
                assert allowed
                assert response.state == "open"


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"words": "  "}, "words", "required"),
        ({"words": "字" * 2001}, "words", "too-long"),
        ({"words": "\ud800"}, "words", "unwritable"),
        ({"channel": "pigeon"}, "channel", "choice"),
        ({"contact": ""}, "contact", "required"),
        ({"name": "周" * 41}, "name", "too-long"),
        ({"name": "周\x00正"}, "name", "unwritable"),
        ({"contact": "1" * 81}, "contact", "too-long"),
    ],
)
def test_bad_input_is_answered_by_field(district, shown, given, field, code):
    _list, (case, _other) = shown
    with stages.on(DAY), pytest.raises(Invalid) as refused:
        objected(district, case, **given)
    assert {name: [reason.code for reason in why] for name, why in refused.value.fields.items()} == {
        field: [code]
    }
    assert cases.fresh(case).state == "in-publicity"


def test_two_clerks_at_once_give_one_objection(district, shown):
    _list, (case, _other) = shown
    clerk = district.officer(Role.COMMUNITY_CLERK, "10101")
    with stages.on(DAY):
        objected(district, case)
        with pytest.raises(Stale):
            object_to(case, by=clerk, version=case.version, channel="letter", words=WORDS)


def test_with_the_last_objection_taken_back_publicity_goes_on(district, shown):
    public_list, (case, _other) = shown
    with stages.on(DAY):
        first, second = objected(district, case), objected(district, case, name="")
        assert withdrawn(district, first, words="弄错了人").state == "withdrawn"
        assert cases.fresh(case).state == "under-reinvestigation"
        withdrawn(district, second)
        assert (cases.fresh(case).state, cases.fresh(case).due_on) == ("in-publicity", None)
    with stages.on(DAY + timedelta(days=7)):
        closed_by_day(district, public_list)
    assert cases.fresh(case).state == "cleared"
    assert list(differences()) == []


def test_taken_back_after_the_list_closed_the_case_follows_it(district, shown):
    public_list, (case, _other) = shown
    with stages.on(DAY):
        response = objected(district, case)
    with stages.on(DAY + timedelta(days=7)):
        closed_by_day(district, public_list)
        assert cases.fresh(case).state == "under-reinvestigation"
    later = DAY + timedelta(days=9)
    with stages.on(later):
        withdrawn(district, response)
        with pytest.raises(WrongState):
            withdrawn(district, response)
    case = cases.fresh(case)
    assert (case.state, case.forwarded_on, case.due_standard) == ("cleared", later, "days.confirm")


def test_numbers_count_by_street_and_year(district):
    with stages.on(date(2025, 12, 29)):
        _list, (case, other) = in_publicity(district)
        assert objected(district, case).number == "fy-101-2025-00001"
        assert objected(district, other).number == "fy-101-2025-00002"
    with stages.on(date(2026, 1, 2)):
        assert objected(district, other, name="吴明").number == "fy-101-2026-00001"
