"""Tiers as expressions of SQLite's full-text search. Only our own tokens, always quoted, ever get in."""

from __future__ import annotations

from itertools import combinations

from search.analysis import phrase
from search.plan import EXACT, INITIALS, SOUND, TITLE, Alternative, Group, Tier
from search.sounds import initial_pairs


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
    """Whatever one of the tiers finds. A tier whose groups another asks for more widely is left out."""
    wider = {(tier.groups, tier.needed) for tier in tiers if tier.scope != TITLE}
    kept = [tier for tier in tiers if tier.scope != TITLE or (tier.groups, tier.needed) not in wider]
    return " OR ".join(f"({found})" for tier in kept if (found := match(tier)))


def _any(group: Group, scope: str) -> str:
    return " OR ".join(found for one in group if (found := _alternative(one, scope)))


def _alternative(one: Alternative, scope: str) -> str:
    if one.kind == EXACT:
        return f'exact : "{one.value}"'
    if one.kind == SOUND:
        return f'sound : "{one.value}"'
    if one.kind == INITIALS:
        return f'initials : "{" ".join(initial_pairs(one.value))}"'
    words, beginning = phrase(one.value)
    if not words:
        return ""
    columns = "title" if scope == TITLE else "{title body}"
    return f'{columns} : "{" ".join(words)}"' + ("*" if beginning else "")
