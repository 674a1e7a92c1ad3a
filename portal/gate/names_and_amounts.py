"""Lists of full names beside amounts (pure): three lines or more that each tell who receives how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.gate.surnames import is_full_name
from relief.confidential.masking import mask_whole

#: lines with a name and an amount that make a list
LEAST = 3
#: what may stand around a name and belongs to neither
LABEL = r"(?:户主|申请人|救助对象|保障对象|受助人|领取人|姓名|居民|同志)?[:：]?\s*"
AMOUNT = r"(?:[¥￥]|人民币)?\s*(?P<amount>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{2,7}(?:\.\d{1,2})?)"
UNIT = r"\s*(?:元|块|圆|yuan|RMB|CNY)"
SIGNED = re.compile(rf"(?:[¥￥]|人民币)\s*\d[\d,.]*|{AMOUNT}\s*万?{UNIT}", re.IGNORECASE)
BARE = re.compile(rf"^{AMOUNT}$")
NAME = re.compile(r"[\u4e00-\u9fff·]{2,9}")
#: words between a name and its amount, which may follow the name without a break
BETWEEN = re.compile(
    r"(?:每人|每月|月|共|现|可|领取|享受|补助|救助|保障|发放|获得|获|金额|一户|户|家庭|本人|女|男|同志|等).*$"
)
#: what heads a column of amounts, so that bare numbers in rows count
MONEY = re.compile(r"元|金额|保障金|救助金|补助金|yuan|amount", re.IGNORECASE)
DIVIDED = re.compile(r"\t|\s{1,}|[|、；;]")
ITEMS = re.compile(r"[、；;。\n]")


@dataclass(frozen=True)
class Line:
    """A name beside an amount: where the line stands among the texts asked about, and the name as hidden."""

    index: int
    excerpt: str


def lists_of_names(texts: list[str]) -> list[Line]:
    """Lines that tell a full name and an amount, where at least three different persons are told so."""
    found: list[Line] = []
    names: set[str] = set()
    money_said = False
    for index, text in enumerate(texts):
        money_said = money_said or bool(MONEY.search(text))
        for name in _named(text, bare=money_said):
            found.append(Line(index, f"{name[0]}{mask_whole(name[1:])} … {mask_whole('100')} 元"))
            names.add(name)
    return found if len(names) >= LEAST else []


def _named(text: str, *, bare: bool) -> Iterator[str]:
    """The names of a line or row, each with an amount beside it."""
    if not any(sign.isdigit() for sign in text):
        return
    cells = [cell for cell in DIVIDED.split(text) if cell]
    if bare and len(cells) > 1 and any(BARE.match(cell) for cell in cells):
        yield from [cell for cell in cells if is_full_name(cell)][:1]
        return
    for item in ITEMS.split(text):
        amount = SIGNED.search(item)
        if amount:
            before = item[: amount.start()]
            for run in NAME.finditer(before):
                if name := _name_in(run[0]):
                    yield name
                    break


def _name_in(run: str) -> str:
    """The name in a run of Chinese signs: alone, after a label or before words of an amount."""
    bare = re.sub(rf"^{LABEL}", "", run)
    bare = BETWEEN.sub("", bare) or bare
    return bare if is_full_name(bare) else ""
