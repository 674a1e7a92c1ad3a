"""Slips are corrected in the case and in the register, never in the list."""

from datetime import timedelta
from decimal import Decimal

import pytest

from relief.confidential.blind import subjects_with
from relief.confidential.vault import subject_of
from relief.decisions.models import Opinion
from relief.decisions.rectify import rectify
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.households.correct_name import correct_name
from relief.officers.models import Role
from tests.factories import cases, stages
from tests.factories.corrections import case_in_row, rectified, spelt
from tests.factories.stages import DAY, on

pytestmark = pytest.mark.django_db
GOOD = {"persons": 1, "amount": Decimal("512.00"), "top_up": Decimal("0.00"), "words": "录入有误。"}


@pytest.fixture
def district():
    return stages.ground()


@pytest.fixture
def case(district):
    stage = stages.running(district)
    with on(DAY + timedelta(days=2)):
        yield case_in_row(stage.list, 1)


def test_the_proposal_changes_with_an_opinion(district, case):
    after = rectified(district, case)
    assert (after.proposed_amount, after.version) == (Decimal("512.00"), case.version + 1)
    assert Opinion.objects.filter(application=case, act="rectify", amount="512.00").count() == 1
    with pytest.raises(Blocked):
        rectified(district, after)


@pytest.mark.parametrize(
    "given, field",
    [
        ({"persons": 0}, "persons"),
        ({"persons": 9}, "persons"),
        ({"amount": Decimal("0")}, "amount"),
        ({"amount": Decimal("1.005")}, "amount"),
        ({"top_up": Decimal("600")}, "top_up"),
        ({"words": " "}, "words"),
    ],
)
def test_bad_values_are_said_at_the_field(district, case, given, field):
    by = district.officer(Role.STREET_REVIEWER, "101")
    with pytest.raises(Invalid) as refused:
        rectify(case, by=by, version=case.version, **{**GOOD, **given})
    assert list(refused.value.fields) == [field]


def test_who_and_when(district, case):
    with pytest.raises(NotAllowed):
        rectify(case, by=district.officer(Role.STREET_PUBLISHER, "101"), version=case.version, **GOOD)
    by = district.officer(Role.STREET_REVIEWER, "101")
    with pytest.raises(Stale):
        rectify(case, by=by, version=case.version - 1, **GOOD)
    with pytest.raises(WrongState):
        rectify(cases.reviewed(district), by=by, version=1, **GOOD)


def test_the_register_finds_the_person_by_the_new_spelling_only(district, case):
    subject = subject_of(case.applicant)
    spelt(district, case, "司马长风")
    assert subjects_with("name", ["司马长风"]) == {"司马长风": [subject]}
    assert cases.fresh(case).version == case.version  # the case itself is as it was


def test_who_corrects_a_name(district, case):
    given = {"version": case.applicant.version, "household": case.household, "words": "与身份证核对。"}
    with pytest.raises(NotAllowed):
        correct_name(case.applicant, by=district.officer(Role.STREET_REVIEWER, "101"), name="司马", **given)
    clerk = district.officer(Role.COMMUNITY_CLERK, case.area)
    for name in ("", "王" * 41, "王\x00"):
        with pytest.raises(Invalid):
            correct_name(case.applicant, by=clerk, name=name, **given)
