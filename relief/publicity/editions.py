"""Which rows of a list count today: those of its current edition, each until its own last day.

A correction (更正) supersedes entries, adds some and removes some. Most lists are never corrected: for them
nothing is joined and nothing is asked twice.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from relief.publicity.models import Entry, ListState, PublicList, PublicRow
from relief.trail import clock

#: an entry that no correction has superseded or removed
CURRENT = Q(superseded_by=None, retraction__edition=None)


def current_entries(public_list: PublicList) -> QuerySet[Entry]:
    """The entries of the list's current edition, by row number; the digest is taken of these.

    A row that left the list by itself (its case was withdrawn or returned) is still one of them.
    """
    entries = Entry.objects.filter(public_list=public_list).order_by("row_number")
    return entries.filter(CURRENT) if public_list.edition else entries


def current_rows(public_list: PublicList) -> QuerySet[PublicRow]:
    """What is shown of the current edition, by row number, whatever the day."""
    rows = PublicRow.objects.filter(public_list=public_list).order_by("row_number")
    return rows.filter(current=True) if public_list.edition else rows


def only_late_rows(public_list: PublicList, today: date) -> bool:
    """Whether the list's own period is over, so that only rows with a clock of their own are shown."""
    last = public_list.ends_on
    return bool(public_list.edition) and last is not None and last < today


def last_day_of(entry: Entry) -> date | None:
    """The last day of one row: its list's, or its own where a correction gave it a later one.

    None while the list waits for its boards. Objections to the row are taken until this day.
    """
    last = entry.public_list.ends_on
    if last is None or entry.ends_on is None:
        return last
    return max(last, entry.ends_on)


def row_runs(entry: Entry | None, today: date | None = None) -> bool:
    """Whether the publicity of this row goes on: its list runs, or its own days aren't over yet."""
    if entry is None:
        return False
    if entry.public_list.state == ListState.RUNNING:
        return True
    last = entry.ends_on
    return (
        entry.public_list.state == ListState.CLOSED and last is not None and last >= (today or clock.today())
    )


def latest_day(public_list: PublicList, last: date) -> date:
    """The last day with names of a list that ends on `last`: a row with days of its own may need more."""
    if not public_list.edition:
        return last
    own = current_entries(public_list).values_list("ends_on", flat=True)
    return max([last, *(day for day in own if day is not None)])
