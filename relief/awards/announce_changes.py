"""Announce changes and endings of awards (变更和终止公告): freeze the list, write what holds from then on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from relief.applications.move import four_eyes
from relief.awards.adjust import CLAUSE, current_period
from relief.awards.models import Adjustment, AdjustmentKind, AwardPeriod, AwardStatus
from relief.awards.rows import ZERO, Line, places_of, rows_of
from relief.errors import Blocked, NotAllowed, Reason
from relief.ledger import journal
from relief.ledger.series import following_number, next_number
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Area
from relief.places.scope import within
from relief.publicity.compile import new_list
from relief.publicity.freeze import freeze_rows
from relief.publicity.gate import inspect_rows
from relief.publicity.gate_models import GateVerdict
from relief.publicity.models import Entry, ListKind, ListState, PublicList
from relief.publicity.verdict import bind, require_passed
from relief.standards.in_force import in_force
from relief.trail import bulk, clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import record, set_if
from relief.trail.verb import verb


def waiting_adjustments(area: Area, benefit: str) -> QuerySet[Adjustment]:
    """Decided and not announced, by community and award."""
    found = Adjustment.objects.filter(within(area.number, "award__community__number"), entry=None)
    found = found.filter(award__benefit=benefit).select_related("award__household", "award__person")
    return found.order_by("award__community_id", "award_id")


@verb("announce-changes")
@bulk.without_collecting()
def announce_changes(area: Area, *, by: Officer, benefit: str) -> PublicList:
    """Announce a street's decided changes and endings, by a second person of the district.

    The old period of each award ends with the month before, the new one rests on the frozen entry; an ended
    award is ended. Raises NotAllowed (also for who decided one), Blocked (none waits, or the gate has not
    passed it), MissingStandard.
    """
    actor = acting(by, {Role.DISTRICT_ANNOUNCER}, area.number)
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)  # one announcement of a street at a time
    public_list, adjustments = _draft(area, benefit)
    _second_person(adjustments, actor)
    lines = lines_of(adjustments)
    next_number(_batches(area))  # the number that the draft has read
    today = clock.today()
    shown = in_force("announcement.names-days", today)
    facts = {"area": area.number, "to_state": ListState.ANNOUNCED, "clause": CLAUSE}
    event = record("announce-list", public_list, actor=actor, standards=shown.used(), **facts)
    public_list.save(event=event)
    places = places_of([adjustment.award for adjustment in adjustments])
    rows = rows_of(public_list, lines, places, by=by)
    bind(require_passed(public_list, rows), public_list, event)
    frozen = freeze_rows(public_list, places, rows, event=event)
    until = {"state": ListState.ANNOUNCED, "names_until": today + timedelta(days=shown.number - 1)}
    announced = set_if(public_list, public_list.version, {**frozen.columns, **until}, event)
    for adjustment, entry in zip(adjustments, frozen.entries, strict=True):
        _carry_out(adjustment, entry, actor, event)
    journal.append("list", frozen.number, frozen.digest, event_id=event.pk, at=event.at)
    return announced


def inspect_changes(area: Area, *, by: Officer, benefit: str) -> GateVerdict:
    """Let the gate look at the list before it is made. Raises NotAllowed, Blocked as `announce_changes`."""
    acting(by, {Role.DISTRICT_ANNOUNCER}, area.number)
    public_list, adjustments = _draft(area, benefit)
    places = places_of([adjustment.award for adjustment in adjustments])
    return inspect_rows(public_list, rows_of(public_list, lines_of(adjustments), places, by=by), by=by)


def _draft(area: Area, benefit: str) -> tuple[PublicList, list[Adjustment]]:
    """The list as it would be made now, not saved, and what it announces. Raises Blocked."""
    adjustments = list(waiting_adjustments(area, benefit))
    if not adjustments:
        raise Blocked(Reason("no-adjustments", _("No change and no ending waits for an announcement.")))
    batch = f"{clock.today().year}-{following_number(_batches(area)):02d}"
    public_list = new_list(ListKind.CHANGES, area, benefit, batch, revision=1)
    lines = lines_of(adjustments)
    public_list.entry_count = len(lines)
    public_list.person_count = sum(line.persons for line in lines)
    return public_list, adjustments


def _batches(area: Area) -> str:
    """The series of a street's lists of changes in this year."""
    return f"batch:bg:{area.number}:{clock.today().year}"


def _second_person(adjustments: Sequence[Adjustment], actor: Actor) -> None:
    """Raises NotAllowed for who decided one of them."""
    decided = Event.objects.filter(
        subject_code__in=[adjustment.award.code for adjustment in adjustments],
        act__in=("decide-change", "decide-ending"),
        actor_id=actor.id,
    )
    if decided.exists():
        raise NotAllowed(four_eyes())


def lines_of(adjustments: Sequence[Adjustment]) -> list[Line]:
    """What the list will say, for its preview."""
    return [_line(adjustment) for adjustment in adjustments]


def _line(adjustment: Adjustment) -> Line:
    ended = adjustment.kind == AdjustmentKind.ENDED
    period = current_period(adjustment.award) if ended else None
    persons = adjustment.persons or (period.persons if period else 0)
    return Line(adjustment.award, adjustment.amount or ZERO, persons, adjustment.kind, adjustment.from_month)


def _carry_out(adjustment: Adjustment, entry: Entry, actor: Actor, cause: Event) -> None:
    """Write the new period, or end the award; one event for the award."""
    award = adjustment.award
    ended = adjustment.kind == AdjustmentKind.ENDED
    act = "end-award" if ended else "change-award"
    event = record(act, award, actor=actor, area=award.community_id, clause=CLAUSE, cause_id=cause.pk)
    old = current_period(award)
    assert old is not None
    set_if(old, old.version, {"until_month": adjustment.from_month}, event)
    if not ended:
        assert adjustment.amount is not None and adjustment.persons is not None
        AwardPeriod(
            award=award,
            amount=adjustment.amount,
            persons=adjustment.persons,
            from_month=adjustment.from_month,
            source_entry=entry,
        ).save(event=event)
    set_if(award, award.version, {"status": AwardStatus.ENDED} if ended else {}, event)
    set_if(adjustment, adjustment.version, {"entry": entry}, event)
