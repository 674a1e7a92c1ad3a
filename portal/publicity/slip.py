"""The slip for a written response (意见反映单): torn off, filled in by hand, put into the box or brought."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from portal.context import Bureau
from portal.publicity import sheet
from portal.publicity.poster import foot_data, qr_picture, timestamp_of
from portal.publicity.poster_words import respond_address
from portal.publicity.standing import standing_of
from portal.publicity.typesetting import typeset
from portal.templatetags.cap import day_in_words
from relief.publicity.models import ListKind, PublicList

PER_SHEET = 2


def takes_slips(public_list: PublicList) -> bool:
    """Only a list before approval is answered by slip; what is decided has its own ways of appeal."""
    return public_list.kind == ListKind.PRE_APPROVAL


def slip_pdf(public_list: PublicList) -> bytes:
    """One A4 sheet of slips in the active language; no name in it. Raises NotSet."""
    return typeset("slip.typ", slip_data(public_list), timestamp=timestamp_of(public_list))[0]


def slip_data(public_list: PublicList) -> dict[str, Any]:
    return {
        "paper": "a4",
        "lang": sheet.language_key(),
        "title": _("Written response to %(number)s") % {"number": public_list.number or ""},
        "issuer": Bureau().name,
        "heading": _("Written response to a list before approval"),
        "list": public_list.title,
        "copies": PER_SHEET,
        "cut": _("cut here"),
        "kinds_label": _("What I want to say (tick one)"),
        "kinds": kinds(),
        "blanks": [
            _("Row number or row code on the list"),
            _("Community"),
            _("Your name (may stay empty)"),
            _("How to reach you (may stay empty)"),
        ],
        "words_label": _("In my own words: what I know, and from where"),
        "promise": _(
            "Who writes is kept confidential from community and street. Whoever wants an answer gives a way "
            "to reach him; the counter gives a receipt with a number and a query code."
        ),
        "until": _until(public_list),
        "where": _("Hand it in at %(address)s (%(hours)s), or at the community station. Hotline %(number)s.")
        % {"address": Bureau().address, "hours": Bureau().hours, "number": Bureau().hotline},
        "web": _("On the web: %(address)s") % {"address": respond_address(public_list)},
        "web_qr": qr_picture(respond_address(public_list)),
        **foot_data(public_list, ""),
    }


def kinds() -> list[str]:
    """The four things that can be said to a list, as a neighbour would say them."""
    return [
        _("This household is not eligible"),
        _("I was left out"),
        _("My data is wrong"),
        _("My name should not be shown"),
    ]


def _until(public_list: PublicList) -> str:
    deadline = standing_of(public_list, count_boards=False).deadline
    if deadline is None:
        return _("Until the last day of publicity, which the poster and the website name")
    day = day_in_words(deadline, weekday=True)
    return _("Until %(day)s, %(time)s") % {"day": day, "time": f"{deadline:%H:%M}"}
