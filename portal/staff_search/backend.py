"""Wagtail's search backend over the index of the staff: explorer, choosers, and `search()` of a queryset.

The index says what holds the words and which is best; the queryset says what may be seen, so every filter and
every scope of permissions holds as it does without a search. Where there is no index, titles are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from modelsearch import query as asked
from modelsearch.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
)

from portal.staff_search.find import found, found_whole
from portal.staff_search.following import KINDS, note
from portal.staff_search.index import family, key_of, staff_index
from search.characters import clean
from search.follow import rebuild
from search.index import Unavailable
from search.query import TEXT_LIMIT

NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Choice:
    """What is wanted, as a condition, and the best of it by number."""

    where: Q
    best: tuple[int, ...] = ()


class Question(BaseSearchQueryCompiler):
    """A query over a queryset, answered once for its results, its count and its facets."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True

    def _get_filters_from_queryset(self, check_only: bool = False) -> None:
        """Whatever the queryset narrows by is left to the database."""

    def _get_order_by(self) -> Iterable[Any]:
        return ()

    @cached_property
    def choice(self) -> Choice:
        return self._choose(self.query)

    @cached_property
    def narrowed(self) -> QuerySet[Any]:
        return self.queryset.filter(self.choice.where)

    @cached_property
    def ranked(self) -> list[int]:
        """Numbers of what the queryset lets through, best first."""
        places = {number: place for place, number in reversed(list(enumerate(self.choice.best)))}
        allowed = set(self.narrowed.order_by().values_list("pk", flat=True))
        return sorted(allowed, key=lambda number: (places.get(number, len(places)), -number))

    def _choose(self, query: Any) -> Choice:
        match query:
            case asked.PlainText() | asked.Fuzzy():
                return self._of_words(query.query_string, parts=query.operator == "or")
            case asked.Phrase():
                return self._of_words(query.query_string, whole=True)
            case asked.Boost():
                return self._choose(query.subquery)
            case asked.MatchAll():
                return Choice(~NOTHING)
            case asked.Not():
                return Choice(~self._choose(query.subquery).where)
            case asked.And() | asked.Or():
                some = [self._choose(one) for one in query.subqueries]
                joined = reduce(and_ if isinstance(query, asked.And) else or_, (one.where for one in some))
                return Choice(joined, tuple(number for one in some for number in one.best))
        raise NotImplementedError(f"{type(query).__name__} can't be asked here")

    def _of_words(self, words: str, *, whole: bool = False, parts: bool = False) -> Choice:
        words = clean(str(words), TEXT_LIMIT).strip()
        kind, titles = family(self.queryset.model), set(self.fields or ()) == {"title"}
        try:
            if not words:
                numbers = []
            elif kind not in KINDS:
                return Choice(self._by_title(words))
            elif whole:
                numbers = found_whole(kind, words)
            else:
                numbers = found(kind, words, titles=titles, parts=parts)
        except Unavailable:
            return Choice(self._by_title(words))
        return Choice(Q(pk__in=numbers), tuple(numbers))

    def _by_title(self, words: str) -> Q:
        model: type[Model] = self.queryset.model
        names = {field.name for field in model._meta.get_fields()} & {"title", "draft_title"}
        each = (reduce(or_, (Q(**{f"{name}__icontains": word}) for name in names)) for word in words.split())
        return reduce(and_, each) if names else NOTHING


class Answers(BaseSearchResults):
    """Rows of the queryset, the best first, or in its own order where that was asked or none is best."""

    supports_facet = True

    def _do_search(self) -> list[Any]:
        question = self.query_compiler
        if question.order_by_relevance and question.choice.best:
            numbers = question.ranked[self.start : self.stop]
            rows = {row.pk: row for row in question.queryset.order_by().filter(pk__in=numbers)}
            return [rows[number] for number in numbers if number in rows]
        rows = question.narrowed
        return list((rows if rows.query.order_by else rows.order_by("-pk"))[self.start : self.stop])

    def _do_count(self) -> int:
        return len(self.query_compiler.ranked[self.start : self.stop])

    def annotate_score(self, field_name: str) -> Any:
        raise NotImplementedError("there is no score: what is found has an order")

    def facet(self, field_name: str) -> dict[Any, int]:
        """How many by the values of a column, the commonest first."""
        question = self.query_compiler
        if question._get_filterable_field(field_name) is None:
            model = question.queryset.model.__name__
            raise FilterFieldError(f"{model} has no filter field {field_name}", field_name=field_name)
        rows = question.queryset.model._default_manager.filter(pk__in=question.ranked)
        counted = rows.order_by().values(field_name).annotate(count=Count("pk")).order_by("-count")
        return {row[field_name]: row["count"] for row in counted}


class Notes(BaseIndex):
    """What Wagtail reports as changed is noted, and written once it is committed."""

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        for item in items:
            note(key_of(item))

    def delete_item(self, item: Any) -> None:
        note(key_of(item))


class Unwritten(BaseIndex):
    """Takes the rows that `update_index` reads: the rebuild behind it reads for itself."""


class Rebuilder:
    """`manage.py update_index` makes the index anew, as `rebuild_search` does."""

    def __init__(self, index: BaseIndex) -> None:
        self.index = index

    def start(self) -> BaseIndex:
        return Unwritten(self.index.backend)

    def finish(self) -> None:
        rebuild(staff_index())


class StaffSearchBackend(BaseSearchBackend):
    """Named in WAGTAILSEARCH_BACKENDS. Autocompletion asks the same: parts of words are found anyhow."""

    query_compiler_class = Question
    autocomplete_query_compiler_class = Question
    index_class = Notes
    results_class = Answers
    rebuilder_class = Rebuilder
    catch_indexing_errors = True


SearchBackend = StaffSearchBackend
