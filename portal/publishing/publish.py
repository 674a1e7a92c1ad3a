"""The act itself (发布): state, text, files, history, Event and journal in one transaction."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision

from portal.gate.check import Standing, digests_of, standing_of
from portal.gate.shown import STANDS
from portal.publishing import act
from portal.publishing.authority import acting_on
from portal.publishing.care import next_check
from portal.publishing.content import content_digest, page_digest
from portal.publishing.models import Approval, ChangeKind, PageRecord, PageState, PublicChange, Submission
from portal.publishing.steps import RELEASERS, steps_of
from portal.publishing.submit import gaps_of
from relief.errors import Blocked, NotAllowed, Reason, WrongState
from relief.ledger import journal
from relief.officers.models import Account, Officer
from relief.places.set_up import SETUP
from relief.trail.actor import Actor, Robot
from relief.trail.models import Event
from relief.trail.record import record, set_if
from relief.trail.verb import verb

#: states of a page that was public, and kinds of the change that took it away
LEFT = (PageState.SUPERSEDED, PageState.REMOVED)
#: fires plans; acts on the approvals of officers only
SCHEDULER = Robot("publishing-schedule")


@verb("publish-text")
def publish(submission: Submission, *, by: Officer | Robot) -> PageRecord:
    """Make exactly the submitted revision public.

    Raises NotAllowed where a step of the review is missing, WrongState when the text or what is live changed
    since it was handed in, Blocked when the page is locked or incomplete, Stale when somebody was first.
    """
    kept = PageRecord.objects.get(pk=submission.record_id)
    revision = Revision.objects.get(pk=submission.revision_id)
    action = _action(revision, by)
    page: Any = action.object
    actor = _actor(by, page)
    check_reviewed(submission, page, by)
    check_fit(submission, kept, revision, page)
    kind = kind_of(kept, page)
    event = record(
        "publish-text", kept, actor=actor, from_state=kept.state, to_state=PageState.PUBLIC, reason=kind
    )
    _make_live(action, event)
    return write_change(kept, revision, page, kind, event)


def check_reviewed(submission: Submission, page: Page, by: Officer | Robot) -> None:
    """Raises NotAllowed unless every step of the type's review is passed for this submission.

    Set-up publishes the first version of a page alone: there is nobody in office yet.
    """
    if by is SETUP and submission.officer_id is None and submission.base_revision_id is None:
        return
    passed = set(Approval.objects.filter(submission=submission).values_list("step", flat=True))
    missing = [step for step in steps_of(type(page)) if step.code not in passed]
    if missing:
        steps = "、".join(str(step.label) for step in missing)
        words = _("The review is not finished: %(steps)s.") % {"steps": steps}
        raise NotAllowed(Reason("review-missing", words))


def check_fit(submission: Submission, kept: PageRecord, revision: Revision, page: Any) -> None:
    """Raises WrongState or Blocked when the submitted text can't go live as it is."""
    if content_digest(revision) != submission.digest:
        raise WrongState(Reason("text-changed", _("The text was changed after it was handed in.")))
    if kept.live_revision_id != submission.base_revision_id:
        raise WrongState(
            Reason("base-changed", _("What is public changed meanwhile: compare and hand the text in again."))
        )
    if withdrawn_since(submission, kept):
        raise withdrawn_meanwhile()
    if page.locked:  # as the row has it now, whatever the version says
        raise Blocked(Reason("locked", _("The page is locked: unlock it first.")))
    standing = gate_standing(revision, page)
    if not standing.may_go_out:
        raise Blocked(Reason(f"gate-{standing.stand}", STANDS[standing.stand]))
    obstacles = gaps_of(page)
    if obstacles:
        raise Blocked(*obstacles)


def withdrawn_since(submission: Submission, kept: PageRecord) -> bool:
    """Whether the page left the public after this text was handed in; asks only while the page is away."""
    if kept.state not in LEFT:
        return False
    return bool(kept.changes.filter(kind__in=LEFT, event_id__gt=submission.event_id).exists())


def withdrawn_meanwhile() -> WrongState:
    """The refusal of a text that was handed in before its page left the public."""
    words = _(
        "The page was withdrawn after this text was handed in. To make it public again, hand it in anew."
    )
    return WrongState(Reason("withdrawn", words))


def gate_standing(revision: Revision, page: Any) -> Standing:
    """How a text and its files stand with the privacy gate, by comparing only."""
    return standing_of(revision, digests_of(page, page.carried_files()))


def kind_of(kept: PageRecord, page: Any) -> ChangeKind:
    if kept.state == PageState.DRAFT:
        return ChangeKind.FIRST
    return ChangeKind.MINOR if page.change_kind == "minor" else ChangeKind.SUBSTANTIVE


def _action(revision: Revision, by: Officer | Robot) -> PublishPageRevisionAction:
    """Wagtail's own action, which reads the page of the revision: it is read once, for it takes its time."""
    account = Account.objects.filter(pk=by.account_id).first() if isinstance(by, Officer) else None
    return PublishPageRevisionAction(revision, user=account, changed=True)


def _make_live(action: PublishPageRevisionAction, event: Event) -> None:
    """Let Wagtail's own action write the page; only here the guards stand open."""
    action.object.go_live_at = action.object.expire_at = None
    action.object.first_published_at = action.object.first_published_at or event.at
    with act.opened():
        action.execute(skip_permission_checks=True)


def write_change(
    kept: PageRecord, revision: Revision, page: Any, kind: ChangeKind, event: Event
) -> PageRecord:
    """The page's public state, its line of public history and, last, the row of the journal.

    A text that was public before this site had it keeps the day of then.
    """
    files = page.publish_files(kept, event)
    digest = page_digest(revision, page.locale.language_code, files)
    changes = {
        "state": PageState.PUBLIC,
        "live_revision_id": revision.pk,
        "digest": digest,
        "first_published_at": kept.first_published_at or page.first_published_at or event.at,
        "published_at": event.at,
        "reason_zh": "",
        "reason_en": "",
        "replaced_by": None,
        "next_check_on": kept.next_check_on or next_check(type(page)),
    }
    fresh = set_if(kept, kept.version, changes, event)
    noted = kind != ChangeKind.FIRST
    PublicChange.objects.create(
        record=fresh,
        revision=revision,
        kind=kind,
        note_zh=page.change_note_zh if noted else "",
        note_en=page.change_note_en if noted else "",
        digest=digest,
        files=files,
        event_id=event.pk,
        at=event.at,
    )
    journal.append("page", str(fresh.code), digest, event_id=event.pk, at=event.at)
    return fresh


def _actor(by: Officer | Robot, page: Page) -> Actor:
    if isinstance(by, Robot):
        if by not in (SCHEDULER, SETUP):
            raise NotAllowed(Reason("no-robot", _("This robot publishes no text.")))
        return by.actor()
    return acting_on(by, RELEASERS, page)
