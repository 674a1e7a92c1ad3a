"""What the finder answers: hits with marked pieces, facets with counts, and how the answer was come by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from search.query import Query
from search.record import Record
from search.snippets import Piece


@dataclass(frozen=True)
class Hit:
    """One record found. `tier` names how (`exact`, `title` …), empty where the order is by date."""

    record: Record
    tier: str
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]


@dataclass(frozen=True)
class FacetValue:
    value: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """The values of one facet, the commonest first; a chosen one stays, though nothing has it."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Answer:
    """`meaning` is `found`, `same-sound` or `relaxed`; empty when the words hold nothing to look for.

    `did_you_mean` are words that sound like those asked for and stand in what was found. `degraded` tells
    staff that the chosen engine didn't answer and the embedded one did.
    """

    query: Query
    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    facets: tuple[Facet, ...] = ()
    meaning: str = ""
    did_you_mean: str = ""
    shortened: bool = False
    degraded: bool = False
    engine: str = field(default="", compare=False)

    @property
    def relaxed(self) -> bool:
        """Whether not everything asked for is in what was found."""
        return self.meaning == "relaxed"


def commonest(words: Sequence[str]) -> str:
    """The word that stands there most often, the first among equals; empty for none."""
    return max(dict.fromkeys(words), key=words.count, default="")
