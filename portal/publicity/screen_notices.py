"""What a big screen says when it shows no list: why, what comes next, whom to call."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.context import Bureau
from portal.publicity import addresses, sheet
from portal.publicity import standing as stand
from relief.publicity.models import ListKind, PublicList
from relief.publicity.queries import names_visible


def list_notice(public_list: PublicList, community: str = "") -> dict[str, Any]:
    """For one list: shown at once when no row may be drawn, later when its names' time ends."""
    title, next_step = _over(public_list)
    if names_visible(public_list) and community:
        place = sheet.community_name(public_list, community)
        none_there = _("No household of %(place)s is on this list.") % {"place": place}
        return _notice(public_list.title, none_there, [_counts(public_list), call_us()])
    return _notice(public_list.title, title, [next_step, _counts(public_list), call_us()])


def playlist_notice(place: str, waiting: bool) -> dict[str, Any]:
    """For a playlist without a list; `waiting` when lists have ended and are not announced yet."""
    expected = (
        _("Expected next: the announcement of the decisions on lists whose period has ended.")
        if waiting
        else _("The next list appears here as soon as it is published.")
    )
    address = settings.PUBLIC_BASE_URL + addresses.section_path(ListKind.PRE_APPROVAL)
    where = _("All lists and announcements: %(address)s") % {"address": address}
    return _notice(place, _("No list is in public here at present"), [expected, where, call_us()])


def gone_notice() -> dict[str, Any]:
    """For an address that the site no longer knows."""
    return _notice("", _("This list is no longer here"), [call_us()])


def call_us() -> str:
    bureau = Bureau()
    return _("Relief hotline %(number)s (%(hours)s)") % {"number": bureau.hotline, "hours": bureau.hours}


def _notice(head: str, title: str, lines: list[str]) -> dict[str, Any]:
    return {"head": head, "title": title, "lines": lines}


def _over(public_list: PublicList) -> tuple[str, str]:
    """Why the names are not shown, and what comes next."""
    phase = stand.standing_of(public_list, count_boards=False).phase
    if phase == stand.WITHDRAWN:
        return _("This list was withdrawn"), _("It no longer counts; a newer version stands on the website.")
    if public_list.kind != ListKind.PRE_APPROVAL:
        remain = _("Counts and check code remain on the website, so that a copy can still be checked.")
        return _("The names are no longer shown"), remain
    if phase == stand.WAITING:
        return _("The data of this screen are too old to be shown"), _("They are fetched as soon as can be.")
    if phase == stand.DECIDED:
        announced = _("All its cases are decided; the announcement shows who was approved.")
        return _("The period has ended"), announced
    before = _("The cases go to the district for decision; the announcement follows.")
    return _("The period has ended"), before


def _counts(public_list: PublicList) -> str:
    return _("%(number)s: %(counts)s, check code %(code)s") % {
        "number": public_list.number,
        "counts": stand.counts_in_words(public_list),
        "code": public_list.check_code,
    }
