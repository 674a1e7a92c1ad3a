"""What a reader learns who lays every public text about a household over each other (pure).

A reader links rows by their code, within a list and from list to list. The places that a mask hides are
written down here once more, so that a fault of the mask itself shows. Whoever knows the hidden signs (we do)
also finds them in running text, where no row code links them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

STAR = "*"
WITHHELD = ("withheld-by-law", "withheld-on-request")
#: what stands for a hidden character or digit, anywhere
SIGNS = "*＊某○●"
INITIALS = re.compile(r"[A-Z]\.( [A-Z]\.)*")
#: a number of which some digits are hidden and some aren't
HALF_A_NUMBER = re.compile(r"(?<!\w)(?=[\dXx*＊●]*\d\d)(?=[\dXx*＊●]*[*＊●])[\dXx*＊●]{4,}(?!\w)")
#: signs in a row of a private text that are enough to know it by, by purpose
TELLING = {"person.id-number": 10, "household.account": 10, "person.phone": 9, "household.phone": 9}
TELLING |= {"household.address": 8}
#: different signs that such a row has at least
MANY = 5


@dataclass(frozen=True)
class Printing:
    """A name as one list once showed it: where, of which household; printings stand in the order of time."""

    where: str
    household: str
    text: str


def hidden_places(name: str) -> set[int]:
    """Which characters of a printed name must be hidden, whoever bears it."""
    if INITIALS.fullmatch(name):
        return set()
    last = len(name) - 1
    return {0} if last == 0 else {1} if last == 1 else set(range(1, last))


def given_back(printings: Iterable[Printing]) -> list[str]:
    """Hidden characters that printings of one household give back together, and names once withheld."""
    by_household: dict[str, list[Printing]] = defaultdict(list)
    for one in printings:
        by_household[one.household].append(one)
    found: list[str] = []
    for household, mine in by_household.items():
        found += [f"{household}: {words}" for words in (*_places(mine), *_after_withholding(mine))]
    return found


def _places(printings: list[Printing]) -> Iterator[str]:
    """By length: a name that was corrected to a longer one is another name."""
    shown: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    for one in printings:
        if one.text not in WITHHELD:
            for place in hidden_places(one.text):
                if one.text[place] not in SIGNS:
                    shown[len(one.text), place].setdefault(one.text[place], one.where)
    for (length, place), signs in sorted(shown.items()):
        for where in signs.values():
            yield f"character {place + 1} of {length} in {where}"


def _after_withholding(printings: list[Printing]) -> Iterator[str]:
    """A minor's name is on no list at all; one withheld on request is on no later one."""
    texts = [one.text for one in printings]
    for withheld in WITHHELD:
        if withheld in texts:
            first = 0 if withheld == WITHHELD[0] else texts.index(withheld)
            for one in printings[first:]:
                if one.text not in WITHHELD:
                    yield f"{one.text} in {one.where} though {withheld}"


class Secrets:
    """The true private texts, ready to be looked for in part: characters beside a mask, digits in a row."""

    def __init__(self, particulars: Mapping[str, Iterable[str]], printings: Iterable[str]) -> None:
        names = {name for name in particulars.get("person.name", ()) if len(name) > 1}
        self.names = {variant for name in names for variant in _with_a_hidden_sign(name)}
        self.lengths = sorted({len(variant) for variant in self.names})
        masked = {text for text in printings if STAR in text}
        spoken = {text.replace(STAR, sign) for text in masked for sign in SIGNS}
        self.printed = re.compile("|".join(map(re.escape, sorted(spoken, key=len, reverse=True))) or r"(?!)")
        self.parts: dict[int, dict[str, str]] = defaultdict(dict)
        for purpose, size in TELLING.items():
            for text in particulars.get(purpose, ()):
                for part in _windows(text, [size]):
                    if len(set(part)) >= MANY:  # a row of noughts is nobody's number
                        self.parts[size][part] = purpose

    def in_text(self, text: str) -> list[str]:
        """What a text gives away of them."""
        plain = unicodedata.normalize("NFKC", text)
        found = [f"half a number {match[0]}" for match in HALF_A_NUMBER.finditer(plain)]
        for words in self.printed.sub(" ", plain).split():
            found += [f"name {part}" for part in _windows(words, self.lengths) if part in self.names]
        tight = re.sub(r"[\s\-—]", "", plain)
        for size, parts in self.parts.items():
            found += [parts[part] for part in _windows(tight, [size]) if part in parts]
        return found


def _with_a_hidden_sign(name: str) -> Iterator[str]:
    """Every way to print a name with at least one sign in clear that has to be hidden."""
    hidden = hidden_places(name)
    for signs in product(*((sign, STAR, "某") for sign in name)):
        if any(signs[place] == name[place] for place in hidden):
            yield "".join(signs)


def _windows(text: str, sizes: Iterable[int]) -> Iterator[str]:
    for size in sizes:
        for start in range(len(text) - size + 1):
            yield text[start : start + size]
