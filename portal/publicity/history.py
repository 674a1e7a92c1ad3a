"""The steps of a list in words, for the foot of its page and the page of its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.publicity.standing import counts_in_words, days_in_words, length_in_words
from portal.templatetags.cap import day_in_words
from relief.publicity.chronicle import Milestone, chronicle
from relief.publicity.evidence_models import Supplement
from relief.publicity.models import PublicList
from relief.publicity.tally import ResponseCounts
from relief.trail import clock


@dataclass(frozen=True)
class StepInWords:
    """One step: when, what, and its number in the publication journal (0: none of its own)."""

    kind: str
    at: datetime
    words: str
    more: str = ""
    seq: int = 0


def steps_of(public_list: PublicList, responses: ResponseCounts | None = None) -> list[StepInWords]:
    """The public steps, newest first; `responses` (counts as the public may read them) make one of them.

    Responses have one step for all of them, at the end of the time in which they were taken, or at its
    beginning while it runs: the day of a single one would tell who has responded.
    """
    steps = [
        StepInWords(step.kind, step.at, _words(public_list, step), _more(public_list, step), step.seq or 0)
        for step in chronicle(public_list)
    ]
    if responses is None or public_list.published_at is None:
        return steps
    told = _responses(public_list, public_list.published_at, responses)
    later = sum(step.at > told.at or (step.at == told.at and step.kind != "published") for step in steps)
    return [*steps[:later], told, *steps[later:]]


def _responses(public_list: PublicList, published_at: datetime, counts: ResponseCounts) -> StepInWords:
    first = {"first": day_in_words(published_at.astimezone(clock.SHANGHAI).date())}
    more = _("; ").join(
        _("%(kind)s: %(received)s received") % {"kind": one.kind.label, "received": one.received}
        for one in counts.kinds
    )
    last = _last_day_of_responses(public_list)
    if last is None:
        return StepInWords("responses", published_at, _("Responses are taken since %(first)s") % first, more)
    words = _("Responses were taken from %(first)s to %(last)s") % {**first, "last": day_in_words(last)}
    at = clock.at(last, 23, 59)
    return StepInWords("responses", min(at, clock.now()), words, more)


def _last_day_of_responses(public_list: PublicList) -> date | None:
    """The last day on which a response was taken; none while they are."""
    if public_list.withdrawn_on:
        return public_list.withdrawn_on
    last = public_list.names_until  # the latest day of a row: the list's own, or later where it was corrected
    return last if last and last < clock.today() else None


def _words(public_list: PublicList, step: Milestone) -> str:
    if step.kind == "posted" and step.board and step.posted_on:
        day = day_in_words(step.posted_on)
        return _("Posted on “%(board)s” on %(day)s") % {"board": step.board.name, "day": day}
    if step.kind == "extended" and step.supplement:
        return extension_in_words(step.supplement)
    if step.kind == "left":
        return _("Row %(row)s left the list") % {"row": step.row}
    return {
        "compiled": _("Compiled from the cases that the street had reviewed"),
        "published": _("Published on this website"),
        "period": _("The period of publicity began"),
        "closed": _("The period of publicity ended; the cases went to the district"),
        "announced": _("All cases of this list are decided and announced"),
        "names-hidden": _("The time for showing names ended; since then no name is shown"),
        "names-deleted": _("The names were deleted; digest and counts remain"),
        "withdrawn": _("The list was withdrawn"),
        "corrected": _("The list was corrected"),
        "rows-closed": _("The days of the corrected or added rows ended"),
    }.get(step.kind, "")


def extension_in_words(one: Supplement) -> str:
    """Why and until when a period was extended."""
    return ngettext(
        "Extended by %(n)d day until %(until)s, because “%(board)s” was bare from %(first)s to %(last)s",
        "Extended by %(n)d days until %(until)s, because “%(board)s” was bare from %(first)s to %(last)s",
        one.days,
    ) % {
        "n": one.days,
        "until": day_in_words(one.ends_after),
        "board": one.board.name,
        "first": day_in_words(one.missing_from),
        "last": day_in_words(one.missing_until),
    }


def _more(public_list: PublicList, step: Milestone) -> str:
    if step.kind == "published":
        return _("%(counts)s, check code %(code)s") % {
            "counts": counts_in_words(public_list),
            "code": public_list.check_code,
        }
    if step.kind == "period" and public_list.starts_on and public_list.ends_on:
        return _("%(days)s (%(length)s); website and every listed board are evidenced") % {
            "days": days_in_words(public_list),
            "length": length_in_words(public_list),
        }
    if step.kind == "left":
        return _("Its case is no longer before the public. Its commitment stays in the digest.")
    return ""
