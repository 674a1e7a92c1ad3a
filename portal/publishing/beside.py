"""A source and its translation side by side, piece by piece; what changed in the source is marked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from portal.gate.pieces_of_page import PagePiece, pieces_of_page
from portal.publishing.difference import Mark, marks

#: what an author says of one change is no text to translate
NOTES = ("change_note_zh", "change_note_en", "publish_at")
#: parts of a block that its readers don't see: where links lead, and how large a heading is
UNSEEN = (("in", "anchor"), ("in", "level"))


@dataclass(frozen=True)
class Pair:
    """One place: the source's text as runs, the translation's text. `changed`: since the base."""

    place: str
    source: list[Mark] = field(default_factory=list)
    twin: str = ""
    changed: bool = False


Lines = list[tuple[int | None, int | None, list[Mark]]]


def side_by_side(base: Any | None, source: Any, twin: Any, without: Collection[str] = ()) -> list[Pair]:
    """Pairs in the source's order. `base`: the source's text that the translation takes in, None if unknown.

    `without`: columns and relations that a translation doesn't hold.
    """
    new, theirs = _by_column(source, without), _by_column(twin, without)
    old = _by_column(base, without) if base is not None else new
    columns = [*new, *(column for column in (*old, *theirs) if column not in new)]
    return [
        pair
        for column in dict.fromkeys(columns)
        for pair in _pairs(old.get(column, []), new.get(column, []), theirs.get(column, []))
    ]


def _by_column(page: Any, without: Collection[str]) -> dict[tuple[Any, ...], list[PagePiece]]:
    found: dict[tuple[Any, ...], list[PagePiece]] = {}
    for piece in pieces_of_page(page):
        column = piece.steps[0][:3]
        if column[-1] not in without and column[-1] not in NOTES and piece.steps[-1] not in UNSEEN:
            found.setdefault(column, []).append(piece)
    return found


def _pairs(old: list[PagePiece], new: list[PagePiece], theirs: list[PagePiece]) -> list[Pair]:
    """The pieces of one column. A draft that has grown with its source is matched with it as it is now."""
    by_new = len(theirs) == len(new) or len(theirs) != len(old)
    left, found = dict(enumerate(theirs)), []
    for i, k, runs in _lines(old, new):
        at = k if by_new else i
        twin = left.pop(at, None) if at is not None else None
        piece = new[k] if k is not None else old[i or 0]
        found.append(
            Pair(piece.place, runs, twin.text if twin else "", any(run.kind != "same" for run in runs))
        )
    return found + [Pair(piece.place, twin=piece.text) for piece in left.values()]


def _lines(old: list[PagePiece], new: list[PagePiece]) -> Lines:
    """Where each piece stood and stands, with the runs of its text."""
    found: Lines = []
    matcher = SequenceMatcher(None, [one.text for one in old], [one.text for one in new], autojunk=False)
    for _tag, i, j, k, m in matcher.get_opcodes():
        for was, now in zip_longest(range(i, j), range(k, m)):
            before = old[was].text if was is not None else ""
            after = new[now].text if now is not None else ""
            found.append((was, now, marks(before, after)))
    return found
