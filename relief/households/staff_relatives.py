"""Officers declare their near relatives (近亲属申报), so that cases of kin are found by their ID numbers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from relief.confidential.blind import index_rows, subjects_with
from relief.confidential.models import BlindIndex
from relief.confidential.vault import new_vaults, subject_of
from relief.errors import Invalid, NotAllowed, Reason, WrongState
from relief.households import id_number as id_numbers
from relief.households.register import NAME_LIMIT
from relief.officers.authority import appointments_of
from relief.officers.models import Officer
from relief.officers.relatives import KinRelation, StaffRelative
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.record import record, set_if
from relief.trail.verb import verb
from relief.trail.written import unwritable


@verb("declare-relative")
def declare_relative(*, relation: str, name: str, id_number: str, by: Officer) -> StaffRelative:
    """Enter a near relative of the officer who acts (57号 art 11); name and number are sealed.

    Raises NotAllowed (no office today), Invalid (also for one who is declared already).
    """
    actor = _in_office(by)
    number = id_numbers.normalise(id_number)
    problems = _problems(by, relation, name, number)
    if problems:
        raise Invalid(problems)
    relative = StaffRelative(officer=by, relation=relation, declared_on=clock.today())
    vault = new_vaults([subject_of(relative)])[0]
    relative.name = vault.seal("relative.name", name.strip())
    relative.id_number = vault.seal("relative.id-number", number)
    relative.save(event=record("declare-relative", relative, actor=actor, clause="57-11"))
    BlindIndex.objects.bulk_create(index_rows(subject_of(relative), {"kin-id": number}))
    return relative


@verb("end-relative")
def end_relative(relative: StaffRelative, *, by: Officer, version: int) -> StaffRelative:
    """A declared relationship ends today (divorce, death, a mistake); what it marked before stays marked.

    Raises NotAllowed (another's relative), WrongState (ended already), Stale.
    """
    actor = _in_office(by)
    if relative.officer_id != by.pk:
        raise NotAllowed(Reason("not-yours", _("Everybody declares their own relatives.")))
    if relative.ended_on is not None:
        raise WrongState(Reason("relative-ended", _("This entry has ended already.")))
    event = record("end-relative", relative, actor=actor, clause="57-11")
    return set_if(relative, version, {"ended_on": clock.today()}, event, ended_on=None)


def _in_office(by: Officer) -> Actor:
    """The officer as holder of an office today. Raises NotAllowed."""
    held = appointments_of(by)
    if not held:
        raise NotAllowed(Reason("no-office", _("You hold no office today.")))
    return held[0].actor()


def _problems(by: Officer, relation: str, name: str, number: str) -> dict[str, list[Reason]]:
    """What is wrong with a declaration as entered, by field."""
    problems: dict[str, list[Reason]] = {}
    if relation not in KinRelation.values:
        problems["relation"] = [Reason("choice", _("Choose how the person is related to you."))]
    if not name.strip() or len(name) > NAME_LIMIT or unwritable(name):
        problems["name"] = [Reason("name", _("Enter the name as it stands on the ID card."))]
    wrong = id_numbers.check(number)
    if not wrong and _declared(by, number):
        wrong = [Reason("declared-already", _("You have declared this person already."))]
    if wrong:
        problems["id_number"] = wrong
    return problems


def _declared(by: Officer, number: str) -> bool:
    found = subjects_with("kin-id", [number]).get(number, [])
    codes = [subject.partition(":")[2] for subject in found]
    return StaffRelative.objects.filter(officer=by, code__in=codes, ended_on=None).exists()
