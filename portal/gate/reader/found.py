"""What the reader of files hands back: texts with their places, and what it could not read (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

#: steps to a place, from outside in: `("page", 12)`, `("sheet", "Sheet2", "hidden", 3)`
Step = tuple[str | int, ...]
Place = tuple[Step, ...]


class Text(NamedTuple):
    """One text. Cells of a row are divided by tabs; `joined` text was put together across lines."""

    place: Place
    text: str
    joined: bool = False


class Unread(NamedTuple):
    """Something that can't be read, and why, by code: it stops a page as a private value does."""

    place: Place
    why: str


Found = Iterator[Text | Unread]

ENCRYPTED, BOMB, ENTITY, KIND, BROKEN = "encrypted", "bomb", "entity", "kind", "broken"
PAGES, NESTED, SLOW, BIG, PICTURE, GARBLED = "pages", "nested", "slow", "big", "picture", "garbled"
DIFFERS = "differs"

#: most pages of a PDF; files within files; parts and unpacked bytes of a package; how much it may swell
MOST_PAGES = 5_000
MOST_DEPTH = 3
MOST_PARTS = 10_000
MOST_UNPACKED = 256 * 1024 * 1024
SWELLS_FROM, MOST_SWELLING = 16 * 1024 * 1024, 100


def within(step: Step, found: Found) -> Found:
    """The same, one step further inside."""
    for one in found:
        yield one._replace(place=(step, *one.place))
