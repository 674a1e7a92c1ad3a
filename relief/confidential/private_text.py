"""Private values in running text (pure): ID number, telephone, bank card, by form and check digit."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.cn.ric import calc_check_digit

#: what is found → its name in words
KINDS: dict[str, Any] = {
    "id-number": _("ID number"),
    "phone": _("telephone number"),
    "bank-card": _("bank card number"),
}

#: codes that programs write by themselves; a run of digits within them is no number of a person
MACHINE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|(?<![0-9a-z])(?=[0-9]*[a-f])[0-9a-f]{24,}(?![0-9a-z])",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<=[0-9])[ \-\u00a0\u2010-\u2015](?=[0-9])")
_ID = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9X](?![0-9])", re.IGNORECASE)
_PHONE = re.compile(r"(?<![0-9])(?:86)?(1[3-9][0-9]{9})(?![0-9])")
_CARD = re.compile(r"(?<![0-9])(?:62|4|5[1-5]|3[47]|60|9)[0-9]{13,17}(?![0-9])")


def private_values(text: str) -> list[str]:
    """Kinds of private values that stand in `text`, also spaced, hyphened or full-width; in fixed order."""
    plain = MACHINE.sub(" ", unicodedata.normalize("NFKC", text))
    found: set[str] = set()
    for form in (plain, _SPACED.sub("", plain)):
        found |= {"id-number"} if any(_is_id(one) for one in _ID.findall(form)) else set()
        found |= {"phone"} if _PHONE.search(form) else set()
        found |= {"bank-card"} if any(_is_card(one) for one in _CARD.findall(form)) else set()
    return [kind for kind in KINDS if kind in found]


def _is_id(number: str) -> bool:
    """A birth date and the right check digit: a run of 18 digits by chance hardly has both."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return number[-1].upper() == calc_check_digit(number[:17] + "0")


def _is_card(number: str) -> bool:
    return 15 <= len(number) <= 19 and luhn.is_valid(number)
