"""Which words of a search may be counted (pure): none that could tell of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import rjieba

from portal.gate.surnames import is_full_name
from relief.confidential.private_kinds import Allowed
from relief.confidential.private_values import private_values
from search.characters import HAN, clean, fold

#: characters of words that are counted; longer ones are sentences, and sentences are about somebody
LONGEST = 40
RUN = re.compile(f"[{HAN}]+")
#: a code: of a receipt, of a case, of a link; a number of a document when it is one that we published
CODE = re.compile(r"(?=[a-z-]*[0-9])[a-z0-9][a-z0-9-]{6,}|[a-z0-9_=-]{24,}")
SPACES = re.compile(r"\s+")
#: what a dictionary marks as somebody's name
PERSON = "nr"


def folded_words(words: str) -> str:
    """The words as they count: one width, one case, simplified, single spaces."""
    return SPACES.sub(" ", fold(words)).strip()


def as_typed(text: str) -> str:
    """The words without what nobody sees; empty where they are too long to be counted."""
    words = SPACES.sub(" ", clean(text, LONGEST * 2)).strip()
    return words if len(words) <= LONGEST and len(folded_words(words)) <= LONGEST * 2 else ""


def countable(words: str, known: Iterable[str] = ()) -> bool:
    """Whether words may be counted. `known` are titles and numbers of public texts that they found.

    What stands in those is nobody's secret: 和平街道 reads like a name, 明民发 too.
    """
    folded = folded_words(words)
    public = fold("\n".join(known))
    if not folded or private_values(words, Allowed()):
        return False
    if any(code not in public for code in CODE.findall(folded)):
        return False
    return all(name in public for run in RUN.findall(folded) for name in names_in(run))


def names_in(han: str) -> Iterator[str]:
    """Whatever in a run of Chinese characters may be somebody's name; rather too much than too little."""
    at = 0
    for word, kind in rjieba.tag(han):
        named = kind.startswith(PERSON)
        if named and len(word) > 1:
            yield word
        if named or len(word) == 1 or not rjieba.has_word(word):
            for start in range(at, at + len(word)):
                yield from _names_from(han, start)
        at += len(word)


def _names_from(han: str, start: int) -> Iterator[str]:
    """Whole names that begin there."""
    for end in range(start + 2, min(start + 4, len(han)) + 1):
        if is_full_name(han[start:end]):
            yield han[start:end]
