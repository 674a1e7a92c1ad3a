"""Correct the spelling of a name in the register (更正姓名): sealed anew, found by the new spelling."""

from __future__ import annotations

from django.utils.translation import gettext as _

from relief.confidential.blind import index_rows
from relief.confidential.models import BlindIndex
from relief.confidential.vault import subject_of, vault_of
from relief.errors import Blocked, Invalid, Reason
from relief.households.models import Household, Person
from relief.households.register import NAME_LIMIT
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.trail.record import record, set_if
from relief.trail.verb import verb
from relief.trail.written import unwritable

WORDS_LIMIT = 400
CORRECTED_BY = frozenset({Role.COMMUNITY_CLERK, Role.STREET_ACCEPTOR})


@verb("correct-name")
def correct_name(
    person: Person, *, by: Officer, version: int, household: Household, name: str, words: str
) -> Person:
    """Write a person's name as it stands on the ID card; `words` say what was wrong and who showed it.

    A published list isn't touched: its row is outdated until a correction is approved. Raises NotAllowed,
    Invalid, Blocked (the name is spelt so already), Stale.
    """
    actor = acting(by, CORRECTED_BY, household.community_id)
    name, words = _checked(name, words)
    vault = vault_of(person)
    if person.name is not None and vault.unseal("person.name", person.name) == name:
        raise Blocked(Reason("same-name", _("The register spells the name so already.")))
    event = record(
        "correct-name",
        person,
        actor=actor,
        area=household.community_id,
        reason="spelling",
        words=vault.seal("event.words", words).token,
        clause="local",
    )
    corrected = set_if(person, version, {"name": vault.seal("person.name", name)}, event)
    subject = subject_of(person)
    BlindIndex.objects.filter(subject=subject, purpose="name").delete()
    BlindIndex.objects.bulk_create(index_rows(subject, {"name": name}))
    return corrected


def _checked(name: str, words: str) -> tuple[str, str]:
    """Name and reason, fit to keep. Raises Invalid by field."""
    name, words = " ".join(name.split()), words.strip()
    problems: dict[str, list[Reason]] = {}
    if not name or len(name) > NAME_LIMIT or unwritable(name):
        problems["name"] = [Reason("name", _("Enter the name as it stands on the ID card."))]
    if not words or len(words) > WORDS_LIMIT or unwritable(words):
        problems["words"] = [Reason("required", _("Say in a few words what was wrong and what you saw."))]
    if problems:
        raise Invalid(problems)
    return name, words
