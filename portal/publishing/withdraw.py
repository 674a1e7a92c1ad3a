"""Withdraw what was public (撤回): superseded, still readable under a banner, or removed, the reason only."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex, Revision

from portal.publishing.authority import acting_on, touched_by
from portal.publishing.models import ChangeKind, PageRecord, PageState, PublicChange
from portal.publishing.steps import RELEASERS
from relief.errors import Blocked, Invalid, NotAllowed, Reason, WrongState
from relief.ledger import journal
from relief.officers.models import Officer
from relief.trail.models import Event
from relief.trail.record import record, set_if
from relief.trail.verb import verb

LEAVING_FROM = (PageState.PUBLIC, PageState.SUPERSEDED)
WAYS = {"superseded": PageState.SUPERSEDED, "removed": PageState.REMOVED}


@verb("withdraw-text")
def withdraw(
    kept: PageRecord,
    *,
    by: Officer,
    way: str,
    reason_zh: str,
    reason_en: str,
    replaced_by: Page | None = None,
    version: int,
) -> PageRecord:
    """Withdraw a public page at its own address, which goes on answering.

    `way`: `superseded` keeps the text readable under a banner; `removed` shows the reason only.
    Raises Invalid without reasons in both languages, Blocked with a replacement that is not public,
    WrongState for a page that is not public, NotAllowed for who releases no texts there, Stale when
    somebody was first.
    """
    actor = acting_on(by, RELEASERS, kept.page)
    _check_may_leave(kept, by, way)
    _check_words(reason_zh, reason_en)
    _check_replacement(kept, replaced_by)
    event = record(
        "withdraw-text", kept, actor=actor, from_state=kept.state, to_state=WAYS[way], reason=f"text-{way}"
    )
    if way == "removed":
        kept.page.withhold_files(kept, event)
    changes = {
        "state": WAYS[way],
        "reason_zh": reason_zh,
        "reason_en": reason_en,
        "replaced_by": replaced_by.pk if replaced_by else None,
    }
    return _tell(set_if(kept, version, changes, event), ChangeKind(way), event)


def _tell(kept: PageRecord, kind: ChangeKind, event: Event) -> PageRecord:
    """The line of the page's public history and, last, the row of the journal."""
    PublicChange.objects.create(
        record=kept,
        revision=Revision.objects.get(pk=kept.live_revision_id),
        kind=kind,
        note_zh=kept.reason_zh,
        note_en=kept.reason_en,
        digest=kept.digest,
        event_id=event.pk,
        at=event.at,
    )
    journal.append("page", str(kept.code), kept.digest, event_id=event.pk, at=event.at)
    return kept


def _check_may_leave(kept: PageRecord, by: Officer, way: str) -> None:
    if by.account_id in touched_by(kept.page, kept.live_revision_id):
        raise NotAllowed(Reason("own-text", _("You have a draft on this page: somebody else withdraws it.")))
    if kept.state not in LEAVING_FROM or way not in WAYS or kept.state == WAYS[way]:
        raise WrongState(Reason("not-public", _("Only what is public can be withdrawn.")))


def links_to(page: Page) -> list[Any]:
    """Pages whose live text links here: who withdraws sees them first."""
    here = ReferenceIndex.get_references_to(page)
    sources = {reference.object_id for reference in here}
    numbers = [int(source) for source in sources if str(source).isdigit()]
    return list(Page.objects.filter(pk__in=numbers, live=True).exclude(pk=page.pk).specific())


def _check_words(reason_zh: str, reason_en: str) -> None:
    missing = {
        name: [Reason("required", _("Say why, in both languages: the public reads it here."))]
        for name, words in (("reason_zh", reason_zh), ("reason_en", reason_en))
        if not words.strip()
    }
    if missing:
        raise Invalid(missing)


def _check_replacement(kept: PageRecord, replaced_by: Page | None) -> None:
    if replaced_by is None:
        return
    if replaced_by.pk == kept.page_id:
        raise Invalid({"replaced_by": [Reason("itself", _("A page can't replace itself."))]})
    other = PageRecord.objects.filter(page_id=replaced_by.pk).first()
    if other is None or other.state != PageState.PUBLIC:
        raise Blocked(Reason("not-public", _("The page that replaces this one must be public.")))
