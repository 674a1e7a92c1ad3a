"""Who hands over what is found. Sources register when the apps are ready; the finder knows none of them.

An index that is not the public's has sources of its own, under its name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from relief.ledger.models import Publication
from search.record import Record


class Source(Protocol):
    """One kind of published things. A record's key tells nobody but its source where it comes from."""

    def touched(self, row: Publication) -> Iterable[str]:
        """Keys of the records that a row of the journal may have changed; of no other source's."""

    def read(self, keys: Collection[str]) -> Iterator[Record]:
        """Those of these keys that are public now."""

    def keys(self) -> Iterator[str]:
        """Every key that is public now, or may be."""

    def waiting(self) -> bool:
        """Whether something is to be done that `read` doesn't wait for, because it takes too long."""
        return False

    def complete(self) -> Iterator[list[str]]:
        """Do it bit by bit; after each, the keys whose records say something else now."""
        return iter(())


#: whose sources the indexes of the public read
PUBLIC = "public"
_sources: dict[str, list[Source]] = {}


def register(source: Source, index: str = PUBLIC) -> None:
    """When the apps are ready; again changes nothing. `index` names the index that reads the source."""
    known = _sources.setdefault(index, [])
    if not any(type(one) is type(source) and vars(one) == vars(source) for one in known):
        known.append(source)


def registered(index: str = PUBLIC) -> list[Source]:
    """The sources of an index by its name: its own, or those of the public."""
    return list(_sources.get(index) or _sources.get(PUBLIC, []))
