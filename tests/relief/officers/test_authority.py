"""Who may do what where: role, area and days of an appointment; a table per step of the road."""

from datetime import date, timedelta

import pytest

from relief.applications.road_57 import ROAD_57
from relief.errors import Invalid, NotAllowed
from relief.officers.appoint import appoint, dismiss, end_appointment
from relief.officers.authority import acting, appointments_of, officer_of, scopes_of
from relief.officers.models import LEVEL_OF, Account, Role
from relief.places.scope import contains
from relief.places.set_up import SETUP
from relief.trail import clock
from relief.trail.actor import Robot
from tests.factories.district import District, make_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    return make_district()


def test_every_officer_acts_in_his_role_and_area_only(district):
    for (role, area), officer in district.officers.items():
        for place in ("10101", "10102", "10201"):
            for asked in Role:
                allowed = asked == role and contains(area, place)
                if allowed:
                    actor = acting(officer, {asked}, place)
                    assert (actor.id, actor.role, actor.area) == (officer.pk, role, area)
                else:
                    with pytest.raises(NotAllowed) as refused:
                        acting(officer, {asked}, place)
                    code = "foreign-area" if asked == role else "not-your-role"
                    assert [reason.code for reason in refused.value.reasons] == [code]


def test_each_step_of_the_road_belongs_to_one_level():
    for step in ROAD_57.steps:
        if step.aside:  # what anybody in office may take down
            continue
        assert len({LEVEL_OF[role] for role in step.roles if role != "robot"}) == 1, step.act


def test_a_robot_acts_only_where_the_road_says_so(district):
    assert acting(Robot("closing"), {"robot", Role.STREET_PUBLISHER}, "101").name == "closing"
    with pytest.raises(NotAllowed):
        acting(Robot("closing"), {Role.STREET_PUBLISHER}, "101")


def test_an_appointment_holds_on_both_its_days(district):
    officer = district.officer(Role.AUDITOR)
    first, last = date(2026, 3, 2), date(2026, 3, 6)
    appoint(officer, role=Role.STREET_REVIEWER, area="101", from_date=first, until_date=last, by=SETUP)
    for day, count in ((first - timedelta(1), 0), (first, 1), (last, 1), (last + timedelta(1), 0)):
        with clock.moved_to(clock.at(day)):
            assert len(scopes_of(officer, {Role.STREET_REVIEWER})) == count, day


def test_groups_follow_the_appointments_and_a_dismissed_officer_is_nobody(district):
    officer = district.officer(Role.EDITOR)
    assert set(officer.account.groups.values_list("name", flat=True)) == {"editor"}
    (appointment,) = appointments_of(officer)
    end_appointment(
        appointment, until_date=clock.today() - timedelta(1), by=SETUP, version=appointment.version
    )
    assert not officer.account.groups.exists()
    auditor = district.officer(Role.AUDITOR)
    dismiss(auditor, by=SETUP, version=auditor.version)
    account = Account.objects.get(pk=auditor.account_id)
    assert not account.is_active
    assert officer_of(account) is None
    assert appointments_of(auditor) == []


@pytest.mark.parametrize(
    ("role", "area", "until", "field"),
    [
        ("street-reviewer", "000", None, "area"),
        ("street-reviewer", "10101", None, "area"),
        ("community-clerk", "101", None, "area"),
        ("district-approver", "101", None, "area"),
        ("street-reviewer", "999", None, "area"),
        ("emperor", "000", None, "role"),
        ("street-reviewer", "101", date(2020, 1, 1), "until_date"),
    ],
)
def test_bad_appointments_are_refused_in_words(district, role, area, until, field):
    officer = district.officer(Role.AUDITOR)
    with pytest.raises(Invalid) as refused:
        appoint(officer, role=role, area=area, from_date=date(2026, 1, 1), until_date=until, by=SETUP)
    assert list(refused.value.fields) == [field]


def test_only_the_set_up_appoints(district):
    officer = district.officer(Role.AUDITOR)
    with pytest.raises(NotAllowed):
        appoint(officer, role="editor", area="000", from_date=date(2026, 1, 1), by=officer)
