"""One list at the desk: where it stands, which boards are missing, what can be done now."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.desk import history
from portal.desk.editions import editions_context
from portal.desk.find import find_list
from portal.desk.frame import at_desk, held_by, page
from portal.desk.objected import list_context
from portal.desk.papers import papers_of
from portal.desk.public_view import preview_of, shown_rows
from portal.desk.words import Row
from portal.publicity.addresses import SECTIONS
from portal.templatetags.cap import day, days_left
from relief.errors import Stale
from relief.officers.models import Appointment, Officer, Role
from relief.places.scope import contains
from relief.publicity.close import why_not_closed
from relief.publicity.models import ListKind, ListState, PublicList
from relief.publicity.post import listed_boards
from relief.publicity.queries import period_of
from relief.trail.timeline import timeline


@require_safe
@at_desk
def public_list(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """The monitor of one list: where it stands, which boards are missing, what can be done now."""
    one = find_list(officer, code)
    held = held_by(request)
    running = one.state == ListState.RUNNING
    publishes = _holds(held, Role.STREET_PUBLISHER, one.area_id)
    context: dict[str, Any] = {
        "list": one,
        "identity": _identity(one),
        "colour": colour_of(one),
        "boards": _boards(one) if one.kind == ListKind.PRE_APPROVAL and one.number else [],
        "why_not_closed": why_not_closed(one) if running else [],
        "can_publish": publishes and one.state == ListState.COMPILED,
        "can_post": publishes and running,
        "can_close": publishes and running,
        "timeline": history.lines(timeline(one, [PublicList]), words={}, people={}),
        "public_url": _public_url(one),
        "papers": papers_of(one),
        **list_context(one, officer, held),
        **editions_context(one, held),
        **_rows_of(one, officer, held),
    }
    return page(request, officer, "desk/list.html", context, section="lists")


def _rows_of(one: PublicList, officer: Officer, held: list[Appointment]) -> dict[str, Any]:
    """The rows as the public sees them, or will see them when the list is published."""
    if one.state == ListState.COMPILED:
        if not _holds(held, Role.STREET_PUBLISHER, one.area_id) and not _holds(
            held, Role.STREET_REVIEWER, one.area_id
        ):
            return {}
        try:
            return preview_of(one, officer)
        except Stale as refused:
            return {"outdated": refused.reasons}
    return shown_rows(one)


def _identity(one: PublicList) -> list[Row]:
    rows = [
        Row(_("List number"), one.number or _("given at publishing")),
        Row(_("Area"), one.area.name),
        Row(_("Batch"), one.batch),
        Row(_("Households"), one.entry_count),
        Row(_("Persons"), one.person_count),
    ]
    if one.starts_on and one.ends_on:
        period = period_of(one)
        rows += [
            Row(_("First day"), day(one.starts_on)),
            Row(_("Last day"), day(one.ends_on)),
            Row(_("Days left"), days_left(period.left)),
        ]
    if one.check_code:
        rows.append(Row(_("Check code"), one.check_code))
    return rows


def _boards(one: PublicList) -> list[dict[str, Any]]:
    done = {posting.board_id: posting for posting in one.postings.exclude(board=None)}
    return [{"board": board, "posting": done.get(board.pk)} for board in listed_boards(one)]


def _public_url(one: PublicList) -> str:
    if not one.number:
        return ""
    return f"/{SECTIONS[one.kind]}/{one.number}/"


def colour_of(one: PublicList) -> str:
    return {ListState.COMPILED: "yellow", ListState.RUNNING: "green", ListState.CLOSED: "blue"}.get(
        ListState(one.state), "grey"
    )


def _holds(held: list[Appointment], role: str, area: str) -> bool:
    return any(one.role == role and contains(one.scope_code, area) for one in held)
