"""What a cell of an office's table means: text, month, day, money, person's number; pure.

Every parser takes the raw cell, its tidied text and the present day; it returns the value or raises
`Unparsed` with the code of the broken rule (see `rules.RULES`).
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from relief.households import id_number

Cell = str | int | float | bool | datetime | date | time | timedelta | None

# Bounds that tell a slip of the keyboard from a fact; yuan per household and month.
MOST_MONEY = Decimal("200000")
# The first city paid a guarantee (Shanghai) from June 1993; nothing can have begun before that year.
FIRST_YEAR = 1993
# A text beyond this is refused as it is; tidying a megabyte would be work for nothing.
LONGEST = 2000

_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_GAP_IN_HAN = re.compile(
    "(?<=[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])\\s+"
    "(?=[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
_SPACES = re.compile(r"\s+")
_UNUSABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]"
)
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_DAY = re.compile(
    r"([0-9]{4})(?:[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))"
    r"(?:T?00:00(?::00)?(?:\.0+)?)?"
)
_MONTH = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2})月?|([0-9]{2}))")
_MONEY = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NAME_SIGNS = "·•・.'’- "
_PHONE = re.compile(r"1[3-9][0-9]{9}|0[0-9]{9,11}|[2-9][0-9]{6,7}")
_ACCOUNT = re.compile(r"[0-9]{8,30}")


class Unparsed(ValueError):
    """A cell that breaks a rule; `params` fill the rule's sentence."""

    def __init__(self, rule: str, **params: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.params = params


# --- text ------------------------------------------------------------------------------------
def as_text(cell: Cell) -> str:
    """The cell as the office sees it, untidied; a number shows at most 15 significant digits."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return str(cell)
        return format(Decimal(f"{cell:.15g}"), "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return str(cell)


def tidy(text: str) -> str:
    """Without stray spaces (also full-width and no-break) and invisible signs; line ends are spaces.

    Spaces between two Chinese characters go too: 王　明 is 王明, spread to fill its column.
    """
    text = _INVISIBLE.sub("", text)
    return _GAP_IN_HAN.sub("", _SPACES.sub(" ", text.strip()))


def half_width(text: str) -> str:
    """Full-width digits and signs as their ordinary forms, without any space; for numbers only."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def refuse_unusable(text: str, limit: int) -> None:
    """Raise `Unparsed` for text too long, or with a character that no register may hold.

    A private-use character shows as a name only on the computer that typed it; it is named by code point.
    """
    if len(text) > limit:
        raise Unparsed("text-too-long", length=len(text), limit=limit)
    found = _UNUSABLE.search(text)
    if found:
        point = ord(found.group())
        raise Unparsed(_unusable_rule(point), point=f"U+{point:04X}")
    if _ERROR.fullmatch(text):
        raise Unparsed("cell-error")


def _unusable_rule(point: int) -> str:
    if 0xD800 <= point <= 0xDFFF:
        return "text-surrogate"
    if point == 0xFFFD:
        return "text-lost"
    return "text-private-use" if point >= 0xE000 else "text-control"


def plain(cell: Cell, text: str, today: date) -> str:
    return text


def name(cell: Cell, text: str, today: date) -> str:
    """A person's name: letters of any script, the dot of names such as 阿依古丽·买买提, no digits."""
    odd = next(
        (
            sign
            for sign in text
            if not (sign.isalpha() or sign in _NAME_SIGNS or unicodedata.category(sign) == "Mn")
        ),
        None,
    )
    if odd is not None:
        raise Unparsed("name-characters", sign=odd)
    return text


# --- numbers that name something ---------------------------------------------------------------
def identity(cell: Cell, text: str, today: date) -> str:
    """The ID number (公民身份号码), normalised."""
    raw = cell if isinstance(cell, int | float) and not isinstance(cell, bool) else text
    broken = id_number.broken_rules(raw, today=today)
    if broken:
        raise Unparsed(broken[0])
    return id_number.normalise(text)


def phone(cell: Cell, text: str, today: date) -> str:
    """One mobile or landline number, digits only."""
    digits = re.sub(r"[-()‐-―+]", "", half_width(text))
    digits = digits.removeprefix("86") if len(digits) == 13 else digits
    if not _PHONE.fullmatch(digits):
        raise Unparsed("phone-form")
    return digits


def account(cell: Cell, text: str, today: date) -> str:
    """A bank account (银行账号), digits only; beyond 15 digits it must have been kept as text."""
    digits = re.sub(r"[-']", "", half_width(text))
    if re.fullmatch(r"[0-9](\.[0-9]+)?E\+?[0-9]{2}", digits.upper()):
        raise Unparsed("account-rounded")
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if (
        is_number
        and len(digits) > id_number.SPREADSHEET_DIGITS
        and (isinstance(cell, float) or set(digits[id_number.SPREADSHEET_DIGITS :]) == {"0"})
    ):
        raise Unparsed("account-rounded")
    if not _ACCOUNT.fullmatch(digits):
        raise Unparsed("account-form")
    return digits


# --- time --------------------------------------------------------------------------------------
def day(cell: Cell, text: str, today: date) -> date:
    """A day: a date cell, `2026.11.3`, `2026-11-03`, `2026/11/3`, `2026年11月3日` or `20261103`."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(half_width(text))
    if not found:
        raise Unparsed("date-form")
    year, *others = (part for part in found.groups() if part)
    try:
        return date(int(year), *map(int, others))
    except ValueError:
        raise Unparsed("date-impossible") from None


def past_day(cell: Cell, text: str, today: date) -> date:
    value = day(cell, text, today)
    if value > today:
        raise Unparsed("date-future")
    return value


def month(cell: Cell, text: str, today: date) -> date:
    """A month as its first day: a date cell, `2021-07`, `2021.7`, `2021年7月`, `202107` or any day in it.

    `2021.1` is refused: a spreadsheet writes 2021.10 the same way, and nine months of money hang on it.
    """
    value = _month(cell, text, today).replace(day=1)
    if value.year < FIRST_YEAR:
        raise Unparsed("month-too-early", year=FIRST_YEAR)
    if value > today:
        raise Unparsed("month-future")
    return value


def _month(cell: Cell, text: str, today: date) -> date:
    text = half_width(text)
    found = _MONTH.fullmatch(text)
    if isinstance(cell, date) or not found:
        return day(cell, text, today)
    if re.fullmatch(r"[0-9]{4}\.1", text):
        raise Unparsed("month-ambiguous", january=f"{text[:4]}-01", october=f"{text[:4]}-10")
    try:
        return date(int(found[1]), int(found[2] or found[3]), 1)
    except ValueError:
        raise Unparsed("date-impossible") from None


# --- money -------------------------------------------------------------------------------------
def money(cell: Cell, text: str, today: date) -> Decimal:
    """Yuan per month, two decimals: `1326`, `1,326.00`, `￥1326`, `1326元`, full-width digits."""
    if isinstance(cell, bool | date | time | timedelta):
        raise Unparsed("money-form")
    if isinstance(cell, float) and math.isfinite(cell):
        # A formula's 1076.0000000000002 is 1076; what differs in the sixth decimal is no money.
        value = Decimal(f"{cell:.6f}")
    else:
        digits = re.sub(r"[,¥元]|/月", "", half_width(text))
        if not _MONEY.fullmatch(digits):
            raise Unparsed("money-form")
        value = Decimal(digits)
    return _bounded(value)


def _bounded(value: Decimal) -> Decimal:
    if value < 0:
        raise Unparsed("money-negative")
    if value > MOST_MONEY:
        raise Unparsed("money-huge", most=f"{MOST_MONEY:,}")
    if value != round(value, 2):
        raise Unparsed("money-decimals")
    return round(value, 2)


def granted(cell: Cell, text: str, today: date) -> Decimal:
    """An amount that is paid: more than nothing."""
    value = money(cell, text, today)
    if not value:
        raise Unparsed("money-zero")
    return value
