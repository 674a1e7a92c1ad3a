"""What somebody asks: words, filters, order, page. Whatever comes in, what goes on is valid and bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from search.characters import clean
from search.record import FACETS

#: characters of a query that are read; results that can be paged to; values of one filter
TEXT_LIMIT, REACH, VALUES_LIMIT = 200, 10_000, 50
SIZE, SIZE_LIMIT = 10, 100
RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
SORTS = (RELEVANCE, NEWEST, OLDEST)


@dataclass(frozen=True)
class Query:
    """A question to the finder. `filters` gives the values wanted by facet, any of which will do.

    `languages` narrows what there is at all (empty: every language); unlike a filter it isn't counted
    around. `since` and `until` are days, both inclusive. Without `counts` no facets are counted.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    languages: tuple[str, ...] = ()
    sort: str = RELEVANCE
    page: int = 1
    size: int = SIZE
    counts: bool = True

    def sound(self) -> Query:
        """The same with what can't be meant left out: unknown facets and orders, pages out of reach."""
        known = {
            name: tuple(str(value)[:100] for value in values[:VALUES_LIMIT])
            for name, values in self.filters.items()
            if name in FACETS and values
        }
        size = min(max(self.size, 1), SIZE_LIMIT)
        return replace(
            self,
            text=clean(self.text, TEXT_LIMIT).strip(),
            filters=known,
            sort=self.sort if self.sort in SORTS else RELEVANCE,
            page=min(max(self.page, 1), REACH // size),
            size=size,
        )

    @property
    def shortened(self) -> bool:
        """Whether only the beginning of the words was read."""
        return len(self.text) > TEXT_LIMIT

    @property
    def narrowed(self) -> bool:
        return bool(self.filters or self.since or self.until)
