"""Dated values: the newest that has begun holds; a missing one stops the work in words."""

from datetime import date
from decimal import Decimal

import pytest

from relief.errors import Invalid, MissingStandard
from relief.standards.in_force import enter_clause, enter_standard, in_force
from relief.standards.models import Clause, Standard
from relief.standards.rules import SINCE, enter_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def clause() -> Clause:
    return enter_clause("c", instrument_zh="规", instrument_en="Rule", article="1", from_date=SINCE)


def test_the_newest_value_that_has_begun_holds(clause):
    for value, since in (("717", date(2023, 1, 1)), ("735", date(2024, 7, 1))):
        enter_standard("guarantee.standard", kind="money", value=value, from_date=since, clause=clause)
    assert in_force("guarantee.standard", date(2024, 6, 30)).money == Decimal(717)
    assert in_force("guarantee.standard", date(2024, 7, 1)).money == Decimal(735)
    assert in_force("guarantee.standard", date(2024, 7, 1)).used() == {
        "guarantee.standard": "735 (2024-07-01)"
    }
    with pytest.raises(MissingStandard, match="guarantee.standard"):
        in_force("guarantee.standard", date(2022, 12, 31))


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("number", "7", True),
        ("number", "7.5", False),
        ("number", "-7", False),
        ("number", "", False),
        ("money", "717", True),
        ("money", "717.50", True),
        ("money", "7.1.7", False),
        ("money", "七百", False),
        ("switch", "yes", True),
        ("switch", "maybe", False),
        ("choice", "masked", True),
        ("list", "  ", False),
    ],
)
def test_a_value_is_of_its_kind(clause, kind, value, fits):
    if fits:
        enter_standard("x", kind=kind, value=value, from_date=SINCE, clause=clause)
    else:
        with pytest.raises(Invalid):
            enter_standard("x", kind=kind, value=value, from_date=SINCE, clause=clause)
    assert Standard.objects.count() == fits


def test_a_day_has_one_value(clause):
    enter_standard("x", kind="number", value="7", from_date=SINCE, clause=clause)
    with pytest.raises(Invalid):
        enter_standard("x", kind="number", value="8", from_date=SINCE, clause=clause)


def test_entering_the_rules_twice_changes_nothing():
    enter_rules()
    before = (Standard.objects.count(), Clause.objects.count())
    enter_rules()
    assert (Standard.objects.count(), Clause.objects.count()) == before
    assert in_force("publicity.days", date(2026, 3, 2)).number == 7
