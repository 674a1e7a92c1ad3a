"""Thousands of texts looked for in a body at one go (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

#: bytes by which a text is first found; what follows is compared then
BEGINNING = 4


class Needles:
    """Found by their first bytes: one pass over a body, however many they are."""

    def __init__(self, texts: Iterable[bytes]) -> None:
        self._short: list[bytes] = []
        self._by_beginning: dict[bytes, list[bytes]] = defaultdict(list)
        for text in texts:
            if len(text) < BEGINNING:
                self._short.append(text)
            else:
                self._by_beginning[text[:BEGINNING]].append(text)

    def found_in(self, body: bytes) -> set[bytes]:
        return {text for text in self._short if text in body} | set(self._long(body))

    def _long(self, body: bytes) -> Iterator[bytes]:
        known = self._by_beginning
        places = range(len(body) - BEGINNING + 1)
        for at in [at for at in places if body[at : at + BEGINNING] in known]:
            yield from (text for text in known[body[at : at + BEGINNING]] if body.startswith(text, at))
