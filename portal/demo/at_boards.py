"""What is done with a list at its boards: printed, hung, looked at, hung again, taken down (张贴)."""

from __future__ import annotations

from datetime import date

from portal.demo.calendar import Diary
from portal.demo.photos import photo_of_board
from portal.demo.play import Script
from portal.demo.stage import Stage
from portal.demo.story import ListPlan
from relief.confidential.pictures import Picture
from relief.officers.models import Officer, Role
from relief.places.models import Board
from relief.publicity.at_board import board_version, pin_again, print_sheet, spot_check, take_down
from relief.publicity.boards import listed_boards, missing_boards
from relief.publicity.models import PublicList
from relief.publicity.post import post
from relief.trail import clock

#: minutes in which a street hangs and takes down all its sheets
ROUND, AT_MOST = 200, 30


def publisher_of(stage: Stage, plan: ListPlan) -> Officer:
    """The second person: who publishes and does nothing else."""
    return stage.district.all_in(Role.STREET_PUBLISHER, plan.street)[-1]


def hang(stage: Stage, number: int, public_list: PublicList, diary: Diary, *, left_bare: int) -> Script:
    """The same afternoon on every listed board; the last one possibly on a later day, or not yet."""
    plan, hung = stage.story.lists[number], stage.lists[number].hung
    publisher = publisher_of(stage, plan)
    boards = missing_boards(public_list)
    print_sheets(public_list, publisher)
    minutes = min(AT_MOST, ROUND // len(boards))
    for board in boards[: len(boards) - left_bare]:
        yield diary.later(minutes=minutes)
        if board == boards[-1] and hung > diary.now.date():
            yield diary.at(hung, 10, 30)
        current = fresh(public_list)
        post(
            current,
            by=publisher,
            version=current.version,
            board=board,
            posted_on=clock.today(),
            photo=_photo(plan, number, board, boards, "hung"),
        )


def print_sheets(public_list: PublicList, by: Officer) -> None:
    """A sheet for every board, at one go."""
    for board in listed_boards(public_list):
        print_sheet(public_list, by=by, version=board_version(public_list, board), board=board)


def looked_at(stage: Stage, number: int) -> Script:
    """A spot check by the community's examiner finds the list, or finds it missing."""
    plan, days = stage.story.lists[number], stage.lists[number]
    if not plan.checked and days.missing is None:
        return
    seen = days.missing is None
    day = days.missing.first if days.missing else _checked_on(stage, number)
    yield clock.at(day, 16, 50) if day == days.published else clock.at(day, 11, 20)
    public_list = PublicList.objects.get(pk=stage.public_lists[number])
    board = listed_boards(public_list)[0]
    spot_check(
        public_list,
        by=stage.district.examiner(board.area.number),
        version=board_version(public_list, board),
        board=board,
        seen=seen,
        checked_on=day,
        photo=_photo(plan, number, board, [board], "seen" if seen else "missing"),
    )
    if days.missing and days.missing.last:
        yield from _hung_again(stage, plan, public_list, board, days.missing.last)


def _hung_again(stage: Stage, plan: ListPlan, public_list: PublicList, board: Board, day: date) -> Script:
    """The days without it are added at the end, and every sheet is printed anew with the new last day."""
    moment = clock.at(day, 16, 55)
    yield moment
    by = stage.district.clerk(board.area.number)
    version = board_version(public_list, board)
    pin_again(public_list, by=by, version=version, board=board, pinned_on=day)
    print_sheets(fresh(public_list), publisher_of(stage, plan))


def _checked_on(stage: Stage, number: int) -> date:
    """The working day after publishing while there is one, else that same day."""
    days = stage.lists[number]
    later = [day for day in stage.calendar.days if days.published < day <= days.ends]
    return later[0] if later else days.published


def taken_down(stage: Stage, number: int, public_list: PublicList, day: date, hour: int) -> Script:
    """The clerks of the communities take the sheets down; one or another is left where the story says so."""
    plan = stage.story.lists[number]
    diary = Diary(stage.calendar, day, hour)
    boards = [board for board in listed_boards(public_list) if _hangs(public_list, board)]
    minutes = min(AT_MOST, ROUND // max(len(boards), 1))
    for board in boards[: len(boards) - plan.left_up]:
        yield diary.later(minutes=minutes)
        take_down(
            fresh(public_list),
            by=stage.district.clerk(board.area.number),
            version=board_version(public_list, board),
            board=board,
            taken_on=day,
            photo=_photo(plan, number, board, boards, "taken down"),
        )


def fresh(public_list: PublicList) -> PublicList:
    """The list as it stands now."""
    return PublicList.objects.select_related("area").get(pk=public_list.pk)


def _hangs(public_list: PublicList, board: Board) -> bool:
    return public_list.postings.filter(board=board).exists()


def _photo(plan: ListPlan, number: int, board: Board, boards: list[Board], what: str) -> Picture | None:
    """A photo of the first board, where the story has photos."""
    if not plan.photos or board != boards[0]:
        return None
    return photo_of_board(board.name_zh, f"{number} {what}")
