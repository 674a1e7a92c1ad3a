"""Find the row of a list that somebody speaks of: by its number, or by the row code of the receipt."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from relief.applications.models import Application
from relief.errors import Invalid, Reason
from relief.ledger.codes import normalise_code
from relief.publicity.models import Entry, PublicList

#: digits that a row number has at most
DIGITS = 6


def entry_on(public_list: PublicList | None, application: Application) -> Entry | None:
    """The newest place of a case on a list."""
    if public_list is None:
        return None
    return public_list.entries.filter(application_id=application.pk).order_by("-edition", "-pk").first()


def find_row(public_list: PublicList, typed: str) -> Entry:
    """The place that row number or row code names today. Raises Invalid: none, replaced, or it has left."""
    text = "".join(unicodedata.normalize("NFKC", typed).split())
    if not text:
        words = _("Say which row: its number in the list, or the row code.")
        raise Invalid({"row": [Reason("required", words)]})
    number = text.isascii() and text.isdigit() and len(text) <= DIGITS
    named = {"row_number": int(text)} if number else {"row_code": normalise_code(text)}
    places = public_list.entries.filter(**named)
    standing = places.filter(superseded_by__isnull=True, retraction__isnull=True)
    if entry := standing.order_by("-edition", "-pk").first():
        return entry
    raise Invalid({"row": [_why_none(public_list, places.order_by("-edition", "-pk").first())]})


def _why_none(public_list: PublicList, gone: Entry | None) -> Reason:
    if gone is None:
        words = _(
            "No row of list %(number)s has this number or row code. Look at the list again: the code has "
            "eight signs, the digits 0 and 1 and the letters I and O are not among them."
        )
        return Reason("unknown-row", words % {"number": public_list.number or ""})
    if hasattr(gone, "superseded_by"):
        words = _(
            "This row was replaced by a correction. Open the list again and choose the row as it is now."
        )
        return Reason("row-replaced", words)
    words = _(
        "This row has left the list: its case is no longer before the public. "
        "What you know of it can be told to the hotline or at a station."
    )
    return Reason("row-left", words)
