"""Days, months, money and spaces as offices write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from relief.households.importing import cells
from tests.relief.households.tables import TODAY


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026.11.3", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("2026/11/3", date(2026, 11, 3)),
        ("2026年11月3日", date(2026, 11, 3)),
        ("２０２６年１１月０３日", date(2026, 11, 3)),
        ("20261103", date(2026, 11, 3)),
        (20261103, date(2026, 11, 3)),
        (datetime(2026, 11, 3), date(2026, 11, 3)),
        ("2026-11-03 00:00:00", date(2026, 11, 3)),
        (" 2026 . 11 . 3 ", date(2026, 11, 3)),
    ],
)
def test_days_as_offices_write_them(cell: Any, day: date) -> None:
    assert cells.day(cell, cells.tidy(cells.as_text(cell)), TODAY) == day


@pytest.mark.parametrize(
    "cell",
    [
        "2021-07",
        "2021.7",
        "2021年7月",
        "2021/07",
        "202107",
        202107,
        2021.7,
        "2021.07.15",
        datetime(2021, 7, 1),
    ],
)
def test_months_as_offices_write_them(cell: Any) -> None:
    assert cells.month(cell, cells.tidy(cells.as_text(cell)), TODAY) == date(2021, 7, 1)


@pytest.mark.parametrize(
    "cell", ["1326", "1,326.00", "￥1326", "１３２６元", 1326, 1326.0, 1325.9999999999998, " 1326 元/月 "]
)
def test_money_as_offices_write_it(cell: Any) -> None:
    assert cells.money(cell, cells.tidy(cells.as_text(cell)), TODAY) == Decimal("1326.00")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王　明", "王明"),
        (" 王 明\u00a0", "王明"),
        ("\u200b王明", "王明"),
        ("John  Smith", "John Smith"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("𠮷 田", "𠮷田"),
    ],
)
def test_stray_spaces_go(typed: str, kept: str) -> None:
    assert cells.tidy(typed) == kept
