"""A list as a poster (张贴稿): what stands on the paper, in words, for templates/publicity/poster.typ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.utils.translation import gettext as _

from portal.context import Bureau
from portal.publicity import addresses, sheet
from portal.publicity.metadata import issuer
from portal.publicity.poster_words import facts_of, respond_lines, respond_title, signed_on
from portal.publicity.supplements import notes_of
from portal.publicity.typesetting import MissingGlyph, typeset
from portal.templatetags.cap import day_in_words
from relief.publicity.models import PublicList
from relief.publicity.queries import visible_entries
from relief.trail import clock

#: paper, and how much larger than on A4 everything is drawn: A3 is read from a step away
SIZES = {"a4": 1.0, "a3": 1.38}
#: shares of the sheet's width; a column not named here takes 10, that of the code what its codes need
WIDTHS = {"row": 6, "name": 13, "community": 16, "persons": 8, "amount": 11, "change": 12}


@dataclass(frozen=True)
class Cut:
    """The rows of one sheet: all of a list, or those of one community."""

    rows: Sequence[sheet.Row]
    community: str = ""


def cut_of(public_list: PublicList, community: str = "") -> Cut:
    """The rows that may be shown today; a row that has left the list names no community."""
    entries = visible_entries(public_list)
    if community:
        entries = entries.filter(public_row__row__community=community)
    return Cut(list(entries.values_list("row_number", "public_row__row")), community)


def poster_pdf(public_list: PublicList, size: str, cut: Cut) -> bytes:
    """The poster in the active language. Raises NotSet; MissingGlyph names what the font lacks."""
    return typeset("poster.typ", poster_data(public_list, size, cut), timestamp=timestamp_of(public_list))[0]


def timestamp_of(public_list: PublicList) -> int:
    """Seconds since 1970 for the PDF's properties: the same poster has the same bytes."""
    return int((public_list.published_at or clock.now()).timestamp())


def rows_with(fault: MissingGlyph, public_list: PublicList, cut: Cut) -> list[tuple[str, list[int]]]:
    """Each missing character with the numbers of the rows that hold it; none where it stands elsewhere."""
    heads = sheet.heads_of(public_list)
    words = [(n, "".join(sheet.printed(public_list, heads, n, row))) for n, row in cut.rows]
    return [(sign, [n for n, text in words if sign in text]) for sign in fault.characters]


def poster_data(public_list: PublicList, size: str, cut: Cut) -> dict[str, Any]:
    heads = sheet.heads_of(public_list)
    return {
        "paper": size,
        "scale": SIZES[size],
        "lang": sheet.language_key(),
        "title": public_list.title,
        "issuer": issuer(public_list),
        "facts": facts_of(public_list),
        "notes": notes_of(public_list),
        "caption": range_in_words(public_list, cut),
        "heads": [
            {"label": head.label, "numeric": head.numeric, "width": WIDTHS.get(head.key, 10), "key": head.key}
            for head in heads
        ],
        "rows": [
            {"left": row is None, "cells": sheet.printed(public_list, heads, n, row)} for n, row in cut.rows
        ],
        "none": "" if cut.rows else _("This list shows counts only, no household."),
        "respond": respond_lines(public_list),
        "respond_title": respond_title(public_list),
        "seal": {
            "words": _("(seal)"),
            "issuer": issuer(public_list),
            "day": day_in_words(signed_on(public_list)),
        },
        **foot_data(public_list, range_in_words(public_list, cut)),
    }


def foot_data(public_list: PublicList, rows: str) -> dict[str, Any]:
    """What stands on every sheet: whose list, its code, where to check it, which sheet of how many."""
    address = addresses.printed_address(public_list)
    sheet_of = _("Page %(page)s of %(pages)s").replace("%(pages)s", "%(page)s").split("%(page)s")
    return {
        "foot": {
            "number": public_list.number or "",
            "code_label": _("Check code"),
            "code": public_list.check_code,
            "check": _("Scan, or type number and code at %(address)s") % {"address": f"{domain()}/verify/"},
            "hotline": _("Hotline %(number)s") % {"number": Bureau().hotline},
            "rows": rows,
            "page": sheet_of,
        },
        "qr": qr_picture(address),
    }


def qr_picture(address: str) -> str:
    """The code as an SVG file of its own; without the name space a typesetter takes it for no picture."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=4)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def domain() -> str:
    """The bureau's host as printed, without the scheme."""
    return urlsplit(settings.PUBLIC_BASE_URL).netloc


def range_in_words(public_list: PublicList, cut: Cut) -> str:
    """`Rows 21–32 of 40`; rows that don't follow each other are counted."""
    numbers = [n for n, _row in cut.rows]
    if not numbers:
        return ""
    words = {"count": len(numbers), "total": public_list.entry_count}
    words |= {"first": numbers[0], "last": numbers[-1]}
    follows = numbers[-1] - numbers[0] + 1 == len(numbers)
    text = _("Rows %(first)s–%(last)s of %(total)s") if follows else _("%(count)s of %(total)s rows")
    if not cut.community:
        return text % words
    place = sheet.community_name(public_list, cut.community)
    return _("%(community)s: %(rows)s") % {"community": place, "rows": text % words}
