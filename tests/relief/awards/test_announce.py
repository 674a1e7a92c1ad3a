"""Announcing (批后公告): the award from the month after the decision, its own entries, and nothing twice."""

from datetime import date

import pytest

from relief.awards.announce import announce
from relief.awards.models import Award, AwardPeriod
from relief.awards.opening import month_after
from relief.decisions.decide import approve
from relief.errors import Blocked, MissingStandard, NotAllowed
from relief.officers.appoint import appoint
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.publicity.models import Entry, ListKind, PublicList, PublicRow
from relief.publicity.queries import names_visible
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.verify import differences
from tests.factories import cases
from tests.factories.district import SINCE, District, make_district
from tests.factories.gate import inspect_and_announce


@pytest.fixture
def district(db: None):
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        yield make_district()


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 3, 1), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2026, 4, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2028, 2, 29), date(2028, 3, 1)),
    ],
)
def test_the_month_after(day, month):
    assert month_after(day) == month


def test_an_award_begins_in_the_month_after_the_decision_not_after_the_announcement(district: District):
    case = cases.cleared(district)
    with clock.moved_to(clock.at(date(2026, 3, 31))):
        case = approve(case, by=district.officer(Role.DISTRICT_APPROVER), version=case.version)
    with clock.moved_to(clock.at(date(2026, 4, 2))):
        announced = cases.announced(district)
    period = AwardPeriod.objects.get()
    assert (period.from_month, period.until_month, period.amount) == (
        date(2026, 4, 1),
        None,
        case.decided_amount,
    )
    assert period.source_entry.public_list == announced
    assert period.source_entry.pre_approval.public_list.kind == ListKind.PRE_APPROVAL
    assert Award.objects.get().changes.get().application_id == case.pk
    assert list(differences()) == []


def test_one_act_is_one_event_per_thing_linked_by_its_cause(district: District):
    cases.approved(district)
    announced = cases.announced(district)
    (act,) = Event.objects.filter(act="announce-list")
    caused = dict(Event.objects.filter(cause_id=act.pk).values_list("act", "subject_kind"))
    assert caused == {"announce": "application", "open-award": "award", "list-announced": "publiclist"}
    assert act.subject_code == announced.code


def test_what_is_announced_is_announced_once(district: District):
    cases.approved(district)
    cases.announced(district)
    with pytest.raises(Blocked) as refused:
        cases.announced(district)
    assert refused.value.reasons[0].code == "no-cases"
    assert (Award.objects.count(), PublicList.objects.filter(kind="gg").count()) == (1, 1)


def test_who_approved_does_not_announce(district: District):
    approver = district.officer(Role.DISTRICT_APPROVER)
    appoint(approver, role=Role.DISTRICT_ANNOUNCER, area="000", from_date=SINCE, by=SETUP)
    cases.approved(district)
    with pytest.raises(NotAllowed):
        inspect_and_announce(district.areas["101"], by=approver, benefit="guarantee")
    assert not Entry.objects.filter(public_list__kind="gg").exists()


def test_names_of_an_announcement_are_shown_for_the_days_of_the_setting(district: District):
    cases.approved(district)
    announced = cases.announced(district)
    assert announced.names_until == date(2026, 3, 31)
    assert names_visible(announced, date(2026, 3, 31))
    assert not names_visible(announced, date(2026, 4, 1))
    assert PublicRow.objects.filter(public_list=announced).count() == 1


def test_without_the_setting_nothing_is_announced(district: District):
    cases.approved(district)
    with clock.moved_to(clock.at(date(2021, 1, 1))), pytest.raises((MissingStandard, NotAllowed)):
        announce(district.areas["101"], by=district.officer(Role.DISTRICT_ANNOUNCER), benefit="guarantee")
