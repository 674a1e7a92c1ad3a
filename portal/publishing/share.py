"""Preview links (预览链接): one version of a draft for somebody outside, seven days, every opening kept.

The address is the link's random code under our signature. No secret is stored, so a copy of the tables opens
no draft; the row says whether the link still holds.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from portal.gate.check import Stand, Standing, inspect
from portal.gate.shown import STANDS
from portal.publishing.authority import acting_on
from portal.publishing.models import PageRecord, PreviewLink, PreviewOpening
from portal.publishing.publish import gate_standing
from portal.publishing.steps import WRITERS
from portal.publishing.submit import new_record, record_of
from relief.errors import Blocked, Invalid, Reason, WrongState
from relief.officers.models import SITE_ROLES, Officer
from relief.trail import clock
from relief.trail.record import record, set_if
from relief.trail.verb import verb

GOOD_FOR = timedelta(days=7)
_signer = Signer(salt="portal.preview-link", sep=".")


class Ended(models.TextChoices):
    """Why a link shows nothing any more."""

    REVOKED = "revoked", gettext_lazy("revoked")
    EXPIRED = "expired", gettext_lazy("its seven days are over")
    PUBLISHED = "published", gettext_lazy("what is public has changed since")
    BINNED = "binned", gettext_lazy("the draft was deleted")
    CHANGED = "changed", gettext_lazy("a file or the rules of the privacy check changed since")


def token_of(link: PreviewLink) -> str:
    """What stands in the link's address."""
    return _signer.sign(link.code.hex)


def link_behind(token: str) -> PreviewLink | None:
    """The link of an address, ended ones too; None for one that we never signed."""
    try:
        code = UUID(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return PreviewLink.objects.filter(code=code).select_related("record").first()


def check_draft(revision: Revision, *, by: Officer) -> Standing:
    """How a draft stands with the privacy gate, which reads it now unless its verdict still holds.

    Raises NotAllowed for who may not write there.
    """
    page: Any = revision.as_object()
    actor = acting_on(by, WRITERS, page)
    standing = gate_standing(revision, page)
    if standing.stand in (Stand.MISSING, Stand.STALE):
        subject = record_of(page) or new_record(page)
        inspect(revision, page.carried_files(), subject=subject, by=by, actor=actor)
        standing = gate_standing(revision, page)
    return standing


@verb("share-draft")
def share(revision: Revision, *, by: Officer, for_whom: str) -> PreviewLink:
    """Make a link to the newest version of a draft.

    Raises NotAllowed for who may not write there, WrongState for what is no newest draft, Blocked unless the
    privacy gate let this version pass (`check_draft`), Invalid without a word for whom it is.
    """
    page: Any = revision.as_object()
    actor = acting_on(by, WRITERS, page)
    row = Page.objects.only("latest_revision", "live_revision").get(pk=page.pk)
    if row.latest_revision_id != revision.pk:
        words = _("Somebody saved a newer version meanwhile: look at it first.")
        raise WrongState(Reason("not-newest", words))
    if row.live_revision_id == revision.pk:
        raise WrongState(Reason("is-public", _("This text is public: give its own address.")))
    whom = " ".join(for_whom.split())
    if not whom:
        raise Invalid({"for_whom": [Reason("required", _("Say for whom the link is."))]})
    standing = gate_standing(revision, page)
    if not standing.may_go_out:
        raise Blocked(Reason(f"gate-{standing.stand}", STANDS[standing.stand]))
    kept = record_of(page) or new_record(page)
    event = record("share-draft", kept, actor=actor, from_state=kept.state, to_state=kept.state)
    if kept._state.adding:
        kept.save(event=event)
    made = PreviewLink(
        record=kept,
        revision_id=revision.pk,
        for_whom=whom,
        by_name=actor.name,
        event_id=event.pk,
        at=event.at,
        until=event.at + GOOD_FOR,
    )
    made.save(event=event)
    return made


@verb("revoke-preview")
def revoke(link: PreviewLink, *, by: Officer, version: int) -> PreviewLink:
    """End a link before its time. Raises NotAllowed without a role there, WrongState when it is over."""
    actor = acting_on(by, SITE_ROLES, link.record.page)
    if ended(link, newest_change(link.record)):
        raise WrongState(Reason("link-over", _("This link shows nothing any more.")))
    event = record("revoke-preview", link.record, actor=actor)
    return set_if(link, version, {"revoked_at": event.at}, event)


def newest_change(kept: PageRecord) -> int:
    """The event of the page's newest public change, 0 when it was never public."""
    newest = kept.changes.order_by("-pk").values_list("event_id", flat=True).first()
    return newest or 0


def ended(link: PreviewLink, changed_by: int) -> Ended | None:
    """Why a link is over, while its draft is still there; `changed_by` comes from `newest_change`."""
    if link.revoked_at is not None:
        return Ended.REVOKED
    if changed_by > link.event_id:
        return Ended.PUBLISHED
    return Ended.EXPIRED if link.until <= clock.now() else None


def draft_behind(link: PreviewLink) -> Any:
    """The page as the link shows it, or the `Ended` that says why it shows nothing.

    The gate's verdict is compared at each opening: a file may have got a new version since.
    """
    revision = Revision.objects.filter(pk=link.revision_id).first()
    if revision is None or not Page.objects.filter(pk=link.record.page_id).exists():
        return Ended.BINNED
    over = ended(link, newest_change(link.record))
    if over is not None:
        return over
    page: Any = revision.as_object()
    return page if gate_standing(revision, page).may_go_out else Ended.CHANGED


def keep_opening(link: PreviewLink, file_version_id: int | None = None) -> PreviewOpening:
    """Write down that the link was opened; by whom is not known and not asked."""
    return PreviewOpening.objects.create(link=link, file_version_id=file_version_id, at=clock.now())
