"""How titles sound: pinyin syllables, their initials, and Latin letters read as pinyin."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pypinyin import lazy_pinyin, pinyin_dict

from search.analysis import TITLE_LIMIT, runs
from search.characters import clean, fold

LONGEST_SYLLABLE = 6
#: letters of pinyin that are read at most; syllables of a query
LETTERS_LIMIT, INITIALS_LIMIT = 60, 12


def syllables(folded: str) -> list[str]:
    """The syllables of the Chinese characters in a folded text; ü is written u."""
    return [one for run in runs(folded) if run.kind == "han" for one in _sound(run.text)]


@lru_cache(maxsize=4096)
def _sound(han: str) -> tuple[str, ...]:
    """One syllable a character; a character without a sound stands for itself."""
    found = [lazy_pinyin(sign)[0] for sign in han] if len(lazy_pinyin(han)) != len(han) else lazy_pinyin(han)
    return tuple(one.replace("v", "u") for one in found)


def title_sounds(title: str) -> tuple[list[str], list[str]]:
    """For the index: the syllables of a title, and the pairs of its initials."""
    spoken = syllables(fold(clean(title, TITLE_LIMIT)))
    return spoken, initial_pairs("".join(one[0] for one in spoken))


def initial_pairs(initials: str) -> list[str]:
    """Initials as tokens: dbbz is db bb bz."""
    return [initials[at : at + 2] for at in range(len(initials) - 1)]


@lru_cache(maxsize=4096)
def read_as_pinyin(letters: str) -> tuple[str, ...] | None:
    """Latin letters as the fewest syllables that they can be; None when they are no pinyin."""
    if not letters or len(letters) > LETTERS_LIMIT or not letters.isascii():
        return None
    letters = letters.replace("v", "u")
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - LONGEST_SYLLABLE), end):
            before = best[start]
            if before is None or letters[start:end] not in _all_syllables():
                continue
            now = best[end]
            if now is None or len(before) + 1 < len(now):
                best[end] = (*before, letters[start:end])
    return best[-1]


def heard_in(title: str, spoken: tuple[str, ...]) -> str:
    """The words of a title that sound like `spoken`; empty when there are none."""
    for words, sound in _read_aloud(title):
        for at in range(len(sound) - len(spoken) + 1):
            if sound[at : at + len(spoken)] == spoken:
                return words[at : at + len(spoken)]
    return ""


@lru_cache(maxsize=256)
def _read_aloud(title: str) -> list[tuple[str, tuple[str, ...]]]:
    """The runs of Chinese characters in a title with their syllables; one query asks for several sounds."""
    folded = fold(clean(title, TITLE_LIMIT))
    return [(run.text, _sound(run.text)) for run in runs(folded) if run.kind == "han"]


@cache
def _all_syllables() -> frozenset[str]:
    spoken = {one for sounds in pinyin_dict.pinyin_dict.values() for one in sounds.split(",")}
    plain = (unicodedata.normalize("NFD", one).replace("u\u0308", "u") for one in spoken)
    return frozenset(re.sub("[^a-z]", "", one) for one in plain) - {""}
