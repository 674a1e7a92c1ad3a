"""ID numbers: what is well formed, what a spreadsheet has rounded, what the library would refuse wrongly."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.households import id_number
from tests.relief.households.tables import HEAD_ID, TODAY


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        (HEAD_ID, []),
        ("", ["id-missing"]),
        (HEAD_ID[:-1], ["id-length"]),
        ("990101610503017", ["id-first-generation"]),
        ("9901011961O503017" + HEAD_ID[-1], ["id-characters"]),
        (HEAD_ID[:-1] + str((int(HEAD_ID[-1], 11) + 1) % 10), ["id-check-digit"]),
        ("990101196105030000", ["id-rounded"]),
        ("9.90101196105030E+17", ["id-rounded"]),
        (9.90101196105030e17, ["id-rounded"]),
        (990101196105030000, ["id-rounded"]),
        (id_number.make_demo_id(date(2027, 1, 1), 1), ["id-future"]),
        (id_number.make_demo_id(date(1895, 11, 24), 1), ["id-age"]),
    ],
)
def test_each_rule_is_named(typed: str | float, codes: list[str]) -> None:
    assert id_number.broken_rules(typed, today=TODAY) == codes


def test_an_impossible_day_is_named_as_such() -> None:
    stem = "99010120210229001"
    number = stem + id_number.calc_check_digit(stem + "0")
    assert id_number.broken_rules(number, today=TODAY) == ["id-birth-date"]


@pytest.mark.parametrize(
    "region", ["429004", "460400", "659012", "653228", "810000", "830000", "330113", "330114"]
)
def test_regions_that_the_library_refuses_or_dies_of_are_accepted(region: str) -> None:
    stem = f"{region}19900101123"
    number = stem + id_number.calc_check_digit(stem + "0")
    assert id_number.check(number, today=TODAY) == []


@pytest.mark.parametrize(
    "typed",
    [
        "１１０１０１１９９００１０１００７Ｘ",
        " 110101 19900101 007x ",
        "110101-19900101-007X",
        "'11010119900101007x\u3000",
        "11010119900101007Ⅹ",
        "\ufeff11010119900101007X\u00a0",
    ],
)
def test_normalised_as_the_card_prints_it(typed: str) -> None:
    assert id_number.normalise(typed) == "11010119900101007X"


def test_a_right_number_ending_in_000_kept_as_text_is_no_rounded_one() -> None:
    number = next(
        stem
        for stem in (f"990101{1950 + year}0101{tens}000" for year in range(60) for tens in range(10))
        if len(stem) == 18 and id_number.has_right_check_digit(stem)
    )
    assert not id_number.looks_rounded(number)
    assert id_number.looks_rounded(int(number))


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_demo_numbers_are_well_formed_and_belong_to_nobody(born: date, sequence: int) -> None:
    number = id_number.make_demo_id(born, sequence)
    assert number.startswith(id_number.UNASSIGNED_REGION)
    assert id_number.check(number, today=TODAY) == []
    assert id_number.birth_date(number) == born


@given(st.text() | st.integers() | st.floats())
def test_never_crashes(raw: str | float) -> None:
    assert all(code in id_number.RULES for code in id_number.broken_rules(raw, today=TODAY))


def test_a_reason_says_what_is_wrong_and_what_to_do() -> None:
    (reason,) = id_number.check("1", today=TODAY)
    assert reason.code == "id-length"
    fault, advice = id_number.RULES["id-length"]
    assert str(fault) in str(reason)
    assert str(advice) in str(reason)


@pytest.mark.parametrize(
    ("day", "age"), [(date(2026, 2, 28), 25), (date(2026, 3, 1), 26), (date(2001, 2, 28), 0)]
)
def test_age_counts_completed_years(day: date, age: int) -> None:
    assert id_number.age_on(date(2000, 2, 29), day) == age
