"""How a list stands today, for the status panel, the index and the check: one answer for all three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.templatetags.cap import day_in_words, days_left
from relief.publicity.boards import boards_done
from relief.publicity.models import ListKind, ListState, PublicList
from relief.publicity.queries import Period, period_of
from relief.trail import clock

WAITING, RUNNING, CLOSED, DECIDED = "waiting", "running", "closed", "decided"
ANNOUNCED, EXPIRED, WITHDRAWN = "announced", "expired", "withdrawn"
#: while a list stands so, the public may respond to it
OPEN = (WAITING, RUNNING)
COLOURS = {WAITING: "yellow", RUNNING: "green", ANNOUNCED: "blue", WITHDRAWN: "red"}


@dataclass(frozen=True)
class Standing:
    """Phase of a list with its days; `boards_done` of `boards` are evidenced while it waits."""

    phase: str
    period: Period
    deadline: datetime | None = None
    ended: date | None = None
    boards_done: int = 0
    boards: int = 0

    @property
    def is_running(self) -> bool:
        return self.phase == RUNNING

    @property
    def colour(self) -> str:
        return COLOURS.get(self.phase, "grey")

    @property
    def word(self) -> str:
        """The state in a word or two, for a tag."""
        return {
            WAITING: _("Being posted"),
            RUNNING: _("Open to objections"),
            CLOSED: _("Period ended"),
            DECIDED: _("Decided"),
            ANNOUNCED: _("In public"),
            EXPIRED: _("Time in public ended"),
            WITHDRAWN: _("Withdrawn"),
        }[self.phase]

    @property
    def left(self) -> str:
        return days_left(self.period.left)


def standing_of(public_list: PublicList, *, count_boards: bool = True) -> Standing:
    """Where a published list stands today. Counting its boards costs two queries and only while it waits."""
    period = period_of(public_list)
    if public_list.state == ListState.WITHDRAWN:
        return Standing(WITHDRAWN, period)
    if public_list.kind != ListKind.PRE_APPROVAL:
        phase = ANNOUNCED if period.phase == "shown" else EXPIRED
        return Standing(phase, period, ended=public_list.names_until)
    if period.phase == "over":
        phase = DECIDED if public_list.state == ListState.ANNOUNCED else CLOSED
        return Standing(phase, period, ended=public_list.ends_on)
    if period.phase == "running" and public_list.ends_on:
        return Standing(RUNNING, period, deadline=clock.at(public_list.ends_on, 23, 59))
    done, boards = boards_done(public_list) if count_boards else (0, 0)
    return Standing(WAITING, period, boards_done=done, boards=boards)


def days_in_words(public_list: PublicList) -> str:
    """The period from its first to its last day, naming the year once where it can."""
    return _("%(first)s to %(last)s") % _first_and_last(public_list) if public_list.ends_on else ""


def period_html(public_list: PublicList) -> str:
    """The same, no day torn apart at the end of a line."""
    if not public_list.ends_on:
        return ""
    days = {
        name: format_html('<span class="cap-nw">{}</span>', words)
        for name, words in _first_and_last(public_list).items()
    }
    return SafeString(_("%(first)s to %(last)s") % days)


def _first_and_last(public_list: PublicList) -> dict[str, str]:
    first, last = public_list.starts_on, public_list.ends_on
    assert first is not None and last is not None
    once, english = first.year == last.year, get_language() == "en"
    return {
        "first": day_in_words(first, year=not (once and english)),
        "last": day_in_words(last, year=not once or english),
    }


def length_in_words(public_list: PublicList) -> str:
    """`7 days`, or `7 working days`."""
    days = public_list.days or 0
    if public_list.counting == "working":
        words = ngettext("%(days)s working day", "%(days)s working days", days)
    else:
        words = ngettext("%(days)s day", "%(days)s days", days)
    return words % {"days": days}


def counts_in_words(public_list: PublicList) -> str:
    """`40 households, 86 persons`."""
    households = ngettext("%(n)s household", "%(n)s households", public_list.entry_count)
    persons = ngettext("%(n)s person", "%(n)s persons", public_list.person_count)
    return _("%(households)s, %(persons)s") % {
        "households": households % {"n": public_list.entry_count},
        "persons": persons % {"n": public_list.person_count},
    }
