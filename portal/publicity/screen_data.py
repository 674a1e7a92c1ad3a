"""What a big screen needs to draw lists, to check what it draws, and to take the names down by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

import segno
from django.utils.translation import gettext as _

from portal.context import Bureau
from portal.publicity import addresses, sheet
from portal.publicity.standing import RUNNING, days_in_words, standing_of
from portal.templatetags.cap import day_in_words, days_left, yuan
from portal.templatetags.lists import PHRASES
from relief.publicity.document import head_of
from relief.publicity.editions import only_late_rows
from relief.publicity.models import ListKind, PublicList
from relief.publicity.queries import names_visible, visible_entries
from relief.trail import clock

#: light modules around a QR code
QUIET = 4
#: number, commitment, salt, row and own last day of an entry; salt and row are None when it has left the list
Row = tuple[int, str, str | None, dict[str, Any] | None, date | None]


def rows_of(lists: Sequence[PublicList]) -> dict[int, list[Row]]:
    """The rows that may be shown today of each list, by its key. One query."""
    found: dict[int, list[Row]] = {one.pk: [] for one in lists}
    if lists:
        entries = reduce(or_, (visible_entries(one) for one in lists)).order_by("public_list", "row_number")
        columns = (
            "public_list",
            "row_number",
            "commitment",
            "public_row__salt",
            "public_row__row",
            "ends_on",
        )
        for key, *row in entries.values_list(*columns):
            found[key].append(tuple(row))
    return found


def item_of(public_list: PublicList, rows: Iterable[Row], community: str = "") -> dict[str, Any]:
    """One list as the screen takes it: what the digest covers, drawn rows with salts, words, its last moment.

    Cut to a community it holds only that community's rows; of the others their commitments.
    """
    head: dict[str, Any] = head_of(public_list)
    seals: list[str | None] = list(head.pop("commitments"))
    places = {seal: place for place, seal in enumerate(seals)}
    drawn: list[list[Any]] = []
    shown = list(cut(public_list, rows, community))
    for number, seal, salt, row, _ends in shown:
        place = places.get(seal, -1)
        if row is None or place < 0:
            drawn.append([place, "", {"row": number}])
            continue
        drawn.append([place, salt, row])
        seals[place] = None
    return {
        "number": public_list.number,
        "title": PHRASES.sub(lambda match: f"\u200b{match.group()}", public_list.title),
        "digest": public_list.digest,
        "code": public_list.check_code,
        "head": head,
        "seals": seals,
        "columns": [[one.key, one.label, int(one.numeric)] for one in sheet.heads_of(public_list)],
        "words": words_of(public_list, drawn),
        "rows": drawn,
        "total": public_list.entry_count,
        "place": sheet.community_name(public_list, community) if community else "",
        "qr": qr_path(addresses.printed_address(public_list)),
        "until": last_moment(public_list, shown) if drawn else 0,
        **standing_words(public_list),
    }


def cut(public_list: PublicList, rows: Iterable[Row], community: str) -> Iterable[Row]:
    """The rows of one community; all where none is asked for, or the list doesn't tell communities."""
    if not community or "community" not in public_list.columns:
        return rows
    return [one for one in rows if one[3] is not None and one[3].get("community") == community]


def words_of(public_list: PublicList, drawn: Sequence[Sequence[Any]]) -> dict[str, dict[str, str]]:
    """By column and value, what the page writes for it: a community's name, yuan, a name withheld by law."""
    words: dict[str, dict[str, str]] = {}
    for _place, salt, row in drawn:
        for key, value in row.items() if salt else ():
            plain = sheet.plain(public_list, key, value)
            text = yuan(plain) if sheet.MONEY.fullmatch(plain) else plain  # type: ignore[arg-type]
            if text != str(value):
                words.setdefault(key, {})[str(value)] = text
    return words


def last_moment(public_list: PublicList, rows: Iterable[Row]) -> int:
    """When the names must be gone, in milliseconds: the end of the last day in Shanghai, 0 when it is past.

    While a list waits for its boards nobody knows the day; the earliest one that there can be is taken. Where
    rows have days of their own, the first row that goes: the screen then asks for those that stay.
    """
    if not names_visible(public_list):
        return 0
    today = clock.today()
    last = public_list.names_until or today + timedelta(days=(public_list.days or 1) - 1)
    if only_late_rows(public_list, today):
        last = min([last, *(one[4] for one in rows if one[4] is not None)])
    elif public_list.edition and public_list.ends_on:
        last = min(last, public_list.ends_on)
    return milliseconds(end_of(last))


def end_of(day: date) -> datetime:
    return clock.at(day + timedelta(days=1), hour=0)


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def standing_words(public_list: PublicList) -> dict[str, Any]:
    """How the list stands and how to respond; `left` says the days left, by their number."""
    standing = standing_of(public_list, count_boards=False)
    hotline = Bureau().hotline
    if public_list.kind != ListKind.PRE_APPROVAL:
        until = public_list.names_until
        shown = _("Names are shown until %(day)s") % {"day": day_in_words(until)} if until else ""
        ask = _("Questions? Call %(number)s or ask at your community station.") % {"number": hotline}
        return {"stands": _("Decided and announced"), "period": shown, "ask": ask, "left": [], "last": 0}
    ask = _("Objections? Call %(number)s, ask at your station or scan the code.")
    words = {"ask": ask % {"number": hotline}, "period": days_in_words(public_list)}
    if standing.phase == RUNNING and public_list.ends_on:
        left = [days_left(days) for days in range(1, standing.period.left + 1)]
        return words | {"stands": "", "left": left, "last": milliseconds(end_of(public_list.ends_on))}
    return words | {"stands": standing.word, "left": [], "last": 0}


def qr_path(address: str) -> tuple[str, str]:
    """The QR code of an address as a view box with its quiet zone and one path of runs."""
    matrix = segno.make(address, error="m", micro=False).matrix
    size = len(matrix) + 2 * QUIET
    runs = [
        f"M{run.start()} {y}h{len(run.group())}v1H{run.start()}z"
        for y, row in enumerate(matrix)
        for run in re.finditer("1+", "".join(map(str, row)))
    ]
    return f"{-QUIET} {-QUIET} {size} {size}", "".join(runs)
