"""A record as Elasticsearch keeps it, and one stage of a plan as the request that is sent.

All tokens come from our analysis, so the index needs no analyzer but `whitespace`, which every server has.
Scores are constants by tier; no script, no reindexing and no deletion by query is ever asked for.
"""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import Date, Document, Keyword, Long, Object, Q, Search, Text
from elasticsearch.dsl.query import Query as Condition

from search.analysis import phrase
from search.index import Look
from search.plan import EXACT, INITIALS, SOUND, TITLE, Alternative, Group, Tier
from search.query import NEWEST, REACH, RELEVANCE
from search.record import FACETS, LISTS, Record, tokens_of
from search.sounds import initial_pairs
from search.whole_words import whole_word

#: values of one facet that are counted at most
VALUES = 500
SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1", "max_result_window": REACH}


class RecordDocument(Document):
    """One record with its tokens; `kept` is the record itself, for showing and comparing."""

    role = Keyword()
    title = Text(analyzer="whitespace", norms=False)
    body = Text(analyzer="whitespace", norms=False)
    sound = Text(analyzer="whitespace", norms=False)
    initials = Text(analyzer="whitespace", norms=False)
    exact = Keyword()
    whole = Keyword()
    kind = Keyword()
    issuer = Keyword()
    topic = Keyword()
    year = Keyword()
    street = Keyword()
    validity = Keyword()
    language = Keyword()
    date = Date()
    order = Long()
    digest = Keyword()
    kept = Object(enabled=False)
    #: of the one document that says how far the journal is read, and by which analysis
    cursor = Long()
    analysis = Keyword()

    class Index:
        settings = SETTINGS


def document(record: Record) -> RecordDocument:
    """The document of a record."""
    record = record.cleaned()
    made = tokens_of(record)
    return RecordDocument(
        meta={"id": record.key},
        role="record",
        title=" ".join(made.title),
        body=" ".join(made.body),
        sound=" ".join(made.sound),
        initials=" ".join(made.initials),
        exact=made.exact,
        whole=made.whole,
        date=record.date,
        order=record.order,
        digest=record.digest(),
        kept=record.as_dict(),
        **{name: getattr(record, name) for name in FACETS if getattr(record, name)},
    )


# --- the request ------------------------------------------------------------------------------


def request(look: Look, index: str) -> Search:
    """One stage as one request: hits behind the filters, facets each around its own filter."""
    tiers = [_scored(tier, len(look.stage.tiers) - at) for at, tier in enumerate(look.stage.tiers)]
    within = [Q("term", role="record")]
    if look.languages:
        within.append(Q("terms", language=list(look.languages)))
    asked = Search(index=index).query(Q("bool", must=[Q("dis_max", queries=tiers)], filter=within))
    asked = asked.post_filter(_all(_narrowing(look)))
    if look.sort == RELEVANCE:
        asked = asked.sort({"_score": {"order": "desc"}}, {"order": {"order": "desc"}})
    else:
        asked = asked.sort({"order": {"order": "desc" if look.sort == NEWEST else "asc"}})
    first = min(look.first, REACH)
    asked = asked.source(["kept"])[first : min(first + look.count, REACH)]
    if look.counts:
        asked = asked.extra(track_total_hits=True)
        asked.aggs.bucket("matched", "filter", term={"role": "record"})
        for name in FACETS:
            around = asked.aggs.bucket(name, "filter", _all(_narrowing(look, besides=name)))
            around.bucket("values", "terms", field=name, size=VALUES)
    return asked


def tier_of(score: float, look: Look) -> int:
    """The number of the tier behind a score."""
    return len(look.stage.tiers) - round(score) if look.sort == RELEVANCE else 0


def _scored(tier: Tier, score: int) -> Condition:
    return Q("constant_score", filter=_tier(tier), boost=float(score))


def _tier(tier: Tier) -> Condition:
    if not tier.groups:
        return Q("match_all")
    groups = [found for group in tier.groups if (found := _any(group, tier.scope))]
    if not groups or tier.needed > len(groups):
        return Q("match_none")
    lists = [Q("prefix", kind={"value": LISTS})] if tier.texts else []
    return Q("bool", should=groups, minimum_should_match=tier.needed, must_not=lists)


def _any(group: Group, scope: str) -> Condition | None:
    found = [one for alternative in group for one in _alternative(alternative, scope)]
    return Q("bool", should=found, minimum_should_match=1) if found else None


def _alternative(one: Alternative, scope: str) -> list[Condition]:
    if one.kind == EXACT:
        return [Q("term", exact=one.value)]
    if one.kind == SOUND:
        return [_together("sound", one.value.split(" "))]
    if one.kind == INITIALS:
        return [_together("initials", initial_pairs(one.value))]
    if whole := whole_word(one.value, in_title=scope == TITLE):
        return [Q("term", whole=whole)]
    words, beginning = phrase(one.value)
    fields = ["title"] if scope == TITLE else ["title", "body"]
    if beginning:
        return [Q("prefix", **{name: {"value": words[0]}}) for name in fields]
    return [_together(name, words) for name in fields] if words else []


def _together(name: str, words: list[str] | tuple[str, ...]) -> Condition:
    if len(words) == 1:
        return Q("term", **{name: words[0]})
    return Q("match_phrase", **{name: {"query": " ".join(words)}})


def _narrowing(look: Look, besides: str = "") -> list[Condition]:
    """The filters but one, and the days."""
    found = [Q("terms", **{name: list(values)}) for name, values in look.filters.items() if name != besides]
    days: dict[str, Any] = {}
    if look.since:
        days["gte"] = look.since.isoformat()
    if look.until:
        days["lte"] = look.until.isoformat()
    return [*found, Q("range", date=days)] if days else found


def _all(conditions: list[Condition]) -> Condition:
    return Q("bool", filter=conditions) if conditions else Q("match_all")
