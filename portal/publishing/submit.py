"""Hand a text in for review (送审): the gate reads it, and the review is bound to this very text."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from portal.attachments.public import code_of
from portal.gate.check import inspect
from portal.prepared import Asked, PreparedObjects
from portal.publishing.addresses import why_taken
from portal.publishing.authority import acting_on
from portal.publishing.content import content_digest
from portal.publishing.models import PageRecord, PageState, Submission
from portal.publishing.steps import WRITERS
from relief.errors import Blocked, Reason
from relief.officers.models import Officer
from relief.places.set_up import SETUP
from relief.trail.actor import Robot
from relief.trail.record import record
from relief.trail.verb import verb

_record = PreparedObjects(lambda: PageRecord.objects.filter(page_id=Asked("page", BigIntegerField())))


def record_of(page: Page) -> PageRecord | None:
    """The public state of a page, or None before its first submission."""
    found: PageRecord | None = _record.first(page=page.pk)
    return found


def new_record(page: Page) -> PageRecord:
    """The public state of a page that has none yet, not saved; its code is always the same."""
    return PageRecord(page_id=page.pk, code=code_of(page.pk))


@verb("submit-text")
def submit(revision: Revision, *, by: Officer | Robot) -> Submission:
    """Hand in `revision` for review; the privacy gate reads its text and files now, once.

    Raises NotAllowed for who may not write there, Blocked with what is missing. A robot may at set-up.
    """
    page: Any = revision.as_object()
    kept = record_of(page)
    obstacles = obstacles_of(page, kept)
    if obstacles:
        raise Blocked(*obstacles)
    actor = by.actor() if by is SETUP else acting_on(_officer(by), WRITERS, page)
    kept = kept or new_record(page)
    event = record(
        "submit-text", kept, actor=actor, from_state=kept.state, to_state=kept.state, reason=page.change_kind
    )
    if kept._state.adding:
        kept.save(event=event)
    inspect(revision, page.carried_files(), subject=kept, by=by, actor=actor)
    return Submission.objects.create(
        record=kept,
        revision_id=revision.pk,
        base_revision_id=kept.live_revision_id,
        officer_id=actor.id,
        digest=content_digest(revision),
        event_id=event.pk,
        at=event.at,
    )


def obstacles_of(page: Any, kept: PageRecord | None) -> list[Reason]:
    """What keeps a text from being handed in: gaps of its type, no note for the public."""
    found = gaps_of(page)
    if kept is None or kept.state == PageState.DRAFT:
        return found
    if page.change_kind != "minor" and not (page.change_note_zh and page.change_note_en):
        found.append(Reason("note-missing", _("Say in both languages what changes: the public reads it.")))
    return found


def gaps_of(page: Any) -> list[Reason]:
    """What the text's own type finds missing; and its address, where another page took it meanwhile."""
    found = [Reason("incomplete", words) for words in page.publish_obstacles()]
    taken = "" if page.first_published_at else why_taken(page.slug, page.get_parent(), page)
    return [*found, Reason("address-taken", taken)] if taken else found


def newest_submission(page_id: int) -> Submission | None:
    return Submission.objects.filter(record__page_id=page_id).select_related("record").last()


def _officer(by: Officer | Robot) -> Officer:
    if isinstance(by, Robot):
        raise Blocked(Reason("no-robot", _("A robot hands in no text.")))
    return by
