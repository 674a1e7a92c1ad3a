"""Private numbers in a text (pure): identity card, bank card, mobile and landline, however grouped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from stdnum import luhn

from relief.confidential.private_dates import real_day
from relief.confidential.private_kinds import Allowed, Found, Kind

#: digits with at most two separators between their groups; a line's end ends the number
RUN = re.compile(r"\d(?:[ \t\u00a0.,·_/()\-‐-―−]{0,3}\d)*[Xx]?")
GROUP = re.compile(r"\d+[Xx]?")
#: 138****0000 and 990101********0018: what a weak mask leaves
MASKED = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d[*•●xX]{4,}\d{2,4}|\d{3,6}[*•●xX]{6,}\d{2,4}[xX]?)")
MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9]\d{9}")
LANDLINE = re.compile(
    r"(?:0{0,2}86)?0?(?:10|2\d|[3-9]\d\d)[2-8]\d{6,7}|0[1-9]\d{8,10}|0\d{2,3}0{6,8}|[48]00\d{7}"
)
LOCAL = re.compile(r"[2-8]\d{6,7}")
LONGEST = 21
CARD_LENGTHS = range(16, 20)
MOBILE_GROUPS = {(3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5), (4, 3, 4), (5, 6), (2, 3, 4, 4), (2, 11)}
TELEPHONE = re.compile(
    r"(?:电话|手机|座机|联系|热线|传真|tel|phone|mobile|call|fax)[^0-9]{0,12}$", re.IGNORECASE
)
UNIT = re.compile(r"\s*(?:\.\d|[年元户人件页条岁天]|yuan|households?|persons?|rows?|KB|bytes|字节|%)")


def private_numbers(text: str, allowed: Allowed) -> Iterator[Found]:
    """Each private number of a text as `readings` gives it."""
    for masked in MASKED.finditer(text):
        kind = Kind.MOBILE if len(masked[0]) <= 12 else Kind.ID_NUMBER
        yield Found(kind, masked.start())
    for run in RUN.finditer(text):
        if len(run[0]) < 7:
            continue
        if found := _in_run(text, run, allowed):
            yield found


def _in_run(text: str, run: re.Match[str], allowed: Allowed) -> Found | None:
    """The first private number among the groups of a run: one group, or several written alike."""
    groups = list(GROUP.finditer(run[0]))
    for start in range(len(groups)):
        for end in reversed(range(start, min(len(groups), start + LONGEST))):
            sizes = [len(group[0]) for group in groups[start : end + 1]]
            if not 7 <= sum(sizes) <= LONGEST:
                continue
            digits = "".join(group[0] for group in groups[start : end + 1])
            seps = {run[0][a.end() : b.start()] for a, b in pairwise(groups[start : end + 1])}
            first, last = run.start() + groups[start].start(), run.start() + groups[end].end()
            if digits in allowed.phones or not _alike(sizes, seps):
                continue
            before, after = text[max(first - 24, 0) : first], text[last : last + 12]
            if kind := _kind(digits, sizes, seps, before, after):
                return Found(kind, first)
    return None


def _alike(sizes: Sequence[int], separators: set[str]) -> bool:
    """Whether the groups belong together: one, or of single digits, of pairs, or of three and more."""
    if len(sizes) == 1:
        return True
    singles, pairs = (
        all(size == 1 for size in sizes),
        all(size == 2 for size in sizes[:-1]) and sizes[-1] <= 2,
    )
    if singles or pairs:
        return len(separators) == 1
    return all(size >= 2 for size in sizes) and max(sizes) >= 3


def _kind(digits: str, sizes: Sequence[int], separators: set[str], before: str, after: str) -> Kind | None:
    whole, spelled = len(sizes) == 1, len(sizes) > 1 and max(sizes) <= 2
    alike = len(separators) < 2
    if alike and len(digits) == 15 and (whole or spelled or tuple(sizes) == (6, 6, 3)):
        if _is_id_number(digits, strict=False):
            return Kind.ID_NUMBER
    elif alike and _is_id_number(digits, strict=not whole):
        return Kind.ID_NUMBER
    if not digits.isdigit():
        return None
    if (
        alike
        and len(digits) in CARD_LENGTHS
        and (whole or spelled or set(sizes[:-1]) == {4})
        and _is_card(digits)
    ):
        return Kind.BANK_CARD
    if MOBILE.fullmatch(digits) and (whole or spelled or tuple(sizes) in MOBILE_GROUPS):
        return Kind.MOBILE
    if LANDLINE.fullmatch(digits) and (whole or spelled or _is_dialled(sizes, digits)):
        return Kind.LANDLINE
    if LOCAL.fullmatch(digits) and _is_local(digits, sizes, separators, before, after):
        return Kind.LANDLINE
    return None


def _is_id_number(digits: str, *, strict: bool) -> bool:
    """18 characters with a real day and (when grouped) the right check digit, or 15 with a real day."""
    if len(digits) == 18 and digits[:17].isdigit():
        born = real_day(digits[6:10], digits[10:12], digits[12:14])
        right = _has_right_check_digit(digits.upper())
        return (born is not None and right) or (not strict and (born is not None or right))
    if len(digits) == 15 and digits.isdigit():
        return real_day("19" + digits[6:8], digits[8:10], digits[10:12]) is not None
    return False


def _has_right_check_digit(number: str) -> bool:
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return number[17] == "10X98765432"[total % 11]


def _is_card(digits: str) -> bool:
    return bool(luhn.is_valid(digits)) and len(set(digits)) > 1


def _is_dialled(sizes: Sequence[int], digits: str) -> bool:
    """Area code and number, or a 400 number: 0411-8412 3456, 400-000-0000."""
    code = sizes[0]
    return (digits[0] == "0" and code in (3, 4) and sizes[1] in (3, 4, 7, 8)) or (
        digits[:3] in ("400", "800") and tuple(sizes) in {(3, 3, 4), (3, 4, 3), (3, 7)}
    )


def _is_local(digits: str, sizes: Sequence[int], separators: set[str], before: str, after: str) -> bool:
    """A number without area code: eight or seven digits that are no amount, no count and no date."""
    if UNIT.match(after) or before.rstrip().endswith(("¥", "￥")):
        return False
    named = bool(TELEPHONE.search(before))
    if len(sizes) == 1:
        glued = any(sign.isascii() and sign.isalnum() for sign in (before[-1:], after[:1]))
        is_day = len(digits) == 8 and real_day(digits[:4], digits[4:6], digits[6:]) is not None
        return named or not (glued or is_day)
    years = all(size == 4 for size in sizes) and all(
        digits[at : at + 2] in ("19", "20") for at in range(0, len(digits), 4)
    )
    usual = tuple(sizes) in {(4, 4), (3, 4)} and separators <= {"-"}
    return named or (usual and not years)
