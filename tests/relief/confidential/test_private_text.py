"""Which runs of signs are private values, and which only look like them."""

from datetime import date

import pytest

from relief.confidential.private_text import private_values
from relief.households.id_number import make_demo_id

ID_NUMBER = make_demo_id(date(1960, 5, 4), 123)
WITH_X = next(
    number for n in range(1000) if (number := make_demo_id(date(1971, 2, 3), n)).endswith("X")
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (ID_NUMBER, ["id-number"]),
        (WITH_X.lower(), ["id-number"]),
        (f"身份证{ID_NUMBER}号", ["id-number"]),
        (f"{ID_NUMBER[:6]} {ID_NUMBER[6:14]} {ID_NUMBER[14:]}", ["id-number"]),
        (f"{ID_NUMBER[:6]}-{ID_NUMBER[6:14]}-{ID_NUMBER[14:]}", ["id-number"]),
        ("13912345678", ["phone"]),
        ("+86 139 1234 5678", ["phone"]),
        ("139-1234-5678", ["phone"]),
        ("".join(chr(ord(sign) + 0xFEE0) for sign in "13912345678"), ["phone"]),
        ("4111 1111 1111 1111", ["bank-card"]),
        (f"{ID_NUMBER} 13912345678", ["id-number", "phone"]),
        # a wrong check digit, a month 13, a run that is too long, codes and times of machines
        (ID_NUMBER[:-1] + ("1" if ID_NUMBER[-1] != "1" else "2"), []),
        ("990101196013041238", []),
        ("9" + ID_NUMBER + "9", []),
        ("23912345678", []),
        ("4111111111111112", []),
        ("2026-11-28 10:15:30", []),
        ("1764320000123", []),
        ("0f8fad5b-d9cb-469f-a165-13912345678a", []),
        ("a3f5139123456780c4e2b7d6a9f0e1c2d3b4a596", []),
        ("", []),
    ],
)
def test_private_values_by_form(text, kinds):
    assert private_values(text) == kinds
