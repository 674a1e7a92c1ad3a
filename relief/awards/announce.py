"""Announce what was decided (批后公告): freeze the announcement, open the awards, close the circle."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from relief.applications.models import Application
from relief.applications.move import move_all
from relief.applications.queries import standing_before
from relief.applications.roads import steps_of
from relief.applications.states import ON_LIST, State
from relief.awards.opening import open_awards
from relief.errors import Blocked, Reason
from relief.ledger import journal
from relief.ledger.series import following_number, next_number
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.places.models import Area
from relief.publicity.compile import new_list, no_publicity
from relief.publicity.freeze import freeze, public_rows
from relief.publicity.gate import inspect_rows
from relief.publicity.gate_models import GateVerdict
from relief.publicity.models import Entry, ListKind, ListState, PublicList
from relief.standards.in_force import in_force
from relief.trail import bulk, clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import record, set_if
from relief.trail.verb import verb


def waiting_for_announcement(area: Area, benefit: str) -> list[Application]:
    """Approved cases of a street whose road announces them, in the order of the list."""
    cases = standing_before("announce", area.number).filter(benefit=benefit)
    cases = cases.select_related("household", "applicant", "community")
    return list(cases.order_by("community__number", "number"))


@verb("announce")
@bulk.without_collecting()
def announce(area: Area, *, by: Officer, benefit: str, only: Collection[int] | None = None) -> PublicList:
    """Announce a street's approved cases (57号 art 24), by a second person of the district.

    Freezes its own entries from the decisions, each linked to its pre-approval entry, and opens an Award from
    the month after the decision (art 21). Raises NotAllowed, Blocked (no case waits, the rule set of the
    benefit announces none, or the gate has not passed it), MissingStandard.
    """
    actor, clause = _announcer(area, benefit, by)
    public_list, cases = _draft(area, benefit, only)
    today = clock.today()
    shown = in_force("announcement.names-days", today)
    next_number(_batches(area))  # the number that the draft has read
    event = record(
        "announce-list",
        public_list,
        actor=actor,
        area=area.number,
        to_state=ListState.ANNOUNCED,
        clause=clause,
        standards=shown.used(),
    )
    public_list.save(event=event)
    earlier = _pre_approval_entries(cases)
    frozen = freeze(public_list, cases, by=by, event=event, pre_approval=earlier)
    moved = move_all(cases, "announce", by=by, cause=event)
    announced = set_if(
        public_list,
        public_list.version,
        {
            **frozen.columns,
            "state": ListState.ANNOUNCED,
            "names_until": today + timedelta(days=shown.number - 1),
        },
        event,
    )
    entries = {case.pk: {"source_entry": entry} for case, entry in zip(cases, frozen.entries, strict=True)}
    open_awards(moved, entries, actor, event)
    _finish_pre_approval_lists(announced, actor, event)
    journal.append("list", frozen.number, frozen.digest, event_id=event.pk, at=event.at)
    return announced


def inspect_announcement(
    area: Area, *, by: Officer, benefit: str, only: Collection[int] | None = None
) -> GateVerdict:
    """Let the gate look at the announcement before it is made. Raises NotAllowed, Blocked as `announce`."""
    _announcer(area, benefit, by)
    public_list, cases = _draft(area, benefit, only)
    return inspect_rows(public_list, public_rows(cases, public_list, by=by), by=by)


def _draft(area: Area, benefit: str, only: Collection[int] | None) -> tuple[PublicList, list[Application]]:
    """The announcement as it would be made now, not saved, and its cases. Raises Blocked."""
    cases = [case for case in waiting_for_announcement(area, benefit) if only is None or case.pk in only]
    if not cases:
        raise Blocked(Reason("no-cases", _("No approved case waits for an announcement.")))
    batch = f"{clock.today().year}-{following_number(_batches(area)):02d}"
    public_list = new_list(ListKind.ANNOUNCEMENT, area, benefit, batch, revision=1)
    public_list.entry_count = len(cases)
    public_list.person_count = sum(case.decided_persons or 0 for case in cases)
    return public_list, cases


def _batches(area: Area) -> str:
    """The series of a street's announcements in this year."""
    return f"batch:gg:{area.number}:{clock.today().year}"


def _announcer(area: Area, benefit: str, by: Officer) -> tuple[Actor, str]:
    """Who announces by the roads of the benefit, and by which clause. Raises Blocked, NotAllowed."""
    steps = steps_of(benefit, "announce", State.APPROVED)
    if not steps:
        raise Blocked(no_publicity())
    return acting(by, {role for step in steps for role in step.roles}, area.number), steps[0].clause


def _pre_approval_entries(cases: Sequence[Application]) -> dict[int, Entry]:
    """The newest pre-approval entry of each case, by the case's key."""
    found: dict[int, Entry] = {}
    pks = [case.pk for case in cases]
    for start in range(0, len(pks), 500):
        entries = Entry.objects.filter(
            application_id__in=pks[start : start + 500], public_list__kind=ListKind.PRE_APPROVAL
        )
        for entry in entries.select_related("public_list").order_by("pk"):
            if entry.application_id is not None:
                found[entry.application_id] = entry
    return found


def _finish_pre_approval_lists(announced: PublicList, actor: Actor, cause: Event) -> None:
    """A pre-approval list whose cases are all through becomes `announced`."""
    decided = announced.entries.values("application_id")
    held = Entry.objects.filter(application_id__in=decided).values("public_list")
    for public_list in PublicList.objects.filter(kind=ListKind.PRE_APPROVAL, pk__in=held).order_by("pk"):
        open_cases = Application.objects.filter(
            pk__in=public_list.entries.values("application_id"), state__in=ON_LIST | {State.APPROVED}
        )
        if public_list.state == ListState.CLOSED and not open_cases.exists():
            event = record(
                "list-announced",
                public_list,
                actor=actor,
                area=public_list.area_id,
                from_state=public_list.state,
                to_state=ListState.ANNOUNCED,
                cause_id=cause.pk,
            )
            set_if(public_list, public_list.version, {"state": ListState.ANNOUNCED}, event)
