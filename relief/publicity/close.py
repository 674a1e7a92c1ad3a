"""Close a list when its period is over (公示期满): its cases go on to whoever decides."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relief.applications.models import Application
from relief.applications.move import move_all
from relief.applications.states import State
from relief.errors import Blocked, Reason
from relief.ledger import journal
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.publicity.boards import missing_boards
from relief.publicity.case_list import cases_of
from relief.publicity.gaps import keeps_open
from relief.publicity.models import ListKind, ListState, PublicList
from relief.publicity.publish import list_in_state, roles_for
from relief.trail import bulk, clock
from relief.trail.actor import Robot
from relief.trail.record import hold, record, set_if
from relief.trail.verb import verb

CLOSER = Robot("list-closer")


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

    A case that left the list and stands on another one waits for that list.
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
    by_target: dict[State, list[Application]] = {}
    for case in cases_of(public_list):
        if step := case.road.step("close", case.state):
            by_target.setdefault(step.to_state, []).append(case)
    for target, cases in by_target.items():
        forwarded = {"forwarded_on": clock.today()} if target == State.CLEARED else {}
        move_all(cases, "close", by=by, cause=event, changes=forwarded)
    closed = set_if(public_list, version, {"state": ListState.CLOSED}, event, state=ListState.RUNNING)
    assert closed.number is not None
    journal.append("close", closed.number, closed.digest, event_id=event.pk, at=event.at)
    return closed
