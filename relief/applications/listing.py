"""What a case asks of the public list that shows it: a look-up that publicity fills when the app is ready.

Publicity stands above applications, and decisions and publicity are strangers; yet a case that leaves the
road must leave its list in the same transaction, and a new opinion must answer the objections.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from relief.applications.models import Application
from relief.trail.models import Event


@dataclass(frozen=True)
class Published:
    """A published list: its digest, its area, and the keys of the cases whose newest list it is."""

    number: str
    digest: str
    area: str
    cases: frozenset[int]


class Listing(Protocol):
    """The list before approval on which a case stands."""

    def hold(self, application: Application) -> bool:
        """Lock the case's newest list, before the case itself is written; whether its period is closed."""
        ...

    def leave(self, application: Application, event: Event) -> None:
        """The case left the road's publicity by `event`: take its row from the list, end open objections."""
        ...

    def published(self, number: str) -> Published | None:
        """The closed list before approval with this number."""
        ...

    def outdated(self, application: Application) -> bool:
        """Whether the case was rectified after its row was frozen, and no correction has shown it since."""
        ...

    def answer(self, application: Application, *, upheld: bool, words: str, event: Event) -> int:
        """Answer the open objections to the case; how many there were."""
        ...

    def complained_of(self, application: Application) -> bool:
        """Whether an objection about a member of staff still waits for the district's answer."""
        ...


_listings: list[Listing] = []


def register_listing(found: Listing) -> None:
    """Called once by publicity when the app is ready."""
    _listings[:] = [found]


def listing() -> Listing:
    return _listings[0]
