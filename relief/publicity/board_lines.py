"""Every list at every board as it stands today, many at once: what is to be done there (张贴台账)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from relief.places.models import Board
from relief.publicity.boards import boards_among
from relief.publicity.evidence_models import BoardEvidence, BoardStep, Supplement
from relief.publicity.gaps import gaps_among, still_bare
from relief.publicity.models import ListKind, ListState, Posting, PublicList
from relief.standards.calendar import Calendar, read_calendar
from relief.standards.in_force import in_force
from relief.standards.legal_clock import add_working_days
from relief.trail import clock


class Task(models.TextChoices):
    """What is to be done at a board; the first is the most urgent."""

    PIN_AGAIN = "pin-again", _("pin up again")
    PIN = "pin", _("pin up")
    REPRINT = "reprint", _("print anew and exchange")
    TAKE_DOWN = "take-down", _("take down")


@dataclass
class BoardLine:
    """One list at one board. `due_on` is the last day for taking it down; `overdue` when that has passed.

    `checked` is the newest spot check, whatever it found; `bare_since` the day since which it is missing.
    """

    public_list: PublicList
    board: Board
    printed_on: date | None = None
    printed_at: datetime | None = None
    pinned_on: date | None = None
    pinned_by: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    bare_since: date | None = None
    taken_down_on: date | None = None
    task: Task | None = None
    due_on: date | None = None
    overdue: bool = False

    @property
    def hangs(self) -> bool:
        return self.pinned_on is not None and self.bare_since is None and self.taken_down_on is None


def to_look_after(lists: QuerySet[PublicList]) -> QuerySet[PublicList]:
    """Those that run, and those that are over and hang somewhere still."""
    down = BoardEvidence.objects.filter(
        public_list=OuterRef("public_list"), board=OuterRef("board"), step=BoardStep.TAKEN_DOWN
    )
    hanging = Posting.objects.filter(~Exists(down), public_list=OuterRef("pk"), board__isnull=False)
    over = (ListState.CLOSED, ListState.ANNOUNCED, ListState.WITHDRAWN)
    return lists.filter(
        Q(state=ListState.RUNNING) | (Q(state__in=over) & Exists(hanging)), kind=ListKind.PRE_APPROVAL
    )


def board_lines(lists: Iterable[PublicList]) -> list[BoardLine]:
    """A line for every list and board, by community, board, list; eleven queries at most."""
    lists = list(lists)
    by_key = {one.pk: one for one in lists}
    listed, done = boards_among(lists)
    keys = {key for found in (*listed.values(), *done.values()) for key in found}
    boards = Board.objects.select_related("area").in_bulk(keys)
    lines = {
        (one.pk, key): BoardLine(one, boards[key]) for one in lists for key in listed[one.pk] | done[one.pk]
    }
    _read_steps(lists, lines)
    gaps = gaps_among(lists)
    for pk, found in gaps.items():
        for gap in found:
            if gap.last is None and (pk, gap.board_id) in lines:
                lines[pk, gap.board_id].bare_since = gap.first
    added = dict(
        Supplement.objects.filter(public_list__in=lists).order_by("pk").values_list("public_list", "at")
    )
    calendar, days = read_calendar(), in_force("days.take-down", clock.today()).number
    for (pk, _board), line in lines.items():
        one = by_key[pk]
        waiting = not (listed[pk] <= done[pk]) or bool(still_bare(gaps.get(pk, []), one.ends_on))
        _task(line, added.get(pk), waiting=waiting)
        if line.task == Task.TAKE_DOWN:
            _due(line, days, calendar)
    return sorted(
        lines.values(), key=lambda line: (line.board.area.number, line.board.pk, line.public_list.pk)
    )


def open_tasks(lines: Sequence[BoardLine]) -> list[BoardLine]:
    """Lines with something to do, the overdue and most urgent first."""
    order = {task: place for place, task in enumerate(Task)}
    mine = [line for line in lines if line.task]
    return sorted(mine, key=lambda line: (not line.overdue, order[line.task] if line.task else 9))


def _read_steps(lists: list[PublicList], lines: dict[tuple[int, int], BoardLine]) -> None:
    postings = Posting.objects.filter(public_list__in=lists, board__isnull=False)
    for key, board, day, name in postings.values_list("public_list", "board", "posted_on", "officer_name"):
        line = lines[key, board or 0]
        line.pinned_on, line.pinned_by = day, name
    steps = BoardEvidence.objects.filter(public_list__in=lists).exclude(step=BoardStep.LISTED)
    for row in steps.order_by("pk"):
        line = lines.get((row.public_list_id, row.board_id)) or BoardLine(row.public_list, row.board)
        if row.step == BoardStep.PRINTED:
            line.printed_on, line.printed_at = row.happened_on, row.at
        elif row.step == BoardStep.PINNED_AGAIN:
            line.pinned_on, line.pinned_by = row.happened_on, row.officer_name
        elif row.step == BoardStep.TAKEN_DOWN:
            line.taken_down_on = row.happened_on
        else:
            line.checked_on, line.checked_by = row.happened_on, row.officer_name


def _task(line: BoardLine, added_at: datetime | None, *, waiting: bool) -> None:
    """What is to be done: `waiting` says that the list isn't to be closed yet, whatever the day."""
    one = line.public_list
    if line.taken_down_on:
        return
    over = one.state != ListState.RUNNING
    over = over or (not waiting and one.ends_on is not None and one.ends_on < clock.today())
    if over:
        line.task = Task.TAKE_DOWN if line.pinned_on else None
    elif line.bare_since:
        line.task = Task.PIN_AGAIN
    elif line.pinned_on is None:
        line.task = Task.PIN
    elif added_at and (line.printed_at is None or line.printed_at < added_at):
        line.task = Task.REPRINT


def _due(line: BoardLine, days: int, calendar: Calendar) -> None:
    """A sheet comes down within `days` working days after the last day, or after the withdrawal."""
    one = line.public_list
    last = one.withdrawn_on if one.state == ListState.WITHDRAWN else one.ends_on
    if last is None:
        return
    line.due_on = add_working_days(last, days, calendar=calendar).day
    line.overdue = line.due_on < clock.today()
