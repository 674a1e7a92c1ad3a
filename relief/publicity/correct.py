"""Correct a published list (更正): one person proposes, a second one approves, the note says it to all.

What a row shows is read from the case as it stands, never typed. A superseding entry of the next edition
takes the old one's place; old entries stay frozen for ever, and both digests stay public.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from relief.applications.move import four_eyes
from relief.errors import Blocked, NotAllowed, Reason, WrongState
from relief.ledger import journal
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.publicity.correctable import (
    ADDED_BY,
    CORRECTED_BY,
    RowProposal,
    check_changes,
    check_notes,
    open_correction,
    why_not_correctable,
)
from relief.publicity.correction_models import Correction, CorrectionRow, CorrectionState, RowChange
from relief.publicity.correction_plan import notes_of, plan_of, unchanged_cases
from relief.publicity.gate import inspect_rows
from relief.publicity.gate_models import GateVerdict
from relief.publicity.models import ListKind, PublicList
from relief.publicity.next_edition import NextEdition
from relief.publicity.reissue import ShownNow
from relief.publicity.verdict import require_passed
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import hold, record, set_if, touch
from relief.trail.verb import verb

__all__ = [
    "RowProposal",
    "approve_correction",
    "inspect_correction",
    "propose_correction",
    "reject_correction",
]


@verb("propose-correction")
def propose_correction(
    public_list: PublicList,
    *,
    by: Officer,
    version: int,
    changes: Sequence[RowProposal],
    note_zh: str,
    note_en: str,
) -> Correction:
    """Propose which rows of a list change, with the note that the public will read.

    The rows' cases are kept with their versions; approving compares. Raises WrongState, NotAllowed, Blocked
    (another proposal waits; nothing to correct in a row), Invalid, Stale.
    """
    actor = _actor(public_list, by)
    _correctable(public_list)
    public_list = hold(public_list, version)
    if open_correction(public_list):
        words = _("A correction of this list waits for its second person already.")
        raise Blocked(Reason("correction-waits", words))
    note_zh, note_en = check_notes(note_zh, note_en)
    places = check_changes(public_list, changes)
    event = _record("propose-correction", public_list, actor)
    correction = Correction(
        public_list=public_list, note_zh=note_zh, note_en=note_en, proposed_on=clock.today()
    )
    correction.save(event=event)
    rows = [_row_of(correction, change, places.get(change.application.pk), event) for change in changes]
    CorrectionRow.objects.bulk_create(rows)
    touch(public_list, version, event)
    return correction


@verb("approve-correction")
def approve_correction(correction: Correction, *, by: Officer, version: int) -> Correction:
    """Approve as a second person: the rows are frozen anew and public with the commit.

    Raises WrongState (decided already, or the list is over), NotAllowed (four eyes), Stale (the proposal or
    one of its cases was changed meanwhile), Blocked (the gate has not passed these very rows and notes:
    `inspect_correction`).
    """
    public_list, correction = _held(correction, version)
    rows = list(correction.rows.order_by("pk"))
    actor = _second_person(correction, public_list, by, rows)
    _correctable(public_list)
    plan = plan_of(public_list, rows, unchanged_cases(rows, lock=True), by=by)
    require_passed(public_list, plan.rows, also=notes_of(correction))
    event = _record("approve-correction", public_list, actor)
    edition = (public_list.edition or 1) + 1
    before = public_list.digest
    made = NextEdition(public_list, edition, event, by, plan)
    made.remove()
    made.change()
    made.add()
    now = PublicList.objects.get(pk=public_list.pk)  # what was said to a removed row raised its version
    corrected = set_if(now, now.version, made.columns(), event)
    decided = set_if(
        correction,
        version,
        {
            "state": CorrectionState.APPROVED,
            "edition": edition,
            "digest_before": before,
            "digest_after": corrected.digest,
            "entry_count": corrected.entry_count,
            "person_count": corrected.person_count,
            "decided_on": clock.today(),
            "decided_at": event.at,
        },
        event,
        state=CorrectionState.PROPOSED,
    )
    assert corrected.number is not None
    journal.append("correct", corrected.number, corrected.digest, event_id=event.pk, at=event.at)
    return decided


def inspect_correction(correction: Correction, *, by: Officer) -> GateVerdict:
    """Let the gate look at list and notes as they will stand. Raises as `approve_correction` does."""
    public_list, rows = correction.public_list, list(correction.rows.order_by("pk"))
    _second_person(correction, public_list, by, rows)
    _correctable(public_list)
    plan = plan_of(public_list, rows, unchanged_cases(rows, lock=False), by=by)
    return inspect_rows(public_list, plan.rows, by=by, also=notes_of(correction))


@verb("reject-correction")
def reject_correction(correction: Correction, *, by: Officer, version: int) -> Correction:
    """Don't approve a proposal, or take one's own back; nothing in public changes. Raises alike."""
    public_list, correction = _held(correction, version)
    actor = _actor(public_list, by)
    event = _record("reject-correction", public_list, actor)
    changes = {"state": CorrectionState.REJECTED, "decided_on": clock.today(), "decided_at": event.at}
    rejected = set_if(correction, version, changes, event, state=CorrectionState.PROPOSED)
    touch(public_list, public_list.version, event)
    return rejected


def proposer_of(correction: Correction) -> int | None:
    """The officer who proposed it: never the one who approves."""
    return correction.history.order_by("history_id").values_list("history_user_id", flat=True).first()


def _actor(public_list: PublicList, by: Officer) -> Actor:
    reason = why_not_correctable(public_list)
    roles = CORRECTED_BY.get(public_list.kind)
    if roles is None and reason is not None:
        raise WrongState(reason)
    return acting(by, roles or (), public_list.area_id)


def _correctable(public_list: PublicList) -> None:
    if reason := why_not_correctable(public_list):
        raise WrongState(reason)


def _held(correction: Correction, version: int) -> tuple[PublicList, Correction]:
    """List, then correction, locked. Raises WrongState when it was decided already, Stale."""
    public_list = PublicList.objects.select_for_update(no_key=True).get(pk=correction.public_list_id)
    correction = hold(correction, version)
    if correction.state != CorrectionState.PROPOSED:
        raise WrongState(Reason("decided", _("This correction has been decided already.")))
    return public_list, correction


def _second_person(
    correction: Correction, public_list: PublicList, by: Officer, rows: Sequence[CorrectionRow]
) -> Actor:
    """Who approves: not who proposed, and where a row is added somebody who may publish."""
    actor = _actor(public_list, by)
    if any(row.change == RowChange.ADDED for row in rows):
        actor = acting(by, ADDED_BY, public_list.area_id)
    if actor.id == proposer_of(correction):
        raise NotAllowed(four_eyes())
    return actor


def _row_of(
    correction: Correction, change: RowProposal, place: ShownNow | None, event: Event
) -> CorrectionRow:
    return CorrectionRow(
        correction=correction,
        change=change.change,
        row_number=place.entry.row_number if place else None,
        application_id=change.application.pk,
        version=change.application.version,
        reason=change.reason,
        response_id=change.response.pk if change.response else None,
        event_id=event.pk,
    )


def _record(act: str, public_list: PublicList, actor: Actor) -> Event:
    return record(
        act,
        public_list,
        actor=actor,
        area=public_list.area_id,
        from_state=public_list.state,
        to_state=public_list.state,
        clause="57-24" if public_list.kind == ListKind.ANNOUNCEMENT else "57-19",
    )
