"""Change the address of what was public (改址): another name, another parent; the old address leads on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from portal.publishing import act
from portal.publishing.addresses import LONGEST, LONGEST_PATH, path_of, stored, why_path_taken, why_taken
from portal.publishing.authority import acting_on
from portal.publishing.guards import once_public
from portal.publishing.models import (
    AddressChange,
    AddressKind,
    ChangeKind,
    PageRecord,
    PageState,
    PublicChange,
)
from portal.publishing.steps import RELEASERS
from portal.publishing.withdraw import check_words, translations_of
from relief.errors import Blocked, Invalid, Reason, WrongState
from relief.ledger import journal
from relief.officers.models import Officer
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import record, touch
from relief.trail.verb import verb

#: in Wagtail's log of a page
MOVED = "portal.move"
SLUG = re.compile(rf"[a-z0-9_-]{{1,{LONGEST}}}")


@dataclass(frozen=True)
class Place:
    """Where a page shall stand: its name below a parent."""

    kept: PageRecord
    page: Any
    slug: str
    parent: Any

    @property
    def is_new(self) -> bool:
        return self.slug != self.page.slug or self.parent.pk != self.page.get_parent().pk


@verb("move-page")
def move(
    kept: PageRecord, *, by: Officer, slug: str, parent: Page, reason_zh: str, reason_en: str, version: int
) -> PageRecord:
    """Give a once public page another address; its translations go along where they can.

    Old addresses of the page and of everything below that was ever public lead to the new ones from now on.
    Raises NotAllowed for who releases no texts here or there, Invalid for a name that is none or taken and
    without reasons, Blocked for an address that law or navigation name, a parent that doesn't fit, a locked
    page, WrongState for a draft, Stale when somebody was first.
    """
    page = kept.page
    actor = acting_on(by, RELEASERS, page)
    acting_on(by, RELEASERS, parent)
    check_words(reason_zh, reason_en)
    place = Place(kept, page, slug.strip(), parent.specific)
    _check_name(place)
    _check_may_move(place)
    twins = [twin for twin in translations_of(page) if twin.was_public]
    words = {"note_zh": reason_zh, "note_en": reason_en}
    along = [twin for twin in (_along(one, place) for one in twins) if twin.is_new]
    fresh = _leave(place, actor, by, words, version)
    for twin in along:
        _check_may_move(twin)
        _leave(twin, actor, by, words, twin.kept.version)
    return fresh


def _along(kept: PageRecord, source: Place) -> Place:
    """Where a translation goes with its source: below the same section, by the same name if it had that."""
    page = kept.page
    parent = page.get_parent()
    if source.parent.pk != source.page.get_parent().pk:
        parent = source.parent.get_translation_or_none(page.locale) or parent
    slug = source.slug if page.slug == source.page.slug else page.slug
    return Place(kept, page, slug, parent.specific)


def _check_name(place: Place) -> None:
    if not SLUG.fullmatch(place.slug):
        words = _("At most 60 small letters, digits and hyphens, as in “guan-yu-di-bao”.")
        raise Invalid({"slug": [Reason("no-name", words)]})
    if not place.is_new:
        raise Invalid({"slug": [Reason("same", _("This is the page's address already."))]})


def _check_may_move(place: Place) -> None:
    page, parent = place.page, place.parent
    if not place.kept.was_public:
        words = _("A page that was never public is moved or renamed by its editor.")
        raise WrongState(Reason("not-public", words))
    if page.is_fixed or page.is_named_by_content:
        raise Blocked(Reason("fixed", _("This address follows from what the page is: it stays.")))
    if page.locked:
        raise Blocked(Reason("locked", _("The page is locked: unlock it first.")))
    if parent.pk == page.pk or parent.is_descendant_of(page):
        raise Blocked(Reason("below-itself", _("A page can't stand below itself.")))
    if not page.can_move_to(parent):
        raise Blocked(Reason("wrong-parent", _("Pages of this type can't stand below the chosen page.")))
    above = PageRecord.objects.filter(page_id=parent.pk).first()
    if above is None or above.state != PageState.PUBLIC:
        raise Blocked(Reason("parent-not-public", _("The page above must be public.")))
    if why := why_taken(place.slug, parent, page):
        raise Invalid({"slug": [Reason("taken", why)]})


def _leave(place: Place, actor: Actor, by: Officer, words: dict[str, str], version: int) -> PageRecord:
    """One page gets its new address: tree, old addresses, public history and, last, the journal."""
    kept = place.kept
    event = record(
        "move-page", kept, actor=actor, from_state=kept.state, to_state=kept.state, reason="page-moved"
    )
    fresh = touch(kept, version, event)
    family = list(once_public(place.page.get_descendants(inclusive=True)).order_by("pk"))
    before = _paths(family)
    with act.opened():
        _put(place, by)
        after = _paths(family)
        _lead_on(family, before, after, words["note_zh"], event)
    _tell_of_move(place, by, before, after, words["note_zh"])
    PublicChange.objects.create(
        record=fresh,
        revision=Revision.objects.get(pk=fresh.live_revision_id),
        kind=ChangeKind.MOVED,
        digest=fresh.digest,
        event_id=event.pk,
        at=event.at,
        **words,
    )
    journal.append("page", str(fresh.code), fresh.digest, event_id=event.pk, at=event.at)
    return fresh


def _put(place: Place, by: Officer) -> None:
    """Write the tree. The name first, unchecked: it need not be free where the page stands yet."""
    page: Any = Page.objects.get(pk=place.page.pk).specific
    if page.slug != place.slug:
        page.slug = place.slug
        page.save(clean=False)
    if place.parent.pk != page.get_parent().pk:
        action = MovePageAction(page, place.parent, pos="last-child", user=by.account)
        action.execute(skip_permission_checks=True)


def _tell_of_move(
    place: Place, by: Officer, before: dict[int, str], after: dict[int, str], reason: str
) -> None:
    """A line in the history that the CMS shows: Wagtail tells of another parent, never of another name."""
    number = place.page.pk
    data = {"before": before.get(number, ""), "after": after.get(number, ""), "reason": reason}
    log(instance=place.page, action=MOVED, user=by.account, data=data)


def _paths(family: list[PageRecord]) -> dict[int, str]:
    """Page → its address as kept; every one that has a place on the site."""
    pages = Page.objects.filter(pk__in=[one.page_id for one in family])
    return {page.pk: stored(path) for page in pages if (path := path_of(page))}


def _lead_on(
    family: list[PageRecord], before: dict[int, str], after: dict[int, str], reason: str, event: Event
) -> None:
    """Let every address that was public lead to its page; what is a page's own again leads nowhere else."""
    moved = [one for one in family if one.page_id in after and before[one.page_id] != after[one.page_id]]
    _check_paths(moved, before, after)
    addresses = {before[one.page_id] for one in moved} | {after[one.page_id] for one in moved}
    Redirect.objects.filter(old_path__in=addresses).delete()
    Redirect.objects.bulk_create(
        # never for good: a browser would go there for ever, though the address may be used again
        Redirect(old_path=before[one.page_id], redirect_page_id=one.page_id, is_permanent=False)
        for one in moved
    )
    AddressChange.objects.bulk_create(
        AddressChange(
            record=one,
            path=before[one.page_id],
            kind=AddressKind.MOVED,
            reason=reason,
            event_id=event.pk,
            at=event.at,
        )
        for one in moved
    )


def _check_paths(moved: list[PageRecord], before: dict[int, str], after: dict[int, str]) -> None:
    """Raises Blocked where an address below is too long to be kept, or another page's old one."""
    if any(len(path) > LONGEST_PATH for one in moved for path in (before[one.page_id], after[one.page_id])):
        raise Blocked(Reason("too-long", _("An address would be longer than 255 characters.")))
    taken = Redirect.objects.filter(old_path__in=[after[one.page_id] for one in moved])
    for other in taken.select_related("redirect_page"):
        if after.get(other.redirect_page_id or 0) != other.old_path:
            words = f"{other.old_path}: {why_path_taken(other.old_path)}"
            raise Blocked(Reason("taken", words))
