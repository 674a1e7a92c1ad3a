"""Tiers as expressions of SQLite's full-text search. Only our own tokens, always quoted, ever get in."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from search.analysis import phrase
from search.characters import holds_within
from search.plan import BEGINNING, EXACT, INITIALS, SOUND, TEXT, TITLE, Alternative, Group, Tier
from search.sounds import initial_pairs
from search.whole_words import whole_word

#: before an exact value, so that it looks like no token of a text
EXACTLY = "="
#: what only texts hold is looked for without naming columns, which takes a tenth less
ANY_COLUMN = ""


@lru_cache(maxsize=512)
def match(tier: Tier) -> str:
    """The expression of one tier. Empty for a tier that asks for nothing."""
    groups = [found for group in tier.groups if (found := _any(group, tier.scope))]
    if len(groups) < len(tier.groups) and tier.needed == len(tier.groups):
        return ""
    if not groups or tier.needed > len(groups):
        return ""
    if tier.needed in (1, len(groups)):
        return (" OR " if tier.needed == 1 else " AND ").join(f"({group})" for group in groups)
    chosen = (" AND ".join(f"({one})" for one in some) for some in combinations(groups, tier.needed))
    return " OR ".join(f"({some})" for some in chosen)


def union(tiers: tuple[Tier, ...]) -> str:
    """Whatever one of the tiers finds. A tier is left out where another finds all that it finds."""
    kept: dict[Tier, str] = {}
    for tier in tiers:
        found = match(tier)
        if found and not any(_within(tier, other) for other in kept):
            kept = {other: words for other, words in kept.items() if not _within(other, tier)} | {tier: found}
    return " OR ".join(f"({found})" for found in kept.values())


def _within(tier: Tier, other: Tier) -> bool:
    """Whether whatever a tier finds is surely found by the other."""
    if other.scope == TITLE != tier.scope:
        return False
    if tier.groups == other.groups:
        return tier.needed >= other.needed
    return tier.needed == len(tier.groups) and all(
        any(all(any(_holds(one, part) for part in wanted) for one in group) for group in tier.groups)
        for wanted in other.groups
    )


def _holds(one: Alternative, part: Alternative) -> bool:
    return one == part or (one.kind == part.kind == TEXT and holds_within(one.value, part.value))


def _any(group: Group, scope: str) -> str:
    return " OR ".join(found for one in group if (found := _alternative(one, scope)))


def _alternative(one: Alternative, scope: str) -> str:
    if one.kind == EXACT:
        return f'exact : "{EXACTLY}{one.value}"'
    if one.kind == SOUND:
        return f'sound : "{one.value}"'
    if one.kind == INITIALS:
        return f'initials : "{" ".join(initial_pairs(one.value))}"'
    columns = "title : " if scope == TITLE else "{title body} : "
    if one.kind == BEGINNING:
        return f'{columns}"{one.value}"*'
    if whole := whole_word(one.value, in_title=scope == TITLE):
        return f'whole : "{whole}"'
    words, beginning = phrase(one.value)
    if not words:
        return ""
    if scope != TITLE and not beginning and not any(map(_is_latin, words)):
        columns = ANY_COLUMN
    return f'{columns}"{" ".join(words)}"' + ("*" if beginning else "")


def _is_latin(token: str) -> bool:
    return token.isascii() and token.isalpha()
