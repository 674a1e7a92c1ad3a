"""The steps of a list in words, for the foot of its page and the page of its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.publicity.standing import counts_in_words, days_in_words, length_in_words
from portal.templatetags.cap import day_in_words
from relief.publicity.chronicle import Milestone, chronicle
from relief.publicity.evidence_models import Supplement
from relief.publicity.models import PublicList


@dataclass(frozen=True)
class StepInWords:
    """One step: when, what, and its number in the publication journal (0: none of its own)."""

    kind: str
    at: datetime
    words: str
    more: str = ""
    seq: int = 0


def steps_of(public_list: PublicList) -> list[StepInWords]:
    """The public steps, newest first."""
    return [
        StepInWords(step.kind, step.at, _words(public_list, step), _more(public_list, step), step.seq or 0)
        for step in chronicle(public_list)
    ]


def _words(public_list: PublicList, step: Milestone) -> str:
    if step.kind == "posted" and step.board and step.posted_on:
        day = day_in_words(step.posted_on)
        return _("Posted on “%(board)s” on %(day)s") % {"board": step.board.name, "day": day}
    if step.kind == "extended" and step.supplement:
        return extension_in_words(step.supplement)
    if step.kind == "left":
        return _("Row %(row)s left the list") % {"row": step.row}
    return {
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
