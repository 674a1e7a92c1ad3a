"""What may not stand in a page (pure): numbers of persons, and lists of names beside amounts.

The rules of the lists' gate are asked for the numbers; what statutes and notices number by themselves
(index numbers, digests, licences) is set aside first.
"""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.gate import names_and_amounts, surnames
from portal.gate.names_and_amounts import lists_of_names
from portal.gate.reader import found as reader
from portal.gate.reader.found import Place, Text, Unread
from relief.confidential import private_numbers as numbers
from relief.confidential import private_text
from relief.confidential import readings as ways
from relief.confidential.masking import mask_whole
from relief.confidential.private_kinds import Allowed, Kind
from relief.confidential.readings import readings

NAME_LIST = "name-list"
UNREAD = "unread"
#: the kinds that stop a page; addresses, days and mail of offices are what pages are made of
STOPS = {Kind.ID_NUMBER, Kind.BANK_CARD, Kind.MOBILE, Kind.LANDLINE}
#: more findings say nothing new
MOST = 200

#: a text without one of these holds no number: seven digits in any script, or something encoded
DIGIT = re.compile(
    rf"[\d\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u24ff\u2776-\u2793{''.join(ways.CHINESE)}{ways.TEN}]"
)
ENCODED = re.compile(r"[A-Za-z0-9+/_-]{12}|&|%")
#: what numbers documents and offices: not a telephone, whatever its length
NUMBERED = re.compile(
    r"(?:索引号|文号|编号|备案|备|许可证?|代码|编码|邮编|序号|流水号|摘要|校验码|档号|标准号|ISBN|ISSN|GB/?T?"
    r"|index|number|record|code|digest|licen[cs]e|No\.?)[^0-9]{0,8}$",
    re.IGNORECASE,
)
#: MH-2025-0018: letters, a year and a count
COUNTED = re.compile(r"(?<=[A-Za-z][-–/])(?:19|20)\d\d[-–/]\d{3,5}(?!\d)")
AFTER_LICENCE = re.compile(r"\s*(?:[-—]\d{1,2})?\s*号(?!楼|院|房|室)")
#: words before a number that an excerpt may repeat
SAID = re.compile(
    r"(?:身份证(?:号码?|件号)?|证件号码?|联系电话|联系方式|电话|手机号?|银行卡号?|卡号|账号|帐号|开户行|姓名|传真"
    r"|ID(?: number)?|phone|mobile|card|account|tel)[^\w]{0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """A finding: what, where, and an excerpt in which nothing of the value is left."""

    code: str
    place: Place
    excerpt: str = ""


#: code → (what it is, what to do), in words
RULES: dict[str, tuple[Any, Any]] = {
    Kind.ID_NUMBER: (
        _("ID number of a person"),
        _("Delete it: no page shows an ID number, nor a part of one."),
    ),
    Kind.BANK_CARD: (
        _("bank card number"),
        _("Delete it, or let a second person say whose it is."),
    ),
    Kind.MOBILE: (_("mobile telephone number"), _("Give the telephone of the office instead.")),
    Kind.LANDLINE: (
        _("telephone number that is no office’s"),
        _("Give a telephone from the table of stations, or have the station entered there."),
    ),
    NAME_LIST: (
        _("full names beside amounts"),
        _("Lists of recipients are published from the cases, never in a page or file. Take the names out."),
    ),
    UNREAD: (
        _("something that can’t be read"),
        _("Send the file in a form that can be read, or let a second person look through it."),
    ),
}
#: why something can't be read, in words
WHYS: dict[str, Any] = {
    reader.ENCRYPTED: _("It is protected by a password."),
    reader.BOMB: _("It unpacks to far more than its size."),
    reader.ENTITY: _("It draws on parts from elsewhere (document type or entity)."),
    reader.KIND: _("Its kind isn’t known to the check."),
    reader.BROKEN: _("It is damaged."),
    reader.PAGES: _("It has more than 5,000 pages."),
    reader.NESTED: _("Files lie within files, too deep."),
    reader.SLOW: _("It takes too long to read."),
    reader.BIG: _("It is too big."),
    reader.PICTURE: _("The page is a picture: its words can’t be read."),
    reader.GARBLED: _("The page’s font doesn’t say which characters it draws."),
    reader.DIFFERS: _("It isn’t the file that the page names."),
}


def findings(pieces: Iterable[Text | Unread], allowed: Allowed) -> list[Finding]:
    """What stops a page, in the order of the pieces; lists of names after them. At most `MOST`."""
    found: list[Finding] = []
    texts: list[Text] = []
    for piece in pieces:
        if isinstance(piece, Unread):
            found.append(Finding(f"{UNREAD}:{piece.why}", piece.place))
            continue
        if not piece.joined:
            texts.append(piece)
        found += [
            Finding(kind, piece.place, excerpt)
            for kind, excerpt in private_numbers(piece.text, allowed)
            if not (piece.joined and kind == Kind.LANDLINE)
        ]
    found += [
        Finding(NAME_LIST, texts[line.index].place, line.excerpt)
        for line in lists_of_names([text.text for text in texts])
    ]
    return list(dict.fromkeys(found))[:MOST]


def private_numbers(text: str, allowed: Allowed) -> Iterator[tuple[str, str]]:
    """Kinds of private numbers in a text, each with an excerpt; one of each kind and wording."""
    if len(DIGIT.findall(text)) < 7 and not ENCODED.search(text):
        return
    seen: set[Kind] = set()
    for reading in readings(text):
        plain = private_text.MACHINE.sub(lambda code: " " * len(code[0]), reading)
        for one in numbers.private_numbers(plain, allowed):
            run = numbers.RUN.match(plain, one.at)
            end = run.end() if run else one.at + 1
            if one.kind not in STOPS - seen or _counts_papers(one.kind, plain, one.at, end):
                continue
            seen.add(one.kind)
            yield str(one.kind), excerpt(plain, one.at, end)


def _counts_papers(kind: Kind, text: str, start: int, end: int) -> bool:
    """Whether the words around a number say that it counts documents or licences."""
    before = text[max(start - 24, 0) : start]
    if kind == Kind.LANDLINE:
        counts = NUMBERED.search(before) or COUNTED.match(text, start) or AFTER_LICENCE.match(text, end)
        return not numbers.TELEPHONE.search(before) and bool(counts)
    return kind == Kind.BANK_CARD and bool(NUMBERED.search(before))


def excerpt(text: str, start: int, end: int) -> str:
    """Known words before the number, and stars in its place."""
    said = SAID.search(text[max(start - 16, 0) : start])
    return f"{said[0] if said else '… '}{mask_whole(text[start:end].strip())}"


@cache
def release_of_rules() -> str:
    """Twelve hexadecimal signs that change when a rule does."""
    sources: Sequence[Any] = (names_and_amounts, surnames, numbers, private_text, ways)
    words = "".join(inspect.getsource(one) for one in (*sources, inspect.getmodule(release_of_rules)))
    return hashlib.sha256(words.encode()).hexdigest()[:12]
