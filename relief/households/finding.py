"""Find households by what a person at the desk can say: a number, a whole name, a telephone (查找).

Names and numbers are sealed, so they are found whole and by blind index, never in part; only the last four
characters of an ID number have an index of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from relief.confidential.blind import subjects_with
from relief.households import id_number
from relief.households.models import Household, Membership
from relief.places.scope import within_any
from relief.trail import clock

#: what a text must look like to be looked up under an index
FORMS = {
    "id-number": re.compile(r"\d{17}[\dX]"),
    "id-tail": re.compile(r"\d{3}[\dX]"),
    "phone": re.compile(r"\+?\d{7,15}"),
    "name": re.compile(r"\D{2,40}"),
}
HOUSEHOLD_NUMBER = re.compile(r"H\d{3}-\d{5}")


@dataclass(frozen=True)
class Match:
    """A household with the member (if it was one) and the columns that matched, in code."""

    household_id: int
    person_id: int | None
    columns: tuple[str, ...]
    #: for the log of looks
    subject: str = ""


def find_households(text: str, *, scopes: list[str]) -> list[Match]:
    """Households within `scopes` to which `text` leads. The caller logs the look.

    Former members lead to nothing: who moved away is found in the household of today.
    """
    people: dict[str, list[str]] = {}
    homes: dict[str, list[str]] = {}
    for purpose, texts in lookups(text).items():
        for subject in {one for found in subjects_with(purpose, texts).values() for one in found}:
            kind, _colon, code = subject.partition(":")
            if kind in ("person", "household"):
                (people if kind == "person" else homes).setdefault(code, []).append(purpose)
    return [*_of_people(people, scopes), *_of_homes(homes, text, scopes)]


def lookups(text: str) -> dict[str, set[str]]:
    """Under which indexes, in which spellings, `text` is looked up (pure)."""
    typed = unicodedata.normalize("NFKC", text).strip()
    digits = id_number.normalise(text)
    found = {
        purpose: {digits} for purpose in ("id-number", "id-tail", "phone") if FORMS[purpose].fullmatch(digits)
    }
    if FORMS["phone"].fullmatch(digits):
        found["phone"].add(typed)
    if FORMS["name"].fullmatch(typed):
        found["name"] = {typed, re.sub(r"\s", "", typed)}
    return found


def _of_people(people: dict[str, list[str]], scopes: list[str]) -> Iterable[Match]:
    rows = Membership.objects.on(clock.today()).filter(
        within_any(scopes, "household__community__number"), person__code__in=list(people)
    )
    for household, person, code in rows.values_list("household_id", "person_id", "person__code"):
        yield Match(household, person, tuple(people[str(code)]), f"person:{code}")


def _of_homes(homes: dict[str, list[str]], text: str, scopes: list[str]) -> Iterable[Match]:
    mine = Household.objects.filter(within_any(scopes, "community__number"))
    for pk, code in mine.filter(code__in=list(homes)).values_list("pk", "code"):
        yield Match(pk, None, tuple(homes[str(code)]), f"household:{code}")
    number = unicodedata.normalize("NFKC", text).strip().upper()
    if HOUSEHOLD_NUMBER.fullmatch(number):
        for pk, code in mine.filter(number=number).values_list("pk", "code"):
            yield Match(pk, None, ("household-number",), f"household:{code}")
