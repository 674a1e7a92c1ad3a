"""Wagtail's half of a review: one task a step, one workflow a kind of page type, from the table of steps.

The screens of Wagtail show where a text stands; they approve nothing. Approving is done on our review screen.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowState, WorkflowTask

from portal.publishing.approve import next_step
from portal.publishing.authority import acting_on, held_on, officer_behind
from portal.publishing.drafts import check_loose
from portal.publishing.models import Submission
from portal.publishing.plan import open_plan
from portal.publishing.steps import LEGAL, PLAIN, STEPS, WRITERS, Step, steps_of
from portal.publishing.submit import newest_submission, submit
from relief.errors import Blocked, Reason, Stale, WrongState
from relief.officers.authority import officer_of
from relief.officers.models import Officer
from relief.trail.record import SOMEBODY_WAS_FIRST
from relief.trail.verb import verb

WORKFLOWS = {"legal": LEGAL, "plain": PLAIN}


class StepTask(Task):
    """One step of a review. Who may pass it stands in `portal.publishing.steps`, by its code."""

    step = models.CharField(max_length=12, unique=True)

    class Meta:
        verbose_name = "step of review"

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """The first step hands the newest text in; a later one goes on with it."""
        page = workflow_state.content_object
        if steps_of(page.specific_class)[0].code == self.step:
            submit(page.get_latest_revision(), by=officer_behind(user))
        return super().start(workflow_state, user=user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """What is being reviewed is edited by nobody; its author takes it back first."""
        return True

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        """Open task states of this step on pages where the user holds one of its roles."""
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related("revision")
        officer = officer_of(user)
        if officer is None:
            return states.none()
        roles = STEPS[self.step].roles
        return states.filter(
            pk__in=[
                state.pk
                for state in states
                if held_on(officer, Page.objects.get(pk=state.revision.object_id), roles)
            ]
        )


class ReviewWorkflow(Workflow):
    """Wagtail's workflow whose start is one transaction: a refused text is not half in review."""

    class Meta:
        proxy = True

    def start(self, obj: Any, user: Any) -> WorkflowState:
        with transaction.atomic():
            return super().start(obj, user)


@verb("start-review")
def start_review(page: Any, *, by: Officer, revision_id: int | None) -> Submission:
    """Hand the newest text in and begin its review, as the button of the edit view does.

    Raises NotAllowed, Stale when the text was saved since `revision_id`, WrongState when it is in review or
    there is nothing new in it, Blocked with what is missing.
    """
    acting_on(by, WRITERS, page)
    if page.latest_revision_id != revision_id:
        raise Stale(SOMEBODY_WAS_FIRST)
    check_loose(page)
    submission = newest_submission(page.pk)
    handed_in = submission is not None and submission.revision_id == page.latest_revision_id
    if (page.live and not page.has_unpublished_changes) or (handed_in and carried_out(page.pk)):
        raise WrongState(Reason("nothing-new", _("There is no draft to hand in.")))
    try:
        page.get_latest_revision_as_object().full_clean()
    except ValidationError as error:
        raise Blocked(Reason("incomplete", " ".join(error.messages))) from error
    workflow: Any = page.get_workflow()
    workflow.start(page, by.account)
    begun = newest_submission(page.pk)
    assert begun is not None
    return begun


def in_review_of(officer: Officer) -> list[int]:
    """Numbers of the pages whose running review this officer began."""
    running = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, requested_by=officer.account_id
    )
    return [int(number) for number in running.values_list("object_id", flat=True) if number.isdigit()]


def take_over_review(page: Page, leaver: Officer, taker: Officer) -> None:
    """Let `taker` take a text back from the review that `leaver` began; who may pass it doesn't change."""
    state = page.current_workflow_state
    if state is not None and state.requested_by_id == leaver.account_id:
        state.requested_by_id = taker.account_id
        state.save(update_fields=["requested_by"])


def carried_out(page_id: int) -> bool:
    """Whether the page's newest submission is public or planned."""
    submission = newest_submission(page_id)
    if submission is None:
        return False
    if submission.record.live_revision_id == submission.revision_id:
        return True
    waiting = open_plan(submission.record)
    return waiting is not None and waiting.submission_id == submission.pk


def ensure_workflows() -> None:
    """Make the workflows and tasks of the table of steps; what is there stays, but for Wagtail's own."""
    for model in (Workflow, Task):
        model.objects.filter(name="Moderators approval").delete()
    for name, steps in WORKFLOWS.items():
        workflow, _made = Workflow.objects.get_or_create(name=name)
        for order, step in enumerate(steps):
            task, _made = StepTask.objects.get_or_create(step=step.code, defaults={"name": step.code})
            WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})


def workflow_of(page_type: type) -> ReviewWorkflow | None:
    """The workflow of a page type; None before `seed_site` has made it."""
    name = "legal" if steps_of(page_type) == LEGAL else "plain"
    return ReviewWorkflow.objects.filter(name=name, active=True).first()


def current_step(page: Page) -> tuple[Submission, Step] | None:
    """The submission in review and the step that is due, or None."""
    if not page.workflow_in_progress:
        return None
    submission = newest_submission(page.pk)
    step = next_step(submission) if submission else None
    return (submission, step) if submission and step else None
