"""Who responds and what is said: fit to keep, known again, never shown to community or street."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relief.applications.accept import required_words
from relief.confidential.blind import subjects_with
from relief.confidential.vault import subject_of
from relief.errors import Blocked, Invalid, Reason
from relief.publicity.models import Response, ResponseChannel
from relief.trail.written import unwritable

NAME_LIMIT = 40
CONTACT_LIMIT = 80


@dataclass(frozen=True)
class Respondent:
    """Who responds. Without a name the response is anonymous (匿名) and nobody can be told the answer."""

    name: str = ""
    contact: str = ""

    @property
    def named(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True)
class Said:
    """What was said, how it came in, by whom; `namesake`: another person than the one of the same name."""

    channel: str
    words: str
    respondent: Respondent
    namesake: bool = False
    about_staff: bool = False


def said(
    *,
    channel: str,
    words: str,
    name: str = "",
    contact: str = "",
    namesake: bool = False,
    about_staff: bool = False,
) -> Said:
    """The same with blanks set right, not yet checked."""
    name = " ".join(name.split())
    respondent = Respondent(name, " ".join(contact.split())) if name else Respondent()
    return Said(channel, words.strip(), respondent, namesake, about_staff)


def problems_of(given: Said) -> dict[str, list[Reason]]:
    """What keeps it from being written down, by field (pure)."""
    problems: dict[str, list[Reason]] = {}
    try:
        required_words(given.words, "words")
    except Invalid as invalid:
        problems |= invalid.fields
    if given.channel not in ResponseChannel.values:
        problems["channel"] = [Reason("choice", _("Choose how it came in."))]
    who = given.respondent
    if who.named and not who.contact:
        problems["contact"] = [
            Reason("required", _("Enter a telephone number or address: the answer goes there."))
        ]
    for field, text, limit in (("name", who.name, NAME_LIMIT), ("contact", who.contact, CONTACT_LIMIT)):
        if len(text) > limit:
            problems[field] = [Reason("too-long", _("Use at most %(limit)d characters.") % {"limit": limit})]
        elif broken := unwritable(text):
            problems[field] = broken
    return problems


def first_time(earlier: Iterable[Response], given: Said, *, at_desk: bool) -> None:
    """Raises Blocked when this person said the same before, whatever came of it; nameless ones never.

    A visitor is not told of namesakes nor of a receipt: who asks on the web would learn who has responded.
    """
    if not given.respondent.named:
        return
    name, whole = identity(given.respondent)
    numbers = {subject_of(one): one.number for one in earlier}
    found = subjects_with("respondent", (name, whole))
    if same := [numbers[subject] for subject in found.get(whole, ()) if subject in numbers]:
        words = _("This person has responded here already: receipt %(number)s.") % {"number": same[0]}
        if not at_desk:
            words = _(
                "You have responded here already. Your first response counts: "
                "look its answer up by receipt number and query code."
            )
        raise Blocked(Reason("objected-already", words))
    if at_desk and not given.namesake and any(subject in numbers for subject in found.get(name, ())):
        words = _("Somebody of this name has responded here already. If it is another person, say so below.")
        raise Invalid({"namesake": [Reason("same-name", words)]})


def identity(respondent: Respondent) -> tuple[str, str]:
    """What a person is known by again: the name, and the name with the contact; spelling set aside."""
    name = _plain(respondent.name)
    return name, f"{name}\n{_plain(respondent.contact)}"


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in letters if sign.isalnum())
