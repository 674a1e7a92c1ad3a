"""Enter, change and end a group of synonyms, each with a reason that stays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from relief.errors import Invalid, NotAllowed, Reason, WrongState
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import DISTRICT
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from relief.trail.verb import verb
from relief.trail.written import check_reason, unwritable
from search.models import SynonymGroup
from search.synonym_seed import GROUPS
from search.synonyms import in_force
from search.thesaurus import WORD_LIMIT, folded_word

#: who may: the words hold for the whole site at once
ROLES = (Role.EDITOR, Role.REVIEWER, Role.PUBLISHER)
WORDS_LIMIT, WHY_LIMIT = 12, 200
#: a letter, a digit or a Chinese character
SIGN = re.compile(r"[^\W_]")


@verb("seed-synonyms")
def seed_synonyms(*, by: Robot) -> int:
    """Enter the groups that a site begins with; none where there ever was one. How many."""
    if SynonymGroup.objects.exists():
        return 0
    for words in GROUPS:
        group = SynonymGroup(words="\n".join(words))
        group.save(event=record("make-synonyms", group, actor=by.actor()))
    return len(GROUPS)


@verb("make-synonyms")
def make_synonyms(words: Iterable[str], *, by: Officer, why: str) -> SynonymGroup:
    """A new group. Raises NotAllowed, Invalid."""
    actor = acting(by, ROLES, DISTRICT)
    group = SynonymGroup(words=_sound(words, why), why=why.strip())
    group.save(event=record("make-synonyms", group, actor=actor))
    return group


@verb("change-synonyms")
def change_synonyms(
    group: SynonymGroup, *, by: Officer, version: int, words: Iterable[str], why: str
) -> SynonymGroup:
    """Other words for a group that holds. Raises NotAllowed, WrongState, Invalid, Stale."""
    actor = acting(by, ROLES, DISTRICT)
    _holds(group)
    changed = {"words": _sound(words, why, besides=group.pk), "why": why.strip()}
    if changed["words"] == group.words:
        raise Invalid({"words": [Reason("unchanged", _("These are the words that hold already."))]})
    return set_if(group, version, changed, record("change-synonyms", group, actor=actor))


@verb("end-synonyms")
def end_synonyms(group: SynonymGroup, *, by: Officer, version: int, why: str) -> SynonymGroup:
    """End a group; it stays readable. Raises NotAllowed, WrongState, Invalid, Stale."""
    actor = acting(by, ROLES, DISTRICT)
    _holds(group)
    _check_why(why)
    changed = {"ended_at": clock.now(), "why": why.strip()}
    return set_if(group, version, changed, record("end-synonyms", group, actor=actor))


def may_enter(by: Officer) -> bool:
    """Whether the officer enters, changes and ends synonyms today."""
    try:
        acting(by, ROLES, DISTRICT)
    except NotAllowed:
        return False
    return True


def sound_words(words: Iterable[str], *, besides: int = 0) -> list[str]:
    """The words as they are kept, for a new group or the group `besides`. Raises Invalid at `words`."""
    listed = list(dict.fromkeys(filter(None, (word.strip() for word in words))))
    wrong = [reason for word in listed for reason in unwritable(word)]
    if len({folded_word(word) for word in listed} - {""}) < 2:
        wrong.append(Reason("two-words", _("Enter two different words at least, one a line.")))
    if len(listed) > WORDS_LIMIT or any(len(word) > WORD_LIMIT for word in listed):
        limits = {"words": WORDS_LIMIT, "letters": WORD_LIMIT}
        text = _("At most %(words)s words of at most %(letters)s characters each.") % limits
        wrong.append(Reason("too-long", text))
    elif slight := [word for word in listed if len(SIGN.findall(folded_word(word))) < 2]:
        text = _(
            "%(words)s: too short. A word of one character stands inside many others; enter two at least."
        )
        wrong.append(Reason("too-short", text % {"words": "、".join(slight)}))
    taken = {folded_word(word) for group in in_force() if group.pk != besides for word in group.listed}
    if doubled := [word for word in listed if folded_word(word) in taken][:WORDS_LIMIT]:
        text = _("%(words)s: in another group already. Change that one.") % {"words": "、".join(doubled)}
        wrong.append(Reason("in-another-group", text))
    if wrong:
        raise Invalid({"words": wrong})
    return listed


def _sound(words: Iterable[str], why: str, besides: int = 0) -> str:
    """The words as they are kept, one a line. Raises Invalid with everything that is wrong, by field."""
    fields: dict[str, list[Reason]] = {}
    kept: list[str] = []
    try:
        kept = sound_words(words, besides=besides)
    except Invalid as refused:
        fields |= refused.fields
    try:
        _check_why(why)
    except Invalid as refused:
        fields |= refused.fields
    if fields:
        raise Invalid(fields)
    return "\n".join(kept)


def _check_why(why: str) -> None:
    check_reason(why)
    if len(why.strip()) > WHY_LIMIT:
        text = _("At most %(letters)s characters.") % {"letters": WHY_LIMIT}
        raise Invalid({"why": [Reason("too-long", text)]})


def _holds(group: SynonymGroup) -> None:
    if group.ended_at is not None:
        raise WrongState(Reason("synonyms-ended", _("This group has ended. Make a new one.")))
