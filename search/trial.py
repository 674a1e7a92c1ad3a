"""Words of one meaning tried before they hold: what readers would find by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search import engine
from search.answer import Answer, Hit
from search.find import find_in
from search.plan import FOUND
from search.query import Query
from search.synonyms import in_force
from search.thesaurus import Thesaurus, thesaurus

SHOWN = 5


@dataclass(frozen=True)
class Trial:
    """The first five that hold a word of the group whole, how many do, and what each word finds by itself.

    `alone` has a word, how many it finds, and whether only by its sound or by parts of it: as a member of a
    group it is looked for whole. Without `answered` no engine answers, and nothing is known.
    """

    hits: tuple[Hit, ...]
    total: int
    alone: tuple[tuple[str, int, bool], ...]
    answered: bool


def trial(words: Sequence[str], *, besides: int = 0) -> Trial:
    """Try `words` beside the groups that hold, instead of the group `besides`. A search for each word."""
    others = [group.listed for group in in_force() if group.pk != besides]
    without = thesaurus(others)
    whole = _asked(words[0], thesaurus([*others, words]))
    alone = [(word, _asked(word, without)) for word in words]
    told = tuple((word, one.total, bool(one.total) and one.meaning != FOUND) for word, one in alone)
    held = whole.meaning == FOUND  # else readers are shown texts with parts of the words
    return Trial(whole.hits if held else (), whole.total if held else 0, told, answered=bool(whole.engine))


def _asked(word: str, words: Thesaurus) -> Answer:
    return engine.ask(lambda index: find_in(index, Query(word, size=SHOWN), words))
