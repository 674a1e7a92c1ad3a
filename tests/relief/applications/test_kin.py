"""The kin register (单独登记备案, 57号 art 11): who says it, what it asks for, what the public counts."""

from datetime import date

import pytest

from relief.applications.accept import accept
from relief.applications.kin import REGISTERED_BY, register_kin
from relief.applications.states import State
from relief.applications.submit import submit
from relief.applications.withdraw import withdraw
from relief.confidential.models import BlindIndex, DataKey
from relief.decisions.blockers import why_not
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.households.id_number import make_demo_id
from relief.households.staff_relatives import declare_relative, end_relative
from relief.officers.appoint import dismiss
from relief.officers.models import Officer, Role
from relief.officers.relatives import StaffRelative
from relief.places.set_up import SETUP
from relief.publicity.models import PublicList
from relief.trail import clock
from relief.trail.models import Event
from tests.factories import cases
from tests.factories.district import District, make_district

pytestmark = pytest.mark.django_db
WORDS = "其子在东园社区居民委员会任职。"
NUMBER = make_demo_id(date(1985, 7, 1), 42)


@pytest.fixture
def district() -> District:
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        yield make_district()


@pytest.mark.parametrize(
    ("at_submit", "at_accept", "said_by"),
    [(False, False, None), (True, False, "applicant"), (False, True, "applicant"), (True, True, "applicant")],
)
def test_the_applicant_declares_when_applying_or_at_acceptance(district, at_submit, at_accept, said_by):
    draft = cases.draft(district)
    clerk = district.officer(Role.COMMUNITY_CLERK, "10101")
    income = {"stage": "declared", "persons": 1, "amounts": {"wages": "400"}}
    cases.enter_income(draft, by=clerk, version=draft.version, **income)
    case = cases.fresh(draft)
    case = submit(case, by=clerk, version=case.version, kin_declared=at_submit)
    acceptor = district.officer(Role.STREET_ACCEPTOR, "101")
    case = accept(case, by=acceptor, version=case.version, kin_registered=at_accept)
    assert (case.kin_registered, case.kin_declared_by) == (said_by is not None, said_by)


@pytest.mark.parametrize(
    ("make", "role"),
    [
        (cases.submitted, Role.COMMUNITY_CLERK),
        (cases.accepted, Role.COMMUNITY_EXAMINER),
        (cases.examined, Role.STREET_REVIEWER),
        (cases.reviewed, Role.STREET_ACCEPTOR),
        (cases.cleared, Role.DISTRICT_CHECKER),
        (cases.cleared, Role.DISTRICT_APPROVER),
    ],
)
def test_an_officer_registers_later_at_any_stage(district, make, role):
    """The street must register separately; whoever learns of it says so before the approval."""
    case = make(district)
    by, due = district.officer(role), case.due_on
    kin = register_kin(case, by=by, version=case.version, words=WORDS)
    assert (kin.kin_registered, kin.kin_declared_by, kin.state, kin.due_on) == (
        True, "officer", case.state, due,
    )  # fmt: skip
    event = Event.objects.get(act="register-kin")
    assert (event.clause, event.reason, WORDS.encode() in bytes(event.words)) == ("57-11", "officer", False)
    if kin.state == State.CLEARED:
        approver = district.officer(Role.DISTRICT_APPROVER)
        assert [reason.code for reason in why_not(kin, "approve", approver)] == ["district-visit"]
    with pytest.raises(Blocked):
        register_kin(kin, by=by, version=kin.version, words=WORDS)


def test_who_may_not_register_and_when(district):
    case = cases.accepted(district)
    clerk = district.officer(Role.COMMUNITY_CLERK, "10101")
    for role in set(Role) - set(REGISTERED_BY):
        with pytest.raises(NotAllowed):
            register_kin(case, by=district.officer(role), version=case.version, words=WORDS)
    with pytest.raises(NotAllowed):
        foreign = district.officer(Role.COMMUNITY_CLERK, "10201")
        register_kin(case, by=foreign, version=case.version, words=WORDS)
    with pytest.raises(Invalid):
        register_kin(case, by=clerk, version=case.version, words="  ")
    with pytest.raises(Stale):
        register_kin(case, by=clerk, version=case.version - 1, words=WORDS)
    ended = withdraw(case, by=clerk, version=case.version, words=WORDS)
    approved = cases.approved(district, "10102")
    for late in (ended, approved):
        with pytest.raises(WrongState):
            register_kin(
                late, by=district.officer(Role.STREET_REVIEWER, "101"), version=late.version, words=WORDS
            )


def test_the_public_list_counts_its_kin_cases(district):
    """Counted when the list is frozen; who is learnt of later doesn't change a published count."""
    cases.reviewed(district, kin=True)
    case = cases.reviewed(district, "10102")
    assert cases.published(district).kin_count == 1
    case = cases.fresh(case)
    register_kin(case, by=district.officer(Role.DISTRICT_CHECKER), version=case.version, words=WORDS)
    assert PublicList.objects.get().kin_count == 1


def declare(by: Officer, **changes: str) -> StaffRelative:
    facts = {"relation": "sibling", "name": "周建华", "id_number": NUMBER, **changes}
    return declare_relative(by=by, **facts)


def test_an_officer_declares_a_relative_sealed_and_found_by_join(district):
    officer = district.officer(Role.STREET_REVIEWER, "101")
    relative = declare(officer, id_number=f" {NUMBER[:6]} {NUMBER[6:]} ")
    subject = f"staffrelative:{relative.code}"
    assert DataKey.objects.filter(subject=subject).count() == 1
    index = BlindIndex.objects.get(subject=subject)
    assert index.purpose == "kin-id"
    home = cases.entry()
    home.members[0].id_number = NUMBER
    case_home = cases.register_household(home, by=district.officer(Role.COMMUNITY_CLERK, "10101"))
    person = case_home.memberships.get().person
    same = BlindIndex.objects.get(subject=f"person:{person.code}", purpose="id-number")
    assert bytes(same.value) == bytes(index.value)
    stored = b"".join(bytes(column) for column in (relative.name.token, relative.id_number.token))
    assert "周建华".encode() not in stored
    assert NUMBER.encode() not in stored
    assert Event.objects.get(act="declare-relative").clause == "57-11"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"relation": "neighbour"}, "relation"),
        ({"name": " "}, "name"),
        ({"name": "长" * 41}, "name"),
        ({"name": "周\x00"}, "name"),
        ({"id_number": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")}, "id_number"),
        ({"id_number": ""}, "id_number"),
    ],
)
def test_a_declaration_that_can_not_be(district, changes, field):
    with pytest.raises(Invalid) as refused:
        declare(district.officer(Role.STREET_REVIEWER, "101"), **changes)
    assert list(refused.value.fields) == [field]
    assert not StaffRelative.objects.exists()


def test_a_relationship_is_declared_once_and_ends_by_its_own_officer(district):
    first, second = (district.officer(Role.STREET_REVIEWER, area) for area in ("101", "102"))
    relative = declare(first)
    with pytest.raises(Invalid):
        declare(first)
    declare(second)  # two officers may have the same relative
    with pytest.raises(NotAllowed):
        end_relative(relative, by=second, version=relative.version)
    ended = end_relative(relative, by=first, version=relative.version)
    assert ended.ended_on == clock.today()
    with pytest.raises(WrongState):
        end_relative(ended, by=first, version=ended.version)
    declare(first)  # married again
    dismiss(second, by=SETUP, version=second.version)
    with pytest.raises(NotAllowed):
        declare(second, id_number=make_demo_id(date(1985, 7, 1), 43))
