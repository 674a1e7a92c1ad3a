"""Acts at one board (张贴管理): printed, spot-checked by a second person, pinned up again, taken down.

`version` is the board's own (`board_version`): two people at two boards of a list never wait for each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from relief.confidential.pictures import Picture
from relief.errors import Blocked, Invalid, NotAllowed, Reason, Stale
from relief.ledger import journal
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Board
from relief.places.scope import contains
from relief.publicity.board_photo import check_photo, keep_photo
from relief.publicity.boards import listed_boards, period_if_evidenced
from relief.publicity.close import why_not_closed
from relief.publicity.evidence_models import BoardEvidence, BoardStep, Supplement
from relief.publicity.gaps import Gap, gaps_of, new_last_day
from relief.publicity.models import ListState, Posting, PublicList
from relief.publicity.publish import list_in_state
from relief.standards.legal_clock import days_between
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import SOMEBODY_WAS_FIRST, hold, record, set_if
from relief.trail.verb import verb

#: who stands at the board, and who looks whether it hangs there
PINS = frozenset({Role.COMMUNITY_CLERK, Role.STREET_PUBLISHER})
CHECKS = frozenset({Role.COMMUNITY_EXAMINER, Role.STREET_REVIEWER, Role.STREET_PUBLISHER})


def board_version(public_list: PublicList, board: Board) -> int:
    """How often something was recorded of the list at this board, counted from 1."""
    steps = public_list.board_evidence.filter(board=board).exclude(step=BoardStep.LISTED).count()
    return 1 + steps + public_list.postings.filter(board=board).count()


def place_of(public_list: PublicList, board: Board) -> str:
    """The area over which one must act at this board: its community, if the list hangs there at all."""
    number = board.area.number
    return number if contains(public_list.area_id, number) else public_list.area_id


@verb("print-sheet")
def print_sheet(public_list: PublicList, *, by: Officer, version: int, board: Board) -> BoardEvidence:
    """Record that the sheet for `board` is printed; again after days were added or a correction.

    Raises NotAllowed, WrongState, Invalid, Stale.
    """
    list_in_state(public_list, ListState.RUNNING)
    actor = acting(by, PINS, place_of(public_list, board))
    public_list = _held(public_list, board, version)
    event = _event("print-sheet", public_list, board, actor)
    found = _step(public_list, board, BoardStep.PRINTED, clock.today(), None, actor, event)
    set_if(public_list, public_list.version, {}, event)
    return found


@verb("check-board")
def spot_check(
    public_list: PublicList,
    *,
    by: Officer,
    version: int,
    board: Board,
    seen: bool,
    checked_on: date,
    photo: Picture | None = None,
) -> BoardEvidence:
    """Record whether the list hangs on `board`, by another person than pinned it up there.

    Missing opens a gap. Raises NotAllowed, WrongState, Blocked (nothing hangs there yet, or it is known to be
    missing), Invalid, Stale.
    """
    list_in_state(public_list, ListState.RUNNING)
    actor = acting(by, CHECKS, place_of(public_list, board))
    public_list = _held(public_list, board, version)
    pinned = _pinned_last(public_list, board)
    if pinned is None:
        raise Blocked(Reason("not-posted", _("The list was not put up on this board yet.")))
    if gap_at(public_list, board):
        raise Blocked(Reason("known-missing", _("The list is known to be missing here: pin it up again.")))
    if pinned.officer_id == actor.id:
        words = _("You pinned it up here yourself: the spot check is made by another person.")
        raise NotAllowed(Reason("four-eyes", words))
    _check_day("checked_on", checked_on, _last_day_at(public_list, board))
    check_photo(photo)
    event = _event("check-board", public_list, board, actor)
    step = BoardStep.SEEN if seen else BoardStep.MISSING
    found = _step(public_list, board, step, checked_on, photo, actor, event)
    set_if(public_list, public_list.version, {}, event)
    return found


@verb("pin-again")
def pin_again(
    public_list: PublicList,
    *,
    by: Officer,
    version: int,
    board: Board,
    pinned_on: date,
    photo: Picture | None = None,
) -> BoardEvidence:
    """Record that a missing sheet hangs again; its missing days within the period are added (补充公示).

    Raises NotAllowed, WrongState, Blocked (it isn't missing), Invalid, Stale.
    """
    list_in_state(public_list, ListState.RUNNING)
    actor = acting(by, PINS, place_of(public_list, board))
    public_list = _held(public_list, board, version)
    gap = gap_at(public_list, board)
    if gap is None:
        raise Blocked(Reason("not-missing", _("No spot check says that the list is missing here.")))
    _check_day("pinned_on", pinned_on, gap.first)
    check_photo(photo)
    event = _event("pin-again", public_list, board, actor)
    found = _step(public_list, board, BoardStep.PINNED_AGAIN, pinned_on, photo, actor, event)
    changes: Mapping[str, date] = {}
    cause = event
    if public_list.starts_on is not None:
        if added := _supplemented(public_list, board, gap, pinned_on, actor, event):
            cause, changes = added
    elif public_list.days is not None:
        changes = period_if_evidenced(public_list, public_list.days, public_list.counting)
    moved = set_if(public_list, public_list.version, changes, event, state=ListState.RUNNING)
    if changes:
        assert moved.number is not None
        journal.append("period", moved.number, moved.digest, event_id=cause.pk, at=cause.at)
    return found


@verb("take-down")
def take_down(
    public_list: PublicList,
    *,
    by: Officer,
    version: int,
    board: Board,
    taken_on: date,
    photo: Picture | None = None,
) -> BoardEvidence:
    """Record that the sheet was taken down after the period. Raises NotAllowed, Blocked, Invalid, Stale."""
    actor = acting(by, PINS, place_of(public_list, board))
    public_list = _held(public_list, board, version)
    if _pinned_last(public_list, board) is None:
        raise Blocked(Reason("not-posted", _("The list was not put up on this board yet.")))
    if public_list.board_evidence.filter(board=board, step=BoardStep.TAKEN_DOWN).exists():
        raise Blocked(Reason("taken-down", _("The sheet was taken down here already.")))
    if public_list.state == ListState.RUNNING and (reasons := why_not_closed(public_list)):
        raise Blocked(*reasons)
    _check_day("taken_on", taken_on, _last_day_at(public_list, board))
    _after_the_end(public_list, taken_on)
    check_photo(photo)
    event = _event("take-down", public_list, board, actor)
    found = _step(public_list, board, BoardStep.TAKEN_DOWN, taken_on, photo, actor, event)
    set_if(public_list, public_list.version, {}, event)
    return found


def gap_at(public_list: PublicList, board: Board) -> Gap | None:
    """The gap at this board that isn't ended."""
    return next((gap for gap in gaps_of(public_list) if gap.board_id == board.pk and gap.last is None), None)


def _held(public_list: PublicList, board: Board, version: int) -> PublicList:
    """The list, locked and fresh, if nothing was recorded at the board since. Raises Stale, Invalid."""
    fresh = PublicList.objects.only("version").get(pk=public_list.pk)
    public_list = hold(public_list, fresh.version)
    if board.pk not in {listed.pk for listed in listed_boards(public_list)}:
        raise Invalid({"board": [Reason("not-listed", _("This list doesn't hang on that board."))]})
    if board_version(public_list, board) != version:
        raise Stale(SOMEBODY_WAS_FIRST, current=public_list)
    return public_list


def _pinned_last(public_list: PublicList, board: Board) -> Posting | BoardEvidence | None:
    """Who hung the sheet that hangs there now."""
    again = public_list.board_evidence.filter(board=board, step=BoardStep.PINNED_AGAIN)
    return again.order_by("-pk").first() or public_list.postings.filter(board=board).first()


def _last_day_at(public_list: PublicList, board: Board) -> date:
    """The day of the newest step at the board but printing: no later step lies before it."""
    steps = public_list.board_evidence.filter(board=board)
    days = list(steps.exclude(step=BoardStep.PRINTED).values_list("happened_on", flat=True))
    return max([*days, *public_list.postings.filter(board=board).values_list("posted_on", flat=True)])


def _check_day(field: str, day: date, earliest: date) -> None:
    if day > clock.today():
        raise Invalid({field: [Reason("future-day", _("This day lies in the future."))]})
    if day < earliest:
        words = _("What was recorded last at this board happened after that day.")
        raise Invalid({field: [Reason("before-last-step", words)]})


def _after_the_end(public_list: PublicList, day: date) -> None:
    """A sheet hangs through the last day; one of a withdrawn list comes down at once."""
    if public_list.state == ListState.WITHDRAWN or public_list.ends_on is None:
        return
    if day <= public_list.ends_on:
        words = _("The period ran through that day: a sheet that was gone then is a missing one.")
        raise Invalid({"taken_on": [Reason("before-the-end", words)]})


def _supplemented(
    public_list: PublicList, board: Board, gap: Gap, pinned_on: date, actor: Actor, event: Event
) -> tuple[Event, dict[str, date]] | None:
    """Add the missing days: the supplement, its own Event, and what changes of the list; None without any."""
    before = public_list.ends_on
    assert before is not None
    after = new_last_day(public_list, gaps_of(public_list), list(public_list.supplements.all()))
    if after <= before:
        return None
    added = record(
        "extend-period",
        public_list,
        actor=actor,
        area=board.area.number,
        clause="57-19",
        cause_id=event.pk,
    )
    Supplement.objects.create(
        public_list=public_list,
        board=board,
        missing_from=gap.first,
        missing_until=pinned_on,
        days=days_between(before, after, public_list.counting),
        ended_before=before,
        ends_after=after,
        event_id=added.pk,
        at=added.at,
    )
    return added, {"ends_on": after, "names_until": max(public_list.names_until or after, after)}


def _event(act: str, public_list: PublicList, board: Board, actor: Actor) -> Event:
    return record(act, public_list, actor=actor, area=board.area.number, clause="57-19")


def _step(
    public_list: PublicList,
    board: Board,
    step: str,
    day: date,
    photo: Picture | None,
    actor: Actor,
    event: Event,
) -> BoardEvidence:
    return BoardEvidence.objects.create(
        public_list=public_list,
        board=board,
        step=step,
        happened_on=day,
        photo=keep_photo(public_list, photo, event),
        officer_id=actor.id,
        officer_name=actor.name,
        event_id=event.pk,
        at=event.at,
    )
