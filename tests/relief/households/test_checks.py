"""Every rule of the import, by the row and column it names; and that every row is always accounted for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relief.households.id_number import make_demo_id
from relief.households.importing.columns import COLUMNS, EXAMPLE_ID
from relief.households.importing.report import Report
from relief.households.importing.rules import RULES, Unreadable
from relief.households.importing.template import write_template
from tests.relief.households.tables import (
    CHILD_ID,
    HEAD_ID,
    HEADERS,
    KEYS,
    check,
    csv_bytes,
    head,
    line,
    member,
    rules,
    xlsx,
)

HEADER_OF = dict(zip(KEYS, HEADERS, strict=True))


def accounted(report: Report) -> bool:
    return report.rows_read == report.written + report.refused + report.held_back and report.held_back >= 0


@pytest.mark.parametrize("form", [xlsx, csv_bytes])
def test_a_clean_table_comes_out_whole(form: Any) -> None:
    found = check(form(HEADERS, line(member()), line(head(household_class="b类", interval="半年"))))
    assert found.report.ok
    (household,) = found.households
    assert household.head.name == "王英"
    assert (household.head.birth_date, household.head.phone) == (date(1961, 5, 3), "13900000000")
    assert [(person.relation, person.row) for person in household.persons] == [("head", 3), ("child", 2)]
    assert (household.community, household.amount, household.income) == (
        "101001",
        Decimal("1326.00"),
        Decimal("860.00"),
    )
    assert (household.since, household.household_class, household.account) == (
        date(2021, 7, 1),
        "B",
        "6222000000000000017",
    )
    assert household.interval == "irregular"


@pytest.mark.parametrize(
    ("changes", "column", "rule"),
    [
        ({"household": None}, "household", "row-alone"),
        ({"relation": None}, "relation", "missing"),
        ({"relation": "邻居"}, "relation", "relation-unknown"),
        ({"name": "　"}, "name", "missing"),
        ({"name": "王\ue000英"}, "name", "text-private-use"),
        ({"name": "王\U000f0001"}, "name", "text-private-use"),
        ({"name": "王英1"}, "name", "name-characters"),
        ({"name": "王" * 30_000}, "name", "text-too-long"),
        ({"name": "王\ufffd"}, "name", "text-lost"),
        ({"name": "王=1"}, "name", "name-characters"),
        ({"address": "甲" * 201}, "address", "text-too-long"),
        ({"id_number": None}, "id_number", "id-missing"),
        ({"id_number": "990101196105030000"}, "id_number", "id-rounded"),
        ({"id_number": "9.90101E+17"}, "id_number", "id-rounded"),
        ({"id_number": HEAD_ID[:-1] + ("2" if HEAD_ID[-1] != "2" else "3")}, "id_number", "id-check-digit"),
        ({"id_number": EXAMPLE_ID}, "id_number", "example-row"),
        ({"birth_date": "1961.5.4"}, "birth_date", "birth-disagrees"),
        ({"birth_date": "2026-02-30"}, "birth_date", "date-impossible"),
        ({"birth_date": "2026-11-26"}, "birth_date", "date-future"),
        ({"birth_date": "五月三日"}, "birth_date", "date-form"),
        ({"community": "无此社区"}, "community", "community-unknown"),
        ({"community": "红旗"}, "community", "community-ambiguous"),
        ({"community": None}, "community", "missing"),
        ({"phone": "12345"}, "phone", "phone-form"),
        ({"account": "6.222E+18"}, "account", "account-rounded"),
        ({"account": "工商银行"}, "account", "account-form"),
        ({"income": "-1"}, "income", "money-negative"),
        ({"income": "1e9"}, "income", "money-form"),
        ({"income": "9" * 20}, "income", "money-huge"),
        ({"income": "12.345"}, "income", "money-decimals"),
        ({"amount": "0"}, "amount", "money-zero"),
        ({"amount": None}, "amount", "missing"),
        ({"amount": "#N/A"}, "amount", "cell-error"),
        ({"amount": "一千"}, "amount", "money-form"),
        ({"since": "2027-01"}, "since", "month-future"),
        ({"since": "1992-12"}, "since", "month-too-early"),
        ({"since": "2021-13"}, "since", "date-impossible"),
        ({"since": "2021.1"}, "since", "month-ambiguous"),
        ({"since": "去年"}, "since", "date-form"),
        ({"household_class": "D"}, "household_class", "class-unknown"),
        ({"interval": "有时"}, "interval", "interval-unknown"),
    ],
)
@pytest.mark.parametrize("form", [xlsx, csv_bytes])
def test_each_rule_names_row_and_column(form: Any, changes: dict[str, Any], column: str, rule: str) -> None:
    other = {"household": "8", "id_number": make_demo_id(date(1950, 1, 1), 1)}
    found = check(form(["名册"], HEADERS, line(head(**changes)), line(head(**other))))
    assert rules(found) == [(3, HEADER_OF[column], rule)]
    assert (found.report.rows_read, found.report.refused, found.report.held_back) == (2, 1, 1)
    assert found.households == []
    (problem,) = found.report.problems
    assert len(problem.value) <= 41


@pytest.mark.parametrize(
    ("sign", "point", "rule"), [("\x00", "U+0000", "text-control"), ("\ud800", "U+D800", "text-surrogate")]
)
def test_nul_and_half_characters_are_refused_by_row_and_column(sign: str, point: str, rule: str) -> None:
    row = line(head(address=f"甲{sign}"))
    found = check(csv_bytes(HEADERS, row, errors="surrogatepass"))
    assert rules(found) == [(2, "家庭住址", rule)]
    assert point in found.report.problems[0].fault


def test_a_megabyte_in_a_cell_is_refused_there_and_not_echoed() -> None:
    (problem,) = check(csv_bytes(HEADERS, line(head(address="甲" * 1_000_000)))).report.problems
    assert (problem.row, problem.column, problem.rule) == (2, "家庭住址", "text-too-long")
    assert len(problem.value) <= 41


def test_a_private_use_character_is_named_by_its_code_point_and_the_name_stays_masked() -> None:
    (problem,) = check(xlsx(HEADERS, line(head(name="王\ue123英")))).report.problems
    assert "U+E123" in problem.fault
    assert problem.value == "王*英"


def test_no_report_shows_an_id_number_an_account_or_a_whole_name() -> None:
    twin = {"household": "8", "account": "12", "phone": "1"}
    found = check(xlsx(HEADERS, line(head()), line(head(**twin))))
    text = " ".join(f"{problem.value} {problem.fault} {problem.advice}" for problem in found.report.problems)
    assert len(found.report.problems) == 3
    assert not any(
        secret in text for secret in (HEAD_ID, HEAD_ID[-4:], HEAD_ID[:6], "6222", "王英", "示例路")
    )


@pytest.mark.parametrize("number", [990101196105030000, 9.90101196105030e17])
def test_an_id_number_kept_as_a_number_is_named_as_rounded(number: float) -> None:
    assert rules(check(xlsx(HEADERS, line(head(id_number=number))))) == [(2, "身份证号", "id-rounded")]


def test_an_account_kept_as_a_number_is_named_as_rounded() -> None:
    assert rules(check(xlsx(HEADERS, line(head(account=6222000000000000000))))) == [
        (2, "银行账号", "account-rounded")
    ]


def test_duplicates_in_the_file_name_both_rows() -> None:
    found = check(xlsx(HEADERS, line(head()), line(member()), line(head(household="8"))))
    assert rules(found) == [(4, "身份证号", "id-twice")]
    with translation.override("en"):
        assert "row 2" in found.report.problems[0].fault


def test_duplicates_against_the_register() -> None:
    asked: list[set[str]] = []

    def register(ids: set[str]) -> set[str]:
        asked.append(ids)
        return {CHILD_ID}

    found = check(xlsx(HEADERS, line(head()), line(member())), register)
    assert rules(found) == [(3, "身份证号", "id-known")]
    assert asked == [{HEAD_ID, CHILD_ID}]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [member()],
            [
                (2, "现保障金额", "missing"),
                (2, "与申请人关系", "household-no-head"),
                (2, "享受起始年月", "missing"),
                (2, "社区", "missing"),
            ],
        ),
        ([head(), member(relation="本人")], [(3, "与申请人关系", "household-two-heads")]),
        ([head(), member(amount="1300")], [(3, "现保障金额", "household-disagrees")]),
        ([head(), member(community="101001", amount="1,326.00元")], []),
        ([head(community=None), member(community="石桥社区")], []),
        ([head(), member(household="")], [(3, "户编号", "row-alone")]),
    ],
)
def test_rules_of_the_household(rows: list[dict[str, Any]], expected: list[tuple[int, str, str]]) -> None:
    found = check(xlsx(HEADERS, *(line(row) for row in rows)))
    assert sorted(rules(found)) == sorted(expected)
    assert accounted(found.report)


def test_the_template_as_downloaded_is_refused_for_its_example_row_only() -> None:
    target = BytesIO()
    write_template(target)
    target.seek(0)
    found = check(target)
    assert [rule for _row, _column, rule in rules(found) if rule != "missing"] == ["example-row"]


def test_a_table_without_a_household_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        check(xlsx(HEADERS, [], ["合计"]))
    assert caught.value.rule == "file-no-rows"


def test_every_sentence_can_be_filled() -> None:
    names = {
        "most",
        "row",
        "line",
        "rows",
        "columns",
        "first",
        "second",
        "column",
        "length",
        "limit",
        "point",
        "known",
        "sign",
        "year",
        "january",
        "october",
        "codes",
        "key",
        "mark",
        "said",
        "held",
    }
    for fault, advice in RULES.values():
        assert str(fault) % dict.fromkeys(names, "?")
        assert str(advice) % dict.fromkeys(names, "?")


_CELL = (
    st.none()
    | st.text(max_size=30)
    | st.integers()
    | st.floats()
    | st.sampled_from(
        ["合计", "户主", "子女", "青泥", "1326", "2021-07", HEAD_ID, CHILD_ID, "7", "8", "　", "#N/A", "一、"]
    )
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(_CELL, max_size=len(COLUMNS) + 1), max_size=8))
def test_any_cells_at_all_are_accounted_for(rows: list[list[Any]]) -> None:
    try:
        found = check(csv_bytes(HEADERS, *rows, errors="surrogatepass"))
    except Unreadable:
        return
    report = found.report
    assert accounted(report)
    assert report.rows_read + report.blank_rows + report.title_rows + report.total_rows == len(rows) + 1
    assert all(problem.fault and problem.advice for problem in report.problems)
    assert report.ok == bool(found.households)


_GOOD = st.fixed_dictionaries(
    {"amount": st.sampled_from(["1326", "０", "-5", "x"]), "name": st.sampled_from(["王英", "", "李 四"])}
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_GOOD, min_size=1, max_size=12))
def test_one_bad_row_holds_back_all_others(rows: list[dict[str, Any]]) -> None:
    table = [
        line(head(household=str(place), id_number=make_demo_id(date(1950, 1, 1), place), **row))
        for place, row in enumerate(rows)
    ]
    report = check(csv_bytes(HEADERS, *table)).report
    bad = sum(row["amount"] != "1326" or not row["name"] for row in rows)
    assert (report.rows_read, report.refused, report.held_back) == (len(rows), bad, len(rows) - bad)
