"""Tables as offices send them, as real bytes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook

from relief.households.id_number import make_demo_id
from relief.households.importing.checks import check_households
from relief.households.importing.columns import COLUMNS
from relief.households.importing.report import Checked

TODAY = date(2026, 11, 25)
COMMUNITIES = [
    ("101001", "青泥社区"),
    ("101002", "石桥社区居委会"),
    ("101003", "红旗社区"),
    ("102001", "红旗社区"),
]
HEADERS = [column.header for column in COLUMNS]
KEYS = [column.key for column in COLUMNS]
HEAD_ID = make_demo_id(date(1961, 5, 3), 17)
CHILD_ID = make_demo_id(date(2012, 2, 29), 4)


def head(**changes: Any) -> dict[str, Any]:
    """A household's head row with nothing wrong."""
    return {
        "household": "7",
        "relation": "户主",
        "name": "王英",
        "id_number": HEAD_ID,
        "community": "青泥社区",
        "address": "示例路1号",
        "phone": "13900000000",
        "account": "6222000000000000017",
        "income": "860",
        "amount": "1326",
        "since": "2021-07",
        **changes,
    }


def member(**changes: Any) -> dict[str, Any]:
    """A member of the same household with nothing wrong."""
    return {"household": "7", "relation": "子女", "name": "王小明", "id_number": CHILD_ID, **changes}


def line(row: dict[str, Any]) -> list[Any]:
    return [row.get(key) for key in KEYS]


def xlsx(*rows: Sequence[Any]) -> BytesIO:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    target = BytesIO()
    book.save(target)
    target.seek(0)
    return target


def csv_bytes(
    *rows: Sequence[Any], encoding: str = "utf-8", delimiter: str = ",", errors: str = "strict"
) -> BytesIO:
    target = StringIO()
    csv.writer(target, delimiter=delimiter).writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    return BytesIO(target.getvalue().encode(encoding, errors))


def check(source: BytesIO, already_known: Callable[[set[str]], set[str]] = lambda ids: set()) -> Checked:
    return check_households(source, communities=COMMUNITIES, already_known=already_known, today=TODAY)


def rules(checked: Checked) -> list[tuple[int, str, str]]:
    """The problems as (row, column, rule)."""
    return [(problem.row, problem.column, problem.rule) for problem in checked.report.problems]
