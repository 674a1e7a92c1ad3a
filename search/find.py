"""Find what is public: the one door of everybody who searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from search import engine, synonyms
from search.answer import Answer, Facet, FacetValue, Hit, commonest
from search.index import Found, Index, Look
from search.plan import EVERYTHING, SAME_SOUND, SOUND, Plan, Stage, plan
from search.query import REACH, RELEVANCE, Query
from search.record import FACETS, Record
from search.snippets import marked, passage, sounding
from search.thesaurus import Thesaurus


def find(query: Query) -> Answer:
    """Answer a query with the chosen engine, or with the embedded one when it is dead.

    Never raises for what a reader typed. Without any engine the answer is empty and degraded. Without
    words everything is listed, the newest first.
    """
    return engine.ask(lambda index: find_in(index, query, synonyms.current()))


def find_in(index: Index, query: Query, words: Thesaurus) -> Answer:
    """The answer of one engine. Raises Unavailable when it is dead."""
    asked = query.sound()
    made = plan(asked.text, words) if query.text.strip() else EVERYTHING
    if not made.stages:
        return Answer(asked, shortened=query.shortened, engine=index.name)
    stage, found = _first_that_finds(index, asked, made)
    pages = max(1, -(-min(found.total, REACH) // asked.size))
    if asked.page > pages and asked.counts:
        asked = replace(asked, page=pages)
        found = index.look(Look.of(asked, stage))
    heard = [word for record, _tier in found.hits for word in sounding(record.title, made.spoken)]
    needles = list(dict.fromkeys([*made.needles, *heard]))
    return Answer(
        query=asked,
        hits=tuple(_hit(record, tier, stage, asked, needles) for record, tier in found.hits),
        total=found.total,
        page=asked.page,
        pages=pages,
        facets=_facets(found.facets, asked.filters),
        meaning=stage.meaning,
        did_you_mean=_meant(stage, found, made),
        shortened=query.shortened,
        engine=index.name,
    )


def _first_that_finds(index: Index, query: Query, made: Plan) -> tuple[Stage, Found]:
    """The first stage that finds anything before filters narrow it: narrowing never widens the words."""
    first = None
    for stage in made.stages:
        found = index.look(Look.of(query, stage))
        if found.matched:
            return stage, found
        first = first or (stage, found)
    return first or (made.stages[0], Found())


def _meant(stage: Stage, found: Found, made: Plan) -> str:
    """The words that were heard, where only their sound was found."""
    if stage.meaning != SAME_SOUND and not _by_sound(stage, found):
        return ""
    for spoken in made.spoken:
        if words := commonest(
            [one for record, _tier in found.hits for one in sounding(record.title, [spoken])]
        ):
            return words
    return ""


def _by_sound(stage: Stage, found: Found) -> bool:
    """Whether the best hit was found by pinyin."""
    return bool(found.hits) and stage.tiers[found.hits[0][1]].name == SOUND


def _hit(record: Record, tier: int, stage: Stage, query: Query, needles: list[str]) -> Hit:
    name = stage.tiers[tier].name if query.sort == RELEVANCE else ""
    return Hit(record, name, marked(record.title, needles), passage(record.body, needles))


def _facets(
    counted: Mapping[str, Mapping[str, int]], filters: Mapping[str, tuple[str, ...]]
) -> tuple[Facet, ...]:
    found = []
    for name in FACETS:
        chosen = filters.get(name, ())
        numbers = {**dict.fromkeys(chosen, 0), **counted.get(name, {})}
        ordered = sorted(numbers.items(), key=lambda one: (-one[1], one[0]))
        found.append(Facet(name, tuple(FacetValue(value, n, value in chosen) for value, n in ordered)))
    return tuple(found)
