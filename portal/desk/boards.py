"""Boards at the desk: one list at all its boards, all lists at all boards, photos behind a logged look."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.desk.find import find_list, not_here
from portal.desk.frame import at_desk, held_by, page
from portal.publicity.filters import FilterForm
from relief.confidential.evidence import EvidenceGone
from relief.officers.authority import scopes_of
from relief.officers.models import Appointment, Officer, Role, ScopeKind
from relief.places.models import Area, Board, Station
from relief.places.scope import contains
from relief.publicity.at_board import CHECKS, PINS
from relief.publicity.board_lines import BoardLine, Task, board_lines, open_tasks, to_look_after
from relief.publicity.board_photo import open_photo
from relief.publicity.evidence_models import BoardEvidence, BoardPhoto, BoardStep
from relief.publicity.models import ListState, Posting, PublicList
from relief.publicity.queries import lists_of
from relief.trail import clock

SHOWN = {
    "task": _("something to do"),
    **{task.value: task.label for task in Task},
    "unchecked": _("not checked"),
}


@dataclass
class Place:
    """One community: whom to call, and every list at its boards."""

    area: Area
    stations: list[Station] = field(default_factory=list)
    clerks: list[str] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)


class BoardFilter(FilterForm):
    """By street, community and what is to be done."""

    street = forms.ChoiceField(label=_("Street"), required=False)
    community = forms.ChoiceField(label=_("Community"), required=False)
    only = forms.ChoiceField(label=_("Only with"), required=False)

    def __init__(self, request: HttpRequest, lines: list[BoardLine], streets: list[Area]) -> None:
        places = {line.board.area.number: line.board.area for line in lines}
        super().__init__(
            request,
            street=[(area.number, area.name) for area in streets],
            community=[(number, area.name) for number, area in sorted(places.items())],
            only=list(SHOWN.items()),
        )
        if len(streets) < 2:
            del self.fields["street"]

    def keeps(self, line: BoardLine) -> bool:
        number, only = line.board.area.number, self.value("only")
        if not number.startswith(self.value("street") if "street" in self.fields else ""):
            return False
        if self.value("community") not in ("", number):
            return False
        if only == "unchecked":
            return line.hangs and line.checked_on is None and line.task != Task.TAKE_DOWN
        return not only or (line.task is not None if only == "task" else line.task == only)


@require_safe
@at_desk
def boards(request: HttpRequest, officer: Officer) -> HttpResponse:
    """All communities of the officer's area: what hangs there, what is to be done, whom to call."""
    lines = _mine(officer, board_lines(to_look_after(lists_of(officer))))
    numbers = {line.board.area.number[:3] for line in lines}
    filters = BoardFilter(request, lines, list(Area.objects.filter(number__in=numbers)))
    kept = [line for line in lines if filters.keeps(line)]
    tasks = [line for line in open_tasks(lines) if _holds(request, PINS, line)]
    context = {
        "filters": filters,
        "places": _places(request, kept),
        "tasks": [_drawn(request, line) for line in tasks],
        "to_do": sum(line.task is not None for line in lines),
        "count": len(kept),
        "today": clock.today(),
    }
    return page(request, officer, "desk/boards.html", context, section="boards")


@require_safe
@at_desk
def list_boards(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """One list at its boards, with the evidence in order."""
    one = find_list(officer, code)
    if not one.number:
        raise Http404
    lines = _mine(officer, board_lines([one]))
    boards = {line.board.pk for line in lines}
    context = {
        "list": one,
        "places": _places(request, lines),
        "evidence": _evidence(one, boards),
        "supplements": one.supplements.select_related("board"),
    }
    return page(request, officer, "desk/list_boards.html", context, section="lists")


@require_safe
@at_desk
def photo(request: HttpRequest, officer: Officer, code: uuid.UUID, photo: uuid.UUID) -> HttpResponse:
    """The page of one photo."""
    one, step = _photo(officer, code, photo)
    return page(request, officer, "desk/board_photo.html", {"list": one, "step": step}, section="lists")


@require_safe
@at_desk
def photo_file(request: HttpRequest, officer: Officer, code: uuid.UUID, photo: uuid.UUID) -> HttpResponse:
    """The bytes of one photo; the look is logged."""
    _one, step = _photo(officer, code, photo)
    try:
        data = open_photo(step["photo"], by=officer)
    except EvidenceGone:
        raise Http404 from None
    return HttpResponse(
        data,
        content_type="image/jpeg",
        headers={"Content-Disposition": 'inline; filename="board.jpg"', "X-Content-Type-Options": "nosniff"},
    )


def tasks_of(officer: Officer, held: list[Appointment]) -> tuple[int, int]:
    """(sheets to see to, those overdue) of who stands at the boards; nothing to all others."""
    if not any(one.role in PINS for one in held):
        return 0, 0
    tasks = open_tasks(_mine(officer, board_lines(to_look_after(lists_of(officer)))))
    return len(tasks), sum(line.overdue for line in tasks)


def _photo(officer: Officer, code: uuid.UUID, token: uuid.UUID) -> tuple[PublicList, dict[str, Any]]:
    """A photo at a board of the officer's areas. Raises Http404."""
    one = find_list(officer, code)
    kept = BoardPhoto.objects.filter(public_list=one, token=token).select_related("public_list").first()
    step = next((row for row in _evidence(one, None) if kept and row["photo"] == kept), None)
    if step is None or not _within(officer, step["board"].area.number):
        raise not_here("open-photo", officer, one if kept else None)
    return one, step


def _evidence(one: PublicList, boards: set[int] | None) -> list[dict[str, Any]]:
    """Everything recorded at these boards (None: at all), newest first; two queries."""
    rows: list[tuple[int, Board | None, Any, Any, str, BoardPhoto | None]] = [
        (row.event_id, row.board, _("pinned up"), row.posted_on, row.officer_name, row.photo)
        for row in Posting.objects.filter(public_list=one, board__isnull=False).select_related(
            "board__area", "photo__public_list"
        )
    ]
    steps = BoardEvidence.objects.filter(public_list=one).exclude(step=BoardStep.LISTED)
    rows += [
        (row.event_id, row.board, row.get_step_display(), row.happened_on, row.officer_name, row.photo)
        for row in steps.select_related("board__area", "photo__public_list")
    ]
    names = ("event_id", "board", "what", "day", "who", "photo")
    shown = [row for row in rows if boards is None or (row[1] and row[1].pk in boards)]
    return [dict(zip(names, row, strict=True)) for row in sorted(shown, key=lambda row: -row[0])]


def _places(request: HttpRequest, lines: Iterable[BoardLine]) -> list[Place]:
    """Communities with their lines, stations and clerks; two queries."""
    by_area: dict[str, Place] = {}
    for line in lines:
        area = line.board.area
        by_area.setdefault(area.number, Place(area)).lines.append(_drawn(request, line))
    for station in Station.objects.filter(area__number__in=by_area).select_related("area"):
        by_area[station.area.number].stations.append(station)
    clerks: dict[str, list[str]] = defaultdict(list)
    held = Appointment.objects.on(clock.today()).filter(
        role=Role.COMMUNITY_CLERK, scope_kind=ScopeKind.AREA, scope_code__in=by_area
    )
    for scope, name in held.values_list("scope_code", "officer__name"):
        clerks[scope].append(name)
    for number, place in by_area.items():
        place.clerks = clerks[number]
    return [by_area[number] for number in sorted(by_area)]


def _drawn(request: HttpRequest, line: BoardLine) -> dict[str, Any]:
    """A line with the acts that the officer may do on it now."""
    running = line.public_list.state == ListState.RUNNING
    pins, checks = _holds(request, PINS, line), _holds(request, CHECKS, line)
    acts = []
    if pins and line.task in (Task.PIN, Task.PIN_AGAIN, Task.TAKE_DOWN):
        names = {Task.PIN: "post", Task.PIN_AGAIN: "pin-again", Task.TAKE_DOWN: "take-down"}
        acts.append((f"desk:{names[line.task]}", line.task.label))
    if pins and running and line.task != Task.TAKE_DOWN:
        acts.append(("desk:print-sheet", _("record the printing")))
    if checks and running and line.hangs and line.task != Task.TAKE_DOWN:
        acts.append(("desk:check-board", _("spot check")))
    return {"line": line, "acts": acts}


def _holds(request: HttpRequest, roles: Iterable[str], line: BoardLine) -> bool:
    place = line.board.area.number
    return any(one.role in roles and contains(one.scope_code, place) for one in held_by(request))


def _mine(officer: Officer, lines: list[BoardLine]) -> list[BoardLine]:
    scopes = scopes_of(officer)
    return [line for line in lines if any(contains(scope, line.board.area.number) for scope in scopes)]


def _within(officer: Officer, area: str) -> bool:
    return any(contains(scope, area) for scope in scopes_of(officer))
