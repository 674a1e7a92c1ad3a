"""Drafts in code: a hot fix from the live text, a stale text kept, the first publication at set-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from portal.attachments.public import code_of
from portal.publishing import act
from portal.publishing.authority import acting_on
from portal.publishing.models import ChangeKind, PageRecord, PageState, Plan, PlanState
from portal.publishing.plan import open_plan
from portal.publishing.publish import publish, write_change
from portal.publishing.steps import WRITERS
from portal.publishing.submit import record_of, submit
from relief.errors import Blocked, Reason, Stale, WrongState
from relief.officers.models import Officer
from relief.places.set_up import SETUP
from relief.trail.actor import Robot
from relief.trail.record import SOMEBODY_WAS_FIRST, record, set_if
from relief.trail.verb import verb


@transaction.atomic
def publish_at_set_up(page: Page) -> PageRecord:
    """Publish the first version of a page that every site has; nobody is in office yet."""
    revision = page.save_revision()
    return publish(submit(revision, by=SETUP), by=SETUP)


def adopt(page: Any) -> PageRecord | None:
    """Enter the public state of a page that was live before one was kept; None when it has one."""
    if record_of(page) is not None:
        return None
    revision = page.live_revision or page.save_revision(clean=False)
    with act.opened():
        return _adopt(page, revision, by=SETUP)


@verb("adopt-page")
def _adopt(page: Any, revision: Revision, *, by: Robot) -> PageRecord:
    kept = PageRecord(page_id=page.pk, code=code_of(page.pk))
    event = record("adopt-page", kept, actor=by.actor(), to_state=PageState.PUBLIC)
    kept.save(event=event)
    if page.live_revision_id != revision.pk:
        page.live_revision = revision
        page.save(clean=False)
    return write_change(kept, revision, page, ChangeKind.FIRST, event)


@verb("hot-fix")
def start_hot_fix(page: Any, *, by: Officer) -> Revision:
    """Open a draft from the live text while a planned text waits (紧急更正); it passes the same review.

    Raises WrongState unless a plan waits: otherwise the newest draft is the one to edit; and while a text is
    in review. Raises Blocked for a locked page.
    """
    kept = record_of(page)
    if kept is None or kept.live_revision_id is None or open_plan(kept) is None:
        raise WrongState(Reason("no-plan", _("No planned text waits here: edit the page itself.")))
    actor = acting_on(by, WRITERS, page)
    check_loose(page)
    record("hot-fix", kept, actor=actor)
    shown = Revision.objects.get(pk=kept.live_revision_id)
    live: Any = shown.as_object()
    live.change_kind, live.change_note_zh, live.change_note_en, live.publish_at = "minor", "", "", None
    return _brought_back(live, shown, by)


@verb("draft-metadata")
def draft_with(
    page: Any, *, by: Officer, changes: Mapping[str, Any], note: tuple[str, str], revision_id: int | None
) -> Revision:
    """Save the newest text with these columns changed as a draft; it is reviewed like any other.

    `note` tells the public, in Chinese and English, where this is the first change since the live text.
    Raises NotAllowed, Stale when the text was saved since `revision_id`, WrongState when it is in review or
    has these values already, Blocked when it is locked or doesn't bear the change.
    """
    actor = acting_on(by, WRITERS, page)
    if page.latest_revision_id != revision_id:
        raise Stale(SOMEBODY_WAS_FIRST)
    check_loose(page)
    newest: Any = page.get_latest_revision_as_object()
    if all(getattr(newest, name) == value for name, value in changes.items()):
        raise WrongState(Reason("no-change", _("The text says so already.")))
    if page.live and not page.has_unpublished_changes:
        newest.change_kind, newest.publish_at = "substantive", None
        newest.change_note_zh, newest.change_note_en = note
    for name, value in changes.items():
        setattr(newest, name, value)
    try:
        revision: Revision = newest.save_revision(user=by.account, log_action="wagtail.edit")
    except ValidationError as error:
        raise Blocked(Reason("incomplete", " ".join(error.messages))) from error
    kept = record_of(page)
    if kept is not None:
        record("draft-metadata", kept, actor=actor, from_state=kept.state, to_state=kept.state)
    return revision


def check_loose(page: Any) -> None:
    """Raises WrongState for a text in review, Blocked for a locked page: nobody writes on either."""
    if page.workflow_in_progress:
        raise WrongState(
            Reason("in-review", _("This text is being reviewed. Take it back from review first."))
        )
    if page.locked:
        raise Blocked(Reason("locked", _("The page is locked: unlock it first.")))


@verb("take-up-plan")
def take_up(overtaken: Plan, *, by: Officer, version: int) -> Revision:
    """Make the text of an overtaken plan the newest draft, to be brought up to date and reviewed anew.

    The plan ends with it. Raises WrongState for a plan that was not overtaken and while a text is in review,
    Blocked for a locked page.
    """
    kept = overtaken.record
    actor = acting_on(by, WRITERS, kept.page)
    if overtaken.state != PlanState.OVERTAKEN:
        raise WrongState(
            Reason("not-overtaken", _("This plan was not overtaken: nothing needs to be taken up."))
        )
    check_loose(kept.page)
    event = record("take-up-plan", kept, actor=actor)
    set_if(overtaken, version, {"state": PlanState.CANCELLED}, event)
    reviewed = Revision.objects.get(pk=overtaken.submission.revision_id)
    planned: Any = reviewed.as_object()
    planned.publish_at = None
    return _brought_back(planned, reviewed, by)


def _brought_back(text: Any, earlier: Revision, by: Officer) -> Revision:
    """Save the text of an earlier version as the newest draft; the history names that version."""
    saved: Revision = text.save_revision(
        user=by.account, previous_revision=earlier, log_action="wagtail.revert", clean=False
    )
    return saved


def keep_stale(page: Any, user: Any) -> Revision:
    """Keep a text that was typed on an outdated form as a version beside the newest one; nothing is lost."""
    return Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=user,
        content=page.serializable_data(),
        object_str=str(page),
    )
