"""Anchors of articles and headings: made once from the number, kept when the text is amended."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMBER = re.compile(r"第?([零〇一二两三四五六七八九十百千]+|\d+)[条章节]?")
#: a table of contents is worth its place from this many entries on
LEAST_CONTENTS = 3
ANCHORED = {"article": "article", "heading": "section"}


@dataclass(frozen=True)
class Entry:
    """One line of the table of contents."""

    text: str
    anchor: str
    level: int


def number_of(words: str) -> int | None:
    """第十二条 → 12, Article 12 → 12; None when no number is found."""
    if found := re.search(r"\d+", words):
        return int(found.group())
    if not (match := NUMBER.search(words)):
        return None
    total, digit = 0, 0
    for sign in match[1]:
        if sign in UNITS:
            total += (digit or 1) * UNITS[sign]
            digit = 0
        else:
            digit = DIGITS[sign]
    return total + digit


def settle_anchors(body: Iterable[Any]) -> None:
    """Give every article and heading without an anchor one of its own; what has one keeps it.

    The copy of a block brings its anchor along: the first that has it keeps it.
    """
    blocks = [block for block in body if block.block_type in ANCHORED]
    taken: set[str] = set()
    waiting = []
    for place, block in enumerate(blocks, start=1):
        anchor = block.value.get("anchor")
        if anchor and anchor not in taken:
            taken.add(anchor)
        else:
            waiting.append((place, block))
    for place, block in waiting:
        words = block.value.get("number") if block.block_type == "article" else block.value.get("text")
        wanted = f"{ANCHORED[block.block_type]}-{number_of(words or '') or place}"
        anchor, copy = wanted, 2
        while anchor in taken:
            anchor, copy = f"{wanted}-{copy}", copy + 1
        block.value["anchor"] = anchor
        taken.add(anchor)


def contents(body: Iterable[Any]) -> list[Entry]:
    """The table of contents: the headings, or the articles of a text without headings."""
    blocks = list(body)
    headings = [
        Entry(block.value["text"], block.value["anchor"], int(block.value["level"]))
        for block in blocks
        if block.block_type == "heading"
    ]
    articles = [
        Entry(" ".join(filter(None, (block.value["number"], block.value["title"]))), block.value["anchor"], 2)
        for block in blocks
        if block.block_type == "article"
    ]
    found = headings or articles
    return found if len(found) >= LEAST_CONTENTS else []
