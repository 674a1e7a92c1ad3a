"""Marked titles and passages, cut from the stored text in Python: the same for every engine."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from search.characters import fold_with_places
from search.sounds import heard_in

#: characters of a passage, before its first mark, and of a text that are looked through
LENGTH, BEFORE, READ = 120, 24, 20_000


@dataclass(frozen=True)
class Piece:
    """Part of a text as written; `hit` when it is what was looked for."""

    text: str
    hit: bool = False


def marked(text: str, needles: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text in pieces."""
    return _pieces(text, _places(text, needles), 0, len(text))


def passage(text: str, needles: Sequence[str]) -> tuple[Piece, ...]:
    """The passage of a text with most marks, with dots where it was cut; its beginning without any."""
    read = text[:READ]
    places = _places(read, needles)
    start = 0
    if places:
        starts = [first for first, _last in places]
        best = max(range(len(places)), key=lambda at: (_within(starts, at), -at))
        start = max(0, starts[best] - BEFORE)
    end = min(len(text), start + LENGTH)
    pieces = _pieces(text, [one for one in places if one[0] >= start and one[1] <= end], start, end)
    return (
        *([Piece("…")] if start else []),
        *pieces,
        *([Piece("…")] if end < len(text) else []),
    )


def sounding(title: str, spoken: Sequence[tuple[str, ...]]) -> list[str]:
    """The words of a title that sound like one of these."""
    return [words for one in spoken if (words := heard_in(title, one))]


def _places(text: str, needles: Sequence[str]) -> list[tuple[int, int]]:
    """Where the needles stand in the text as written: start and end, in order, none over another."""
    folded, places = fold_with_places(text)
    found: list[tuple[int, int]] = []
    for needle in needles:
        at = folded.find(needle) if needle else -1
        while at >= 0:
            if not _inside_word(folded, at, needle):
                found.append((places[at], places[at + len(needle) - 1] + 1))
            at = folded.find(needle, at + len(needle))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _inside_word(folded: str, at: int, needle: str) -> bool:
    """Whether a number or a Latin word was met within a longer one."""
    before, behind = folded[at - 1 : at], folded[at + len(needle) : at + len(needle) + 1]
    return _goes_on(before, needle[0]) or _goes_on(needle[-1], behind)


def _goes_on(left: str, right: str) -> bool:
    return (left + right).isascii() and (
        (left.isalpha() and right.isalpha()) or (left.isdigit() and right.isdigit())
    )


def _within(starts: Sequence[int], at: int) -> int:
    """How many marks a passage beginning with this one would hold."""
    return bisect_right(starts, starts[at] - BEFORE + LENGTH) - at


def _pieces(text: str, places: Sequence[tuple[int, int]], start: int, end: int) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for first, last in places:
        if first > start:
            pieces.append(Piece(text[start:first]))
        pieces.append(Piece(text[first:last], hit=True))
        start = last
    if start < end:
        pieces.append(Piece(text[start:end]))
    return tuple(pieces)
