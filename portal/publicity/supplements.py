"""What changed of a list since its first poster (更正、补充公示): the lines that a newer poster prints."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.templatetags.cap import day_in_words
from relief.publicity.correction_models import Correction, CorrectionState
from relief.publicity.evidence_models import Supplement
from relief.publicity.models import PublicList
from relief.publicity.queries import visible_entries


def notes_of(public_list: PublicList) -> list[str]:
    """Corrections, longer periods, rows with a period of their own, oldest first. Three queries."""
    return [*_corrections(public_list), *_supplements(public_list), *_own_periods(public_list)]


def _corrections(public_list: PublicList) -> list[str]:
    done = Correction.objects.filter(public_list=public_list, state=CorrectionState.APPROVED)
    return [
        _("Edition %(edition)s, corrected on %(day)s: %(note)s")
        % {
            "edition": one.edition,
            "day": day_in_words(one.decided_on) if one.decided_on else "",
            "note": one.note_en if get_language() == "en" else one.note_zh,
        }
        for one in done.order_by("edition")
    ]


def _supplements(public_list: PublicList) -> list[str]:
    found = Supplement.objects.filter(public_list=public_list).select_related("board").order_by("pk")
    return [
        _(
            "The list was missing on “%(board)s” from %(first)s to %(last)s: "
            "it runs until %(end)s instead of %(before)s."
        )
        % {
            "board": one.board.name,
            "first": day_in_words(one.missing_from),
            "last": day_in_words(one.missing_until),
            "end": day_in_words(one.ends_after),
            "before": day_in_words(one.ended_before),
        }
        for one in found
    ]


def _own_periods(public_list: PublicList) -> list[str]:
    """Rows whose days ran anew after a correction, where that ends on another day than the list."""
    rows = visible_entries(public_list).exclude(ends_on=None).exclude(ends_on=public_list.ends_on)
    return [
        _("Row %(row)s is open to objections until the end of %(day)s.")
        % {"row": number, "day": day_in_words(day, weekday=True)}
        for number, day in rows.values_list("row_number", "ends_on")
        if day is not None
    ]
