"""The citizen identity number (公民身份号码, GB 11643): normalise, check, read; pure, no database.

18 characters: region (6), birth date (8), sequence (3), check digit (1, `X` stands for ten).

The check digit comes from python-stdnum. Its `validate()` is not used: it refuses real numbers (regions
429004, 460400, 659012, the residence permits of 810000–830000), dies of a `KeyError` on 330113 and accepts
a birth in 2099. The region is therefore never a reason to refuse.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.cn.ric import calc_check_digit

from relief.errors import Reason
from relief.trail import clock

LENGTH = 18
OLDEST_AGE = 130
# A region code that was never given out: numbers of the demo and of examples can belong to nobody.
UNASSIGNED_REGION = "990101"
# Spreadsheets keep 15 significant digits of a number; whatever comes after them becomes 0.
SPREADSHEET_DIGITS = 15

_FORM = re.compile(r"[0-9]{17}[0-9X]")
_FIRST_GENERATION = re.compile(r"[0-9]{15}")
_EXPONENT = re.compile(r"[0-9](\.[0-9]*)?E\+?1[67]")
_NOISE = re.compile("[\\s'\u2018\u2019`\u00b4\\-\u2010-\u2015\u200b\u200e\u200f\u2060\ufeff]")

#: rule code → (what is wrong, what to do). The import prints both apart; a form prints both together.
RULES: dict[str, tuple[str | Promise, str | Promise]] = {
    "id-missing": (_("The ID number is missing."), _("Enter the 18 characters of the resident ID card.")),
    "id-rounded": (
        _("A spreadsheet has rounded this ID number: its last digits are lost."),
        _("Format the cell as text, then type the 18 characters again from the card."),
    ),
    "id-first-generation": (
        _("This is a 15-digit number of the first generation of cards."),
        _("Enter the 18 characters of the present card."),
    ),
    "id-length": (
        _("An ID number has 18 characters, this one has another length."),
        _("Compare the number with the card: a character is missing or too many."),
    ),
    "id-characters": (
        _("An ID number has 17 digits and then a digit or X."),
        _("Remove letters and signs that do not stand on the card."),
    ),
    "id-birth-date": (
        _("Characters 7 to 14 of the ID number are no date of the calendar."),
        _("Compare year, month and day within the number with the card."),
    ),
    "id-future": (
        _("By this ID number the person is not born yet."),
        _("Compare year, month and day within the number with the card."),
    ),
    "id-age": (
        _("By this ID number the person is more than 130 years old."),
        _("Compare year, month and day within the number with the card."),
    ),
    "id-check-digit": (
        _("The check digit of the ID number is wrong, so one of its characters is mistyped."),
        _("Compare the number with the card, character by character."),
    ),
}


def normalise(raw: str) -> str:
    """The number as the card prints it: half-width, capital X, without spaces, hyphens, apostrophes."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", raw)).upper()


def birth_date(number: str) -> date | None:
    """The day of birth written in a normalised number; `None` when it is no date of the calendar."""
    if not _FORM.fullmatch(number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def has_right_check_digit(number: str) -> bool:
    """Whether the 18th character of a normalised number follows from the first 17 (ISO 7064, MOD 11-2)."""
    return bool(_FORM.fullmatch(number)) and number[-1] == calc_check_digit(number)


def looks_rounded(raw: str | int | float) -> bool:
    """Whether a spreadsheet has cut the number down to 15 digits.

    True for the exponent form (`2.10203E+17`), for a number cell whose last three digits are 0 or which
    came as a float, and for text that ends in 000 and fails the check digit.
    """
    if isinstance(raw, float):
        return abs(raw) >= 10**SPREADSHEET_DIGITS
    number = normalise(str(raw)) if isinstance(raw, int) else _without_point(raw)
    if _EXPONENT.fullmatch(number):
        return True
    if not (number.isascii() and number.isdigit() and len(number) == LENGTH and number.endswith("000")):
        return False
    return isinstance(raw, int) or not has_right_check_digit(number)


def _without_point(raw: str) -> str:
    text = unicodedata.normalize("NFKC", raw).strip().strip("'").upper()
    return text if _EXPONENT.fullmatch(text) else normalise(raw)


def check(number: str, *, today: date | None = None) -> list[Reason]:
    """Every reason to refuse an ID number as typed; empty when it is well formed.

    Well formed says nothing about the person: identity is established by the card and the cross-check.
    """
    return [Reason(code, _sentence(code)) for code in broken_rules(number, today=today or clock.today())]


def broken_rules(raw: str | int | float, *, today: date) -> list[str]:
    """The codes of the rules that a number breaks, in the order in which to repair them (see `RULES`)."""
    number = normalise(str(raw))
    if not number:
        return ["id-missing"]
    if looks_rounded(raw):
        return ["id-rounded"]
    if _FIRST_GENERATION.fullmatch(number):
        return ["id-first-generation"]
    if len(number) != LENGTH:
        return ["id-length"]
    if not _FORM.fullmatch(number):
        return ["id-characters"]
    broken = _broken_birth_rules(number, today)
    if not has_right_check_digit(number):
        broken.append("id-check-digit")
    return broken


def _broken_birth_rules(number: str, today: date) -> list[str]:
    born = birth_date(number)
    if born is None:
        return ["id-birth-date"]
    if born > today:
        return ["id-future"]
    return ["id-age"] if age_on(born, today) > OLDEST_AGE else []


def age_on(born: date, day: date) -> int:
    """Completed years of life (周岁) on a day; a birthday on 29 February counts from 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def make_demo_id(birth: date, sequence: int) -> str:
    """A number with a right check digit under a region code that was never given out.

    `sequence` 0–999; odd stands for male (GB 11643). Raises `ValueError` outside that range.
    """
    if not 0 <= sequence <= 999:
        raise ValueError("sequence must be 0 to 999")
    stem = f"{UNASSIGNED_REGION}{birth:%Y%m%d}{sequence:03d}"
    return stem + calc_check_digit(stem + "0")


def _sentence(code: str) -> str | Promise:
    return together(*RULES[code])


def together(fault: str | Promise, advice: str | Promise) -> str | Promise:
    """What is wrong and what to do as one text, in the language of the moment it is shown."""
    return format_lazy(_("{fault} {advice}"), fault=fault, advice=advice)
