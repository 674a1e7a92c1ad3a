"""A source of many records beside the site's own, so that a rebuild and an application take their time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from relief.ledger.models import Publication
from search.record import Record
from tests.search.corpus import records


class CrowdSource:
    """The first `size` texts of the corpus; every publication says all of them anew, as of its `turn`."""

    def __init__(self, size: int = 595) -> None:
        self.records = {one.key: one for one in records()[:size]}
        self.turn = 0
        #: called with how many records were read, before the next one is
        self.on_read: Callable[[int], None] = lambda _read: None

    def touched(self, row: Publication) -> Iterable[str]:
        return list(self.records)

    def keys(self) -> Iterator[str]:
        yield from self.records

    def read(self, keys: Collection[str]) -> Iterator[Record]:
        for key in keys:
            if found := self.records.get(key):
                place = list(self.records).index(key)
                self.on_read(place)
                yield replace(found, title=f"{found.title}（第{self.turn}次）")
