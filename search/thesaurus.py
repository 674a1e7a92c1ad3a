"""Words of one meaning, as the query uses them. The index knows nothing of it, so a change holds at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.characters import clean, fold

#: characters of one word of a group
WORD_LIMIT = 40


@dataclass(frozen=True)
class Thesaurus:
    """The groups of words of one meaning, folded; made by `thesaurus`."""

    meanings: dict[str, tuple[str, ...]]
    pattern: re.Pattern[str] | None

    def found_in(self, folded: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Known words in a folded text, the longest first wherever one begins: start, end, its group."""
        if self.pattern is None:
            return []
        return [(at.start(), at.end(), self.meanings[at.group()]) for at in self.pattern.finditer(folded)]


def thesaurus(groups: Iterable[Iterable[str]]) -> Thesaurus:
    """Groups as written, made ready. A word of several groups means all of them; itself comes first."""
    meanings: dict[str, dict[str, None]] = {}
    for group in groups:
        words = [word for word in (folded_word(one) for one in group) if word]
        for word in words:
            meanings.setdefault(word, {word: None}).update(dict.fromkeys(words))
    longest_first = sorted(meanings, key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(_as_word, longest_first))) if meanings else None
    return Thesaurus({word: tuple(group) for word, group in meanings.items()}, pattern)


def folded_word(word: str) -> str:
    return fold(clean(word, WORD_LIMIT)).strip()


def _as_word(word: str) -> str:
    """Latin words are found whole only: tk isn't in tkx."""
    before = "(?<![a-z0-9])" if word[0].isascii() else ""
    behind = "(?![a-z0-9])" if word[-1].isascii() else ""
    return before + re.escape(word) + behind


NO_WORDS = thesaurus(())
