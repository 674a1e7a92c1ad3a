"""Evidence that a list hangs where it must hang (张贴); with the last board the period begins."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from relief.confidential.pictures import Picture
from relief.errors import Blocked, Invalid, Reason
from relief.ledger import journal
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.places.models import Board
from relief.publicity.at_board import PINS, place_of
from relief.publicity.board_photo import check_photo, keep_photo
from relief.publicity.boards import listed_boards, missing_boards, period_if_evidenced
from relief.publicity.models import Channel, ListState, Posting, PublicList
from relief.publicity.publish import list_in_state
from relief.trail import clock
from relief.trail.record import hold, record, set_if
from relief.trail.verb import verb

__all__ = ["listed_boards", "missing_boards", "post"]


@verb("post")
def post(
    public_list: PublicList,
    *,
    by: Officer,
    version: int,
    board: Board,
    posted_on: date,
    photo: Picture | None = None,
) -> Posting:
    """Record that the list was put up on `board`, by the person at the board. Raises the list's version.

    Day 1 is the first day on which the web and every listed board are evidenced; with the last board the
    period is computed from the list's days and counting. Raises NotAllowed, WrongState, Invalid, Stale.
    """
    list_in_state(public_list, ListState.RUNNING)
    actor = acting(by, PINS, place_of(public_list, board))
    public_list = hold(public_list, version)
    _check(public_list, board, posted_on)
    check_photo(photo)
    event = record("post", public_list, actor=actor, area=board.area.number, clause="57-19")
    posting = Posting.objects.create(
        public_list=public_list,
        channel=Channel.BOARD,
        board=board,
        posted_on=posted_on,
        officer_id=actor.id,
        officer_name=actor.name,
        event_id=event.pk,
        photo=keep_photo(public_list, photo, event),
    )
    assert public_list.days is not None
    changes = period_if_evidenced(public_list, public_list.days, public_list.counting)
    posted = set_if(public_list, version, changes, event, state=ListState.RUNNING)
    if changes:
        assert posted.number is not None
        journal.append("period", posted.number, posted.digest, event_id=event.pk, at=event.at)
    return posting


def _check(public_list: PublicList, board: Board, posted_on: date) -> None:
    if board.pk not in {listed.pk for listed in listed_boards(public_list)}:
        raise Invalid({"board": [Reason("not-listed", _("This list doesn't hang on that board."))]})
    if public_list.postings.filter(board=board).exists():
        raise Blocked(Reason("posted-already", _("The posting on this board is recorded already.")))
    assert public_list.published_at is not None
    if posted_on > clock.today():
        raise Invalid({"posted_on": [Reason("future-day", _("This day lies in the future."))]})
    if posted_on < public_list.published_at.astimezone(clock.SHANGHAI).date():
        raise Invalid(
            {"posted_on": [Reason("before-publishing", _("The list was not published yet on that day."))]}
        )
