"""What a list shows of a case (pure): an allow-list of columns with their legal ground, and the masking.

A column that isn't named here can't be shown, whatever a setting says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from relief.confidential.masking import mask_name

FULL = "full"
MASKED = "masked"
#: printed instead of the name of a minor applicant
WITHHELD = "withheld-by-law"
#: printed instead of a name that the district agreed not to show (申请不公开)
WITHHELD_ON_REQUEST = "withheld-on-request"
NO_NAME = (WITHHELD, WITHHELD_ON_REQUEST)


@dataclass(frozen=True)
class Column:
    """A public column: label in both languages and the provision that lets it be shown."""

    key: str
    label_zh: str
    label_en: str
    ground: str
    numeric: bool = False


COLUMNS: dict[str, Column] = {
    column.key: column
    for column in (
        Column("row", "序号", "No.", "57-24", numeric=True),
        Column("code", "行码", "Row code", "57-24"),
        Column("name", "申请人", "Applicant", "57-24"),
        Column("community", "社区", "Community", "57-19"),
        Column("persons", "家庭人口", "Persons", "57-24", numeric=True),
        Column(
            "income_per_head", "家庭人均收入（元/月）", "Income per head (yuan/month)", "local", numeric=True
        ),
        Column("difference", "家庭补差救助（元/月）", "Difference (yuan/month)", "local", numeric=True),
        Column("top_up", "成员重点救助（元/月）", "Top-up for members (yuan/month)", "local", numeric=True),
        Column("amount", "月保障金额（元）", "Amount (yuan/month)", "57-24", numeric=True),
        Column("change", "事项", "What", "57-24"),
        Column("from_month", "起始月份", "From month", "57-24"),
    )
}
ALWAYS = ("row", "code")


@dataclass(frozen=True)
class Facts:
    """What disclosure may look at; it picks, it never passes on. `from_month` is `2026-04`.

    `kept_masked`: an earlier list of the case printed the name masked, so no later one prints it in full.
    """

    row_code: str
    name: str
    minor: bool
    community: str
    persons: int
    income_per_head: Decimal
    amount: Decimal
    top_up: Decimal
    change: str = ""
    from_month: str = ""
    kept_masked: bool = False
    withheld: bool = False


def columns_for(keys: Sequence[str]) -> list[Column]:
    """The columns of a list, in order. Raises KeyError for a column outside the allow-list."""
    return [COLUMNS[key] for key in (*ALWAYS, *(key for key in keys if key not in ALWAYS))]


def public_row(
    row_number: int, facts: Facts, columns: Sequence[Column], masking: str
) -> dict[str, int | str]:
    """The canonical row: only the columns asked for, only integers and strings, money with two decimals."""
    name = facts.name if masking == FULL and not facts.kept_masked else mask_name(facts.name)
    if facts.minor or facts.withheld:
        name = WITHHELD if facts.minor else WITHHELD_ON_REQUEST
    values: dict[str, int | str] = {
        "row": row_number,
        "code": facts.row_code,
        "name": name,
        "community": facts.community,
        "persons": facts.persons,
        "income_per_head": money(facts.income_per_head),
        "difference": money(facts.amount - facts.top_up),
        "top_up": money(facts.top_up),
        "amount": money(facts.amount),
        "change": facts.change,
        "from_month": facts.from_month,
    }
    return {column.key: values[column.key] for column in columns}


def money(amount: Decimal) -> str:
    """`1326.00`"""
    return f"{amount:.2f}"
