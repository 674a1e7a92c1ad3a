"""Keys of what staff look for, best first. Whose they are to see is asked of the database, never here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from portal.staff_search.index import staff_index
from search import synonyms
from search.analysis import folded_tokens
from search.characters import clean, fold
from search.index import Look
from search.plan import ALL, BEGINNING, FOUND, RELAXED, TEXT, TITLE, Alternative, Group, Stage, Tier, plan
from search.query import REACH, TEXT_LIMIT

#: letters of a word's beginning that are enough to look for it
LETTERS = 2


def found(kind: str, words: str, *, titles: bool = False, parts: bool = False) -> list[int]:
    """Numbers of the records of a kind that hold the words, best first, 10,000 at most.

    A word of Latin letters is found by its beginning. `titles` looks in titles alone; `parts` is content
    with some of the words where none holds all. Raises Unavailable where there is no index.
    """
    made = plan(clean(words, TEXT_LIMIT), synonyms.current())
    for stage in made.stages:
        if stage.meaning == RELAXED and not parts:
            break
        if numbers := _look(kind, _in_titles(stage) if titles else _beginnings(stage)):
            return numbers
    return []


def found_whole(kind: str, phrase: str) -> list[int]:
    """Numbers of the records that hold the phrase as it is typed. Raises Unavailable."""
    folded = fold(clean(phrase, TEXT_LIMIT)).strip()
    if not folded_tokens(folded):
        return []
    return _look(kind, Stage(FOUND, (Tier("typed", ((Alternative(TEXT, folded),),), ALL, 1),)))


def _look(kind: str, stage: Stage) -> list[int]:
    look = Look(stage, filters={"kind": (kind,)}, count=REACH, counts=False)
    return [int(one.rsplit(":", 1)[1]) for one in staff_index().keys(look)]


def _beginnings(stage: Stage) -> Stage:
    tiers = (replace(tier, groups=tuple(map(_begun, tier.groups))) for tier in stage.tiers)
    return replace(stage, tiers=tuple(tiers))


def _begun(group: Group) -> Group:
    """The same, with the beginnings of its Latin words."""
    return tuple(chain(group, _begin(group)))


def _begin(group: Group) -> Iterator[Alternative]:
    for one in group:
        if one.kind == TEXT and one.value.isascii() and one.value.isalpha() and len(one.value) >= LETTERS:
            yield Alternative(BEGINNING, one.value)


def _in_titles(stage: Stage) -> Stage:
    tiers = [replace(tier, scope=TITLE) for tier in _beginnings(stage).tiers]
    return replace(stage, tiers=tuple(tier for tier in tiers if tier.name != "exact"))
