"""Close a list when its period is over (公示期满): its cases go on to whoever decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relief.applications.models import Application
from relief.applications.move import move_all
from relief.applications.states import State
from relief.errors import Blocked, Reason
from relief.ledger import journal
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.publicity.boards import missing_boards
from relief.publicity.case_list import cases_of
from relief.publicity.editions import CURRENT, current_entries
from relief.publicity.gaps import keeps_open
from relief.publicity.models import Entry, ListKind, ListState, PublicList
from relief.publicity.publish import list_in_state, roles_for
from relief.trail import bulk, clock
from relief.trail.actor import Robot
from relief.trail.models import Event
from relief.trail.record import hold, record, set_if, touch
from relief.trail.verb import verb

CLOSER = Robot("list-closer")
WAITING = (State.IN_PUBLICITY, State.IN_SECOND_PUBLICITY)


def due_for_closing() -> list[PublicList]:
    """Running lists whose last day has passed and that hang on every listed board."""
    over = PublicList.objects.filter(
        kind=ListKind.PRE_APPROVAL, state=ListState.RUNNING, ends_on__lt=clock.today()
    )
    return [public_list for public_list in over.order_by("pk") if not why_not_closed(public_list)]


def why_not_closed(public_list: PublicList) -> list[Reason]:
    """What still keeps the list open, in words."""
    bare = keeps_open(public_list)
    return reasons_to_wait(public_list.ends_on, bool(missing_boards(public_list)), clock.today(), bare=bare)


def reasons_to_wait(
    last: date | None, boards_missing: bool, today: date, *, bare: bool = False
) -> list[Reason]:
    """The same from what is known of a list (pure): its last day, and whether a board was never evidenced.

    `bare`: the list is missing from a board at which it hung before.
    """
    if last is None or boards_missing:
        return [Reason("boards-missing", _("Not every listed board is evidenced: the period hasn't begun."))]
    if today <= last:
        words = _("The period runs until the end of %(day)s.") % {"day": date_format(last)}
        return [Reason("period-running", words)]
    if bare:
        words = _("The list is missing from a board: pinned up again there, the missing days are added.")
        return [Reason("board-bare", words)]
    return []


@verb("close-list")
@bulk.without_collecting()
def close(public_list: PublicList, *, by: Officer | Robot, version: int) -> PublicList:
    """End the publicity; cases still in publicity go on along their roads. Raises Blocked while it runs.

    A case that left the list and stands on another one waits for that list; one whose row has days of its own
    (after a correction) stays before the public until `close_rows`.
    """
    list_in_state(public_list, ListState.RUNNING)
    listed = Application.objects.filter(pk__in=public_list.entries.values("application_id"))
    actor = acting(by, roles_for("close", listed), public_list.area_id)
    public_list = hold(public_list, version)
    reasons = why_not_closed(public_list)
    if reasons:
        raise Blocked(*reasons)
    event = record(
        "close-list",
        public_list,
        actor=actor,
        area=public_list.area_id,
        from_state=public_list.state,
        to_state=ListState.CLOSED,
        clause="57-19",
    )
    _send_on(_cases_whose_days_are_over(public_list), by, event)
    closed = set_if(public_list, version, {"state": ListState.CLOSED}, event, state=ListState.RUNNING)
    assert closed.number is not None
    journal.append("close", closed.number, closed.digest, event_id=event.pk, at=event.at)
    return closed


def due_for_closing_rows() -> list[PublicList]:
    """Closed lists with a row whose own days are over and whose case still waits in publicity."""
    waiting = Application.objects.filter(state__in=WAITING).values("pk")
    over = Entry.objects.filter(
        CURRENT,
        public_list__kind=ListKind.PRE_APPROVAL,
        public_list__state=ListState.CLOSED,
        ends_on__lt=clock.today(),
        application_id__in=waiting,
    )
    found = PublicList.objects.filter(pk__in=over.order_by().values("public_list")).order_by("pk")
    return [one for one in found if _late_cases(one)]


@verb("close-rows")
def close_rows(public_list: PublicList, *, by: Officer | Robot = CLOSER) -> PublicList:
    """End the publicity of the rows whose own days are over; the list was closed before.

    Raises NotAllowed, WrongState, or Blocked when no such row waits.
    """
    list_in_state(public_list, ListState.CLOSED)
    actor = acting(by, {Role.STREET_PUBLISHER, "robot"}, public_list.area_id)
    public_list = hold(public_list, public_list.version)
    cases = _late_cases(public_list)
    if not cases:
        raise Blocked(Reason("no-rows", _("No row of this list waits for the end of its own days.")))
    event = record(
        "close-rows",
        public_list,
        actor=actor,
        area=public_list.area_id,
        from_state=public_list.state,
        to_state=public_list.state,
        clause="57-19",
    )
    _send_on(cases, by, event)
    closed = touch(public_list, public_list.version, event)
    assert closed.number is not None
    journal.append("rows", closed.number, closed.digest, event_id=event.pk, at=event.at)
    return closed


def _send_on(cases: Iterable[Application], by: Officer | Robot, event: Event) -> None:
    """Cases in publicity go on along their roads."""
    by_target: dict[State, list[Application]] = {}
    for case in cases:
        if step := case.road.step("close", case.state):
            by_target.setdefault(step.to_state, []).append(case)
    for target, alike in by_target.items():
        forwarded = {"forwarded_on": clock.today()} if target == State.CLEARED else {}
        move_all(alike, "close", by=by, cause=event, changes=forwarded)


def _cases_whose_days_are_over(public_list: PublicList) -> QuerySet[Application]:
    cases = cases_of(public_list)
    if not public_list.edition:
        return cases
    running = current_entries(public_list).filter(ends_on__gte=clock.today())
    return cases.exclude(pk__in=running.order_by().values("application_id"))


def _late_cases(public_list: PublicList) -> list[Application]:
    """Cases still in publicity on a closed list whose own days are over."""
    over = current_entries(public_list).filter(ends_on__lt=clock.today())
    waiting = cases_of(public_list).filter(state__in=WAITING)
    return list(waiting.filter(pk__in=over.order_by().values("application_id")))
