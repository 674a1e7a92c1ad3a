"""The boards on which a list must hang (公告栏), and the period that begins when all are evidenced."""

from __future__ import annotations

from datetime import date

from relief.applications.models import Application
from relief.places.models import Board
from relief.publicity.models import PublicList
from relief.standards.legal_clock import period_end


def listed_boards(public_list: PublicList) -> list[Board]:
    """Boards on which the list must hang: those in use in the communities of its cases."""
    cases = public_list.entries.values("application_id")
    communities = Application.objects.filter(pk__in=cases).values("community_id")
    return list(Board.objects.filter(area__number__in=communities, in_use=True).select_related("area"))


def missing_boards(public_list: PublicList) -> list[Board]:
    """Listed boards without evidence yet."""
    done = set(public_list.postings.exclude(board=None).values_list("board_id", flat=True))
    return [board for board in listed_boards(public_list) if board.pk not in done]


def boards_done(public_list: PublicList) -> tuple[int, int]:
    """(boards evidenced, boards on which the list must hang)."""
    listed = {board.pk for board in listed_boards(public_list)}
    done = set(public_list.postings.exclude(board=None).values_list("board_id", flat=True))
    return len(listed & done), len(listed)


def period_if_evidenced(public_list: PublicList, days: int, counting: str) -> dict[str, date]:
    """First and last day, once the web and every listed board are evidenced; nothing before.

    Day 1 is the latest day of posting. A list whose communities have no board begins with the web.
    """
    if missing_boards(public_list):
        return {}
    first = max(public_list.postings.values_list("posted_on", flat=True))
    last = period_end(first, days, counting).day
    return {"starts_on": first, "ends_on": last, "names_until": last}
