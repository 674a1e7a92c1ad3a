"""As many documents as are wanted, from the texts whose right answers are known: streamed, always the same.

The first 595 are those texts. Every further round says the same of other days, under other numbers and with
other sentences around it, so that a word of a query is as common among 100,000 as among 595.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count, islice

from search.record import Record
from tests.search.corpus import FILLING, Text, texts

#: days between two rounds, back in time
DAYS = 11


def crowd(size: int) -> Iterator[Record]:
    """So many records, one after the other."""
    return islice(_rounds(), size)


def _rounds() -> Iterator[Record]:
    known = texts()
    yield from (one.record for one in known)
    for turn in count(1):
        chance = random.Random(turn)
        for one in known:
            yield _again(one, turn, chance)


def _again(text: Text, turn: int, chance: random.Random) -> Record:
    """One text of a further round."""
    record, number = text.record, text.number or text.cites
    head = record.body.split("\n")[0]
    other = _renumbered(number, turn) if number else ""
    words = (part.replace(number, other) if number else part for part in (record.title, head, *record.exact))
    title, head, *exact = words
    source, mark, *language = record.key.split(":")
    key = f"list:{other}" if source == "list" else f"page:{int(mark) + turn * 10_000}:{language[0]}"
    return replace(
        record,
        key=key,
        title=title,
        url=f"{record.url}{turn}/",
        date=record.date - timedelta(days=DAYS * turn),
        body="\n".join([head, *chance.sample(FILLING, 4)]),
        exact=tuple(exact),
    )


def _renumbered(number: str, turn: int) -> str:
    """Another document or list number: 明民发〔2024〕15号 is 明民发〔2024〕3015号 in the third round."""
    if number.endswith("号"):
        before, last = number[:-1].split("〕")
        return f"{before}〕{turn * 1000 + int(last)}号"
    return f"{number[:-3]}{turn * 4 + int(number[-3:]):04}"
