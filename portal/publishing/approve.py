"""Pass a step of the review, or send the text back. The last step publishes exactly what was reviewed."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from portal.publishing.authority import acting_on, touched_by
from portal.publishing.content import content_digest
from portal.publishing.models import Approval, Submission
from portal.publishing.plan import overtake, plan
from portal.publishing.publish import publish, withdrawn_meanwhile, withdrawn_since
from portal.publishing.steps import Step, steps_of
from relief.errors import NotAllowed, Reason, WrongState
from relief.officers.models import Officer
from relief.trail import clock
from relief.trail.record import record
from relief.trail.verb import verb


def next_step(submission: Submission) -> Step | None:
    """The first step that nobody passed yet; None when all are passed."""
    passed = set(submission.approvals.values_list("step", flat=True))
    page_type = Page.objects.get(pk=submission.record.page_id).specific_class
    return next((step for step in steps_of(page_type) if step.code not in passed), None)


@verb("approve-text")
def approve(submission: Submission, *, by: Officer, step: str) -> Approval:
    """Pass `step` of a submission's review.

    Raises NotAllowed for who holds no such role here, wrote the text since the live version or passed another
    step; WrongState when the text is not what was handed in, or another step is due.
    """
    page = submission.record.page
    due = next_step(submission)
    if due is None or due.code != step:
        raise WrongState(Reason("other-step", _("This step is done already, or another comes first.")))
    check_unchanged(submission, page)
    actor = acting_on(by, due.roles, page)
    check_four_eyes(submission, page, by)
    event = record(
        "approve-text", submission.record, actor=actor, from_state=submission.record.state, reason=step
    )
    return Approval.objects.create(
        submission=submission, step=step, officer_id=by.pk, name=by.name, event_id=event.pk, at=event.at
    )


@verb("release-text")
def release(submission: Submission, *, by: Officer, step: str) -> Submission:
    """Pass the last step: publish the text at once, or plan it where its author set a time to come."""
    approve(submission, by=by, step=step)
    if next_step(submission) is None:
        due_at = revision_of(submission).as_object().publish_at
        if due_at is not None and due_at > clock.now():
            plan(submission, by=by, due_at=due_at)
        else:
            overtake(publish(submission, by=by))
    return submission


@verb("send-back-text")
def send_back(submission: Submission, *, by: Officer, step: str) -> Submission:
    """Send a text back to its author, with the review's comment. Raises NotAllowed, WrongState."""
    due = next_step(submission)
    if due is None or due.code != step:
        raise WrongState(Reason("other-step", _("This step is done already, or another comes first.")))
    page = submission.record.page
    record("send-back-text", submission.record, actor=acting_on(by, due.roles, page), reason=step)
    return submission


def check_four_eyes(submission: Submission, page: Page, by: Officer) -> None:
    """Raises NotAllowed for an author and for who passed another step of the same review."""
    if by.pk == submission.officer_id or by.account_id in touched_by(page, submission.base_revision_id):
        raise NotAllowed(
            Reason("own-text", _("You wrote on this text since it was public: somebody else reviews it."))
        )
    if submission.approvals.filter(officer_id=by.pk).exists():
        raise NotAllowed(Reason("two-steps", _("You passed another step of this review: two persons do it.")))


def check_unchanged(submission: Submission, page: Page) -> None:
    """Raises WrongState when the text was edited since it was handed in, or what is live changed or left."""
    revision = revision_of(submission)
    if page.latest_revision_id != revision.pk or content_digest(revision) != submission.digest:
        raise WrongState(
            Reason("text-changed", _("The text was changed after it was handed in: it is reviewed anew."))
        )
    if submission.record.live_revision_id != submission.base_revision_id:
        raise WrongState(
            Reason("base-changed", _("What is public changed meanwhile: compare and hand the text in again."))
        )
    if withdrawn_since(submission, submission.record):
        raise withdrawn_meanwhile()


def revision_of(submission: Submission) -> Revision:
    return Revision.objects.get(pk=submission.revision_id)
