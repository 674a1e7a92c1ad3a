"""Income as entered: amounts that can't be, who enters which stage, and what is counted."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from relief.errors import Blocked, Invalid, NotAllowed, WrongState
from relief.officers.models import Role
from relief.projects.sunshine.guarantee import missing
from relief.projects.sunshine.income import enter_income
from relief.projects.sunshine.models import IncomeTotals
from tests.factories import cases
from tests.factories.district import District, make_district
from tests.factories.stages import DAY, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> Iterator[District]:
    with on(DAY):
        yield make_district()


def enter(district, case, **changes):
    facts = {"stage": "declared", "persons": 1, "amounts": {"wages": "400"}, "version": case.version}
    facts["by"] = district.officer(Role.COMMUNITY_CLERK, "10101")
    return enter_income(case, **{**facts, **changes})


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("-1", "amount-range"),
        ("1000000.01", "amount-range"),
        ("1e400", "amount-range"),
        ("NaN", "amount-range"),
        ("Infinity", "amount-range"),
        ("1.005", "amount-cents"),
        ("1e-400", "amount-cents"),
        ("a lot", "amount"),
        ("4\x000", "amount"),
        ("\ud800", "amount"),
        ("9" * 1_000, "amount-range"),
    ],
)
def test_amounts_that_can_not_be(district, amount, code):
    case = cases.draft(district)
    with pytest.raises(Invalid) as refused:
        enter(district, case, amounts={"wages": amount})
    assert [reason.code for reason in refused.value.fields["wages"]] == [code]
    assert not IncomeTotals.objects.exists()
    assert cases.fresh(case).version == case.version


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"persons": 0}, "persons"),
        ({"persons": 31}, "persons"),
        ({"stage": "guessed"}, "stage"),
        ({"amounts": {"top_up": "60"}}, "top_up"),
    ],
)
def test_bad_input_is_named_by_field(district, changes, field):
    with pytest.raises(Invalid) as refused:
        enter(district, cases.draft(district), **changes)
    assert list(refused.value.fields) == [field]


def test_each_stage_has_its_time_and_its_officer(district):
    case = cases.draft(district)
    with pytest.raises(WrongState):
        enter(district, case, stage="verified")
    with pytest.raises(NotAllowed):
        enter(district, case, by=district.officer(Role.STREET_REVIEWER, "101"))
    with pytest.raises(NotAllowed):
        enter(district, case, by=district.officer(Role.COMMUNITY_CLERK, "10201"))


def test_deductions_never_make_income_negative_and_a_correction_is_one_row_changed(district):
    case = cases.draft(district)
    enter(district, case, amounts={"wages": "400", "deductions": "600"})
    totals = enter(
        district, cases.fresh(case), amounts={"wages": "400", "other": "50.50", "deductions": "100"}
    )
    assert totals.counted == Decimal("350.50")
    assert IncomeTotals.objects.count() == 1
    assert totals.history.count() == 2


def test_who_receives_the_benefit_hands_in_no_new_case(district):
    case = cases.approved(district)
    assert missing(case, "submit") == []
    cases.announced(district)
    clerk = district.officer(Role.COMMUNITY_CLERK, "10101")
    again = cases.open_draft(case.household, applicant=case.applicant, benefit="guarantee", by=clerk)
    enter(district, again)
    with pytest.raises(Blocked) as refused:
        cases.submit(cases.fresh(again), by=clerk, version=2)
    assert [reason.code for reason in refused.value.reasons] == ["award-stands"]
