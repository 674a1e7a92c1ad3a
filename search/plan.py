"""From the words of a query to tiers: what counts as found, best first, the same for every engine.

A tier asks for groups, of which `needed` must be there; a group is a choice of alternatives. Within a tier
the newer comes first; no engine's own score is ever used. Texts come before lists whose titles fit as well,
unless lists are meant. A later stage is asked only where the stages
before it found nothing: words of the same sound, then most of the words, then any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.analysis import UNITS, Run, folded_tokens, number, runs
from search.characters import fold, holds_within
from search.sounds import INITIALS_LIMIT, read_as_pinyin, syllables
from search.thesaurus import Thesaurus
from search.values import squeeze, values_in
from search.words import ASIDE, begins_word, cut, english_forms

#: words of a query that are looked for; alternatives of one of them
WORDS_LIMIT, CHOICE_LIMIT = 8, 40
TITLE, ALL = "title", "all"
EXACT, SOUND, INITIALS, TEXT, BEGINNING = "exact", "sound", "initials", "text", "beginning"
#: letters that begin a syllable
_INITIALS = frozenset("abcdefghjklmnopqrstwxyz")
#: words by which lists are looked for
_LISTS_MEANT = ("公示", "公告", "名单", "gongshi", "gonggao", "mingdan", "list", "announcement")
FOUND, SAME_SOUND, RELAXED = "found", "same-sound", "relaxed"


@dataclass(frozen=True)
class Alternative:
    """`value` to be found contiguously as text, whole as an exact value, or in a title by sound or initials.

    A beginning is that of a word of Latin letters; only the embedded engine is asked for one.

    The value of a sound is its syllables with blanks between them.
    """

    kind: str
    value: str


Group = tuple[Alternative, ...]


@dataclass(frozen=True)
class Tier:
    """`needed` of the groups must be there; text in titles alone or anywhere (`scope`). No groups: all.

    `texts` leaves public lists out; a later tier then asks the same with them.
    """

    name: str
    groups: tuple[Group, ...]
    scope: str
    needed: int
    texts: bool = False


@dataclass(frozen=True)
class Stage:
    """Tiers asked together, and what their answer is: found, of the same sound, relaxed."""

    meaning: str
    tiers: tuple[Tier, ...]


@dataclass(frozen=True)
class Plan:
    """Stages to be asked in turn; `needles` are the folded words to mark, `spoken` the sounds to look for."""

    stages: tuple[Stage, ...]
    needles: tuple[str, ...] = ()
    spoken: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Word:
    """One thing that a query names: texts, exact value, sound (of Latin letters: as pinyin), initials."""

    texts: tuple[str, ...]
    exact: str = ""
    sound: tuple[str, ...] = ()
    initials: str = ""
    latin: bool = False

    def group(self, *more: str) -> Group:
        """Its alternatives: texts, and those of `more` (exact, sound, initials) that it has.

        A text that holds another is left out: wherever it stands the other does.
        """
        found = [
            Alternative(TEXT, text)
            for text in self.texts
            if not any(text != other and holds_within(text, other) for other in self.texts)
        ]
        if EXACT in more and self.exact:
            found.append(Alternative(EXACT, self.exact))
        if SOUND in more and len(self.sound) > (0 if self.latin else 1):
            found.append(Alternative(SOUND, " ".join(self.sound)))
        if INITIALS in more and self.initials:
            found.append(Alternative(INITIALS, self.initials))
        return tuple(found[:CHOICE_LIMIT])


EVERYTHING = Plan((Stage(FOUND, (Tier("everything", (), ALL, 0),)),))


def plan(text: str, words: Thesaurus) -> Plan:
    """The plan of a query's text. Without a word in it nothing can be found: no stages."""
    folded = fold(text).strip()
    named = _words_of(folded, words)
    if not named:
        return Plan(())
    parts = [part for part in folded.split() if folded_tokens(part)]
    strict = tuple(_strict(folded, parts, named))
    stages = [Stage(FOUND, strict if _means_lists(folded) else tuple(_texts_first(strict)))]
    if by_sound := _same_sound(named):
        stages.append(Stage(SAME_SOUND, by_sound))
    if len(named) > 1:
        stages.append(_most_of(named, [len(named) - 1, 1]))
    alone = _plain_words(folded)[:WORDS_LIMIT] if words.found_in(folded) else []
    if len(alone) > 1 and alone != named:  # words of one meaning, of which none is found as a whole
        stages.append(_most_of(alone, [len(alone), len(alone) - 1, 1]))
    needles = dict.fromkeys([*parts, *(text for word in named for text in word.texts)])
    spoken = dict.fromkeys(word.sound for word in named if len(word.sound) > 1)
    return Plan(tuple(stages), tuple(needles), (*_joined_sound(named), *spoken))


def _strict(folded: str, parts: list[str], named: list[Word]) -> Iterable[Tier]:
    """The tiers of what was typed: value, title, the typed string, anywhere, pinyin, initials."""
    groups = tuple(word.group(EXACT) for word in named)
    valued = tuple((Alternative(EXACT, word.exact),) if word.exact else word.group() for word in named)
    if any(word.exact for word in named):
        yield _tier(EXACT, valued)
    whole = ((Alternative(EXACT, squeeze(folded)),),)
    if whole != valued and squeeze(folded):
        yield _tier(EXACT, whole)
    yield _tier(TITLE, groups, TITLE)
    typed = tuple((Alternative(TEXT, part),) for part in parts)
    if typed != groups:
        yield _tier("typed", typed)
    yield _tier("anywhere", groups)
    if any(word.latin and word.sound for word in named):
        if joined := _joined_sound(named):
            rest = tuple(word.group() for word in named if not word.latin)
            yield _tier(SOUND, (*((Alternative(SOUND, " ".join(one)),) for one in joined), *rest))
        yield _tier(SOUND, tuple(word.group(SOUND) for word in named))
    if any(word.initials for word in named):
        yield _tier(INITIALS, tuple(word.group(SOUND, INITIALS) for word in named))


def _texts_first(tiers: Iterable[Tier]) -> Iterable[Tier]:
    """Of the titles that hold what was asked, those of texts come before those of lists."""
    for tier in tiers:
        if tier.scope == TITLE or tier.name in (SOUND, INITIALS):
            yield replace(tier, texts=True)
        yield tier


def _means_lists(folded: str) -> bool:
    return any(word in folded for word in _LISTS_MEANT)


def _most_of(named: list[Word], counts: list[int]) -> Stage:
    """Texts that hold so many of the words, the more the better."""
    groups = tuple(word.group(EXACT) for word in named)
    return Stage(RELAXED, tuple(Tier(f"{n} of them", groups, ALL, n) for n in dict.fromkeys(counts)))


def _tier(name: str, groups: tuple[Group, ...], scope: str = ALL) -> Tier:
    return Tier(name, groups, scope, len(groups))


def _joined_sound(named: list[Word]) -> list[tuple[str, ...]]:
    """Latin words typed apart as one sound: di bao."""
    latin = [word for word in named if word.latin]
    if len(latin) < 2 or not all(word.sound for word in latin):
        return []
    return [tuple(one for word in latin for one in word.sound)]


def _same_sound(named: list[Word]) -> tuple[Tier, ...]:
    """Titles that sound like the Chinese words typed; what is known stays as it is."""
    heard = [word for word in named if not word.latin and len(word.sound) > 1]
    if not heard:
        return ()
    return (_tier(SAME_SOUND, tuple(word.group(SOUND) for word in named)),)


# --- the words of a query ---------------------------------------------------------------------


def _words_of(folded: str, words: Thesaurus) -> list[Word]:
    """What a folded query names, from left to right; words that stand aside only when there are no others."""
    found: list[Word] = []
    at = 0
    for start, end, word in _known(folded, words):
        if start >= at:
            found += [*_plain_words(folded[at:start]), word]
            at = end
    found += _plain_words(folded[at:])
    found = list(dict.fromkeys(found)) or [Word((part,)) for part in folded.split() if folded_tokens(part)]
    return found[:WORDS_LIMIT]


def _known(folded: str, words: Thesaurus) -> list[tuple[int, int, Word]]:
    """Values and words of the thesaurus; a value is one wherever it stands."""
    values = [
        (one.start, one.end, Word((folded[one.start : one.end].strip(),), exact=one.tokens[0]))
        for one in values_in(folded)
    ]
    meanings = [(start, end, Word(group)) for start, end, group in words.found_in(folded)]
    return sorted([*values, *meanings], key=lambda one: (one[0], -one[1]))


def _plain_words(folded: str) -> list[Word]:
    found: list[Word] = []
    unit = ""
    for run in runs(folded):
        if run.kind == "han":
            cuts = cut(run.text.removeprefix(unit) if unit and not begins_word(run.text) else run.text)
            found += [Word((one,), sound=tuple(syllables(one))) for one in cuts]
        elif run.kind == "number":
            found.append(_number(run))
        elif run.text not in ASIDE:
            found.append(_latin(run.text))
        unit = run.unit
    return found


def _number(run: Run) -> Word:
    """A number with its measure word, or without one: then with any."""
    plain = number(run.text, run.unit)
    return Word((plain,) if run.unit else (plain, *(plain + unit for unit in UNITS)))


def _latin(letters: str) -> Word:
    sound = read_as_pinyin(letters) or ()
    short = not sound and 1 < len(letters) <= INITIALS_LIMIT and set(letters) <= _INITIALS
    return Word(english_forms(letters), sound=sound, initials=letters if short else "", latin=True)
