"""Withdraw what was public (撤回): superseded, still readable under a banner, or removed, the reason only."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from portal.publishing.authority import acting_on, touched_by
from portal.publishing.models import ChangeKind, PageRecord, PageState, PublicChange
from portal.publishing.plan import overtake
from portal.publishing.queries import readable
from portal.publishing.steps import RELEASERS
from relief.errors import Blocked, Invalid, NotAllowed, Reason, WrongState
from relief.ledger import journal
from relief.officers.models import Officer
from relief.trail.actor import Actor
from relief.trail.record import record, set_if
from relief.trail.verb import verb

WAYS = {"superseded": PageState.SUPERSEDED, "removed": PageState.REMOVED}
#: the states from which a page can leave in each way
FROM = {"superseded": (PageState.PUBLIC,), "removed": (PageState.PUBLIC, PageState.SUPERSEDED)}


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
    """Withdraw a public page at its own address, which goes on answering; its translations go with it.

    `way`: `superseded` keeps the text readable under a banner; `removed` shows the reason only.
    Raises Invalid without reasons in both languages, Blocked with a replacement that is not public
    or with public pages below what is removed, WrongState for a page that is not public, NotAllowed for who
    releases no texts there, Stale when somebody was first.
    """
    page = kept.page
    actor = acting_on(by, RELEASERS, page)
    _check_may_leave(kept, page, by, way)
    check_words(reason_zh, reason_en)
    _check_replacement(kept, replaced_by)
    twins = [twin for twin in translations_of(page) if twin.state in FROM[way]]
    if way == "removed":
        _check_below(page, *(twin.page for twin in twins))
    words = {"reason_zh": reason_zh, "reason_en": reason_en}
    fresh = _leave(kept, actor, way, words, replaced_by, version)
    for twin in twins:
        _leave(twin, actor, way, words, _in_language(replaced_by, twin.page), twin.version)
    return fresh


def _leave(
    kept: PageRecord, actor: Actor, way: str, words: dict[str, str], replaced_by: Page | None, version: int
) -> PageRecord:
    """One page leaves: its state, its files, its line of public history and, last, the row of the journal."""
    event = record(
        "withdraw-text", kept, actor=actor, from_state=kept.state, to_state=WAYS[way], reason=f"text-{way}"
    )
    if way == "removed":
        kept.page.withhold_files(kept, event)
    changes = {**words, "state": WAYS[way], "replaced_by": replaced_by.pk if replaced_by else None}
    fresh = set_if(kept, version, changes, event)
    PublicChange.objects.create(
        record=fresh,
        revision=Revision.objects.get(pk=fresh.live_revision_id),
        kind=ChangeKind(way),
        note_zh=fresh.reason_zh,
        note_en=fresh.reason_en,
        digest=fresh.digest,
        event_id=event.pk,
        at=event.at,
    )
    journal.append("page", str(fresh.code), fresh.digest, event_id=event.pk, at=event.at)
    overtake(fresh)
    return fresh


def translations_of(page: Page) -> list[PageRecord]:
    """Public states of the translations, where this page is their source: they don't outlive it."""
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return []
    numbers = page.get_translations().values_list("pk", flat=True)
    return list(PageRecord.objects.filter(page_id__in=numbers).order_by("pk"))


def _in_language(replaced_by: Page | None, twin: Page) -> Page | None:
    """The replacement in the language of `twin` where that is public, else as it was chosen."""
    theirs = replaced_by.get_translation_or_none(twin.locale) if replaced_by else None
    shown = theirs and PageRecord.objects.filter(page_id=theirs.pk, state=PageState.PUBLIC).exists()
    return theirs if shown else replaced_by


def _check_may_leave(kept: PageRecord, page: Page, by: Officer, way: str) -> None:
    if by.account_id in touched_by(page, kept.live_revision_id):
        raise NotAllowed(Reason("own-text", _("You have a draft on this page: somebody else withdraws it.")))
    if way not in WAYS or kept.state not in FROM[way]:
        raise WrongState(Reason("not-public", _("Only what is public can be withdrawn.")))


def _check_below(*pages: Page) -> None:
    """Raises Blocked while pages below are public: readers would find them without what holds them."""
    for page in pages:
        below = readable(page.get_descendants()).first()
        if below is not None:
            words = _("“%(title)s” below is public: withdraw what is below first.") % {"title": below.title}
            raise Blocked(Reason("public-below", words))


def check_words(reason_zh: str, reason_en: str) -> None:
    """Raises Invalid unless both languages say why."""
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
