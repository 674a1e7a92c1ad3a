"""Hand over what an officer answers for: all of what is named, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.catalogue import verbs as catalogue
from portal.catalogue.models import CatalogueRow
from portal.handover.models import Handover
from portal.publishing.authority import reach_of
from portal.publishing.care import CARERS, give_text, with_care
from portal.publishing.queries import records_of
from portal.publishing.task import in_review_of, take_over_review
from relief.errors import Blocked, Invalid, NotAllowed, Reason, Stale
from relief.officers.models import Officer, Role
from relief.trail.record import SOMEBODY_WAS_FIRST, record
from relief.trail.verb import verb

#: who hands over what others answer for, within their sections
HANDERS = (Role.SECTION_EDITOR, Role.PUBLISHER)
NAMED = 3


def texts_of(officer: Officer) -> Any:
    """Pages that an officer answers for, planned ones among them, or whose running review they began."""
    begun = Q(pk__in=in_review_of(officer))
    return with_care(Page.objects.filter(depth__gte=2)).filter(Q(carer=officer.pk) | begun)


def rows_of(officer: Officer) -> Any:
    """Rows of the catalogue that an officer answers for."""
    return CatalogueRow.objects.filter(owner=officer)


def holders() -> Any:
    """Officers who answer for something, those who left office first."""
    texts = with_care(Page.objects.filter(depth__gte=2)).exclude(carer=None).values("carer")
    rows = CatalogueRow.objects.exclude(owner=None).values("owner_id")
    return Officer.objects.filter(Q(pk__in=texts) | Q(pk__in=rows)).order_by("active", "name")


@verb("hand-over-texts")
def hand_over(
    leaver: Officer, *, by: Officer, taker: Officer, why: str, texts: Collection[int], rows: Collection[str]
) -> Handover:
    """Give these texts and rows of `leaver` to `taker`; a text in review may be taken back by the new owner.

    Who wrote and handed in what stays in the records, and so do four eyes. Raises Invalid without a reason
    or where `taker` holds no fitting role (the pages are named), NotAllowed outside the sections of `by`,
    Blocked when nothing is named, Stale when something of it belongs to somebody else by now.
    """
    pages = list(texts_of(leaver).filter(pk__in=texts).order_by("path"))
    held = list(rows_of(leaver).filter(key__in=rows).order_by("pk"))
    if (len(pages), len(held)) != (len(set(texts)), len(set(rows))):
        raise Stale(SOMEBODY_WAS_FIRST)
    if not pages and not held:
        raise Blocked(Reason("nothing-named", _("Choose what is handed over.")))
    _check_words(leaver, taker, why)
    actor = catalogue.acting(by, HANDERS)
    _check_reach(pages, by, taker)
    event = record("hand-over-texts", leaver, actor=actor)
    kept = records_of(pages)
    for page in pages:
        if page.carer == leaver.pk:
            give_text(page, kept.get(page.pk), actor=actor, owner=taker, why=why, cause=event)
        take_over_review(page, leaver, taker)
    for row in held:
        catalogue.give_row(row, by=by, owner=taker, why=why, version=row.version)
    return Handover.objects.create(
        leaver=leaver,
        taker=taker,
        reason=why.strip(),
        texts=[page.pk for page in pages],
        rows=[row.key for row in held],
        by_name=actor.name,
        event_id=event.pk,
        at=event.at,
    )


def _check_words(leaver: Officer, taker: Officer, why: str) -> None:
    wrong: dict[str, list[Reason]] = {}
    if not why.strip():
        wrong["why"] = [Reason("required", _("Say why: it stays in the records."))]
    if leaver.pk == taker.pk:
        wrong["taker"] = [Reason("same-person", _("Choose another person."))]
    if wrong:
        raise Invalid(wrong)


def _check_reach(pages: Iterable[Page], by: Officer, taker: Officer) -> None:
    mine, theirs = reach_of(by), reach_of(taker)
    if any(not mine.on(page) & set(HANDERS) for page in pages):
        raise NotAllowed(Reason("not-your-section", _("Some of these texts lie outside your sections.")))
    lacking = [str(page.draft_title) for page in pages if not theirs.on(page) & set(CARERS)]
    if lacking:
        words = _("%(name)s holds no fitting role on %(number)d of these texts: %(titles)s.") % {
            "name": taker.name,
            "number": len(lacking),
            "titles": "、".join(lacking[:NAMED]),
        }
        raise Invalid({"taker": [Reason("owner-without-role", words)]})
