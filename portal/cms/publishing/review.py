"""The review screen (审核): what changes between the live and the submitted text, who passed which step."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page, Revision, TaskState

from portal.attachments.facts import attachment_facts
from portal.attachments.offered import offered_by
from portal.cms.publishing.frame import officer_on, page_or_404, text_in, told
from portal.gate.check import release as release_from_gate
from portal.gate.shown import gate_context
from portal.pages.text_checks import Remark, remarks_on
from portal.publishing.approve import next_step, release, send_back
from portal.publishing.authority import acting_on, held_on, touched_by
from portal.publishing.difference import Change, differences, file_differences
from portal.publishing.models import PublicChange, Submission
from portal.publishing.plan import open_plan
from portal.publishing.publish import gate_standing
from portal.publishing.steps import WRITERS, steps_of
from portal.publishing.submit import newest_submission
from relief.errors import Reason, Refused, WrongState
from relief.officers.models import Officer, Role

#: who may release what the privacy gate found, as a second person
RELEASE_ROLES = (Role.REVIEWER, Role.PUBLISHER)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the text in review; on POST pass the step that is due or send the text back with a comment."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    submission = newest_submission(page.pk)
    if request.method == "POST":
        if _decided(request, page, submission, officer):
            return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
        page = page_or_404(page_id)
        submission = newest_submission(page.pk)
    return render(request, "cms/review.html", _context(page, submission, officer))


@require_POST
def release_findings(request: HttpRequest, page_id: int) -> HttpResponse:
    """A second person lets a text go on in spite of what the gate found, with a reason that stays."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    submission = newest_submission(page.pk)
    if submission is None:
        raise Http404
    revision = Revision.objects.get(pk=submission.revision_id)
    standing = gate_standing(revision, revision.as_object())
    try:
        if standing.verdict is None:
            raise WrongState(Reason("no-verdict", _("The privacy check has not read this text.")))
        release_from_gate(
            submission.record,
            verdict=standing.verdict,
            by=officer,
            reason=text_in(request, "reason"),
            roles=RELEASE_ROLES,
            actor=acting_on(officer, RELEASE_ROLES, page),
            authors=touched_by(page, submission.base_revision_id),
        )
    except Refused as refused:
        told(request, refused)
    else:
        messages.success(request, _("Released; the review goes on."))
    return HttpResponseRedirect(reverse("publishing:review", args=[page.pk]))


@require_safe
def text(request: HttpRequest, page_id: int) -> HttpResponse:
    """The submitted text as the public would see it; only for who may review, write or release it."""
    page = page_or_404(page_id)
    officer_on(request, page)
    submission = newest_submission(page.pk)
    if submission is None:
        raise Http404
    shown: Any = Revision.objects.get(pk=submission.revision_id).as_object()
    response: HttpResponse = shown.make_preview_request(request, shown.default_preview_mode)
    return response


def _decided(request: HttpRequest, page: Any, submission: Submission | None, officer: Officer) -> bool:
    """Do what the form asks for; False, with the reasons shown, when it was refused."""
    state = page.current_workflow_task_state
    passes = request.POST.get("decision") == "pass"
    if submission is None or state is None or request.POST.get("submission") != str(submission.pk):
        messages.error(request, _("This text is not in review any more, or was handed in anew. Look again."))
        return False
    if not passes and not request.POST.get("comment", "").strip():
        messages.error(request, _("Say what should be changed: the author reads it."))
        return False
    try:
        comment = text_in(request, "comment").strip()
        with transaction.atomic():
            _act(state, submission, officer, passes, comment, request.POST.get("step", ""))
    except Refused as refused:
        told(request, refused)
        return False
    done = _("The step is passed.") if passes else _("The text went back to its author.")
    messages.success(request, done)
    return True


def _act(
    state: TaskState, submission: Submission, officer: Officer, passes: bool, comment: str, step: str
) -> None:
    """Our verb first, then Wagtail's bookkeeping of the same step, in one transaction."""
    account = officer.account
    if passes:
        release(submission, by=officer, step=step)
        state.specific.approve(user=account, comment=comment)
        return
    send_back(submission, by=officer, step=step)
    state.specific.reject(user=account, comment=comment)
    state.workflow_state.refresh_from_db()
    state.workflow_state.cancel(user=account)


def _context(page: Any, submission: Submission | None, officer: Officer) -> dict[str, Any]:
    step = next_step(submission) if submission and page.workflow_in_progress else None
    passed = {one.step: one for one in submission.approvals.all()} if submission else {}
    wrote = submission is not None and (
        officer.pk == submission.officer_id
        or officer.account_id in touched_by(page, submission.base_revision_id)
    )
    return {
        "page": page,
        "submission": submission,
        "changes": _changes(page, submission),
        "steps": [(one, passed.get(one.code)) for one in steps_of(type(page))],
        "step": step,
        "wrote": wrote,
        "writes": bool(held_on(officer, page, WRITERS)),
        "may_decide": bool(step and not wrote and held_on(officer, page, step.roles)),
        "plan": open_plan(submission.record) if submission else None,
        "comments": _comments(page),
        "remarks": _remarks(submission) if submission and step else [],
        "gate": _gate(page, submission, officer) if submission and step else None,
    }


def _gate(page: Page, submission: Submission, officer: Officer) -> dict[str, Any]:
    """What the privacy gate says of the submitted text, and whether this officer may release it."""
    revision = Revision.objects.get(pk=submission.revision_id)
    standing = gate_standing(revision, revision.as_object())
    authors = touched_by(page, submission.base_revision_id)
    holds = bool(held_on(officer, page, RELEASE_ROLES))
    shown = gate_context(standing, officer, holds_role=holds, authors=authors)
    return {**shown, "release_url": reverse("publishing:release-findings", args=[page.pk])}


def _changes(page: Page, submission: Submission | None) -> list[Change]:
    """Live ↔ submitted; everything is new where nothing was public."""
    if submission is None:
        return []
    after = Revision.objects.get(pk=submission.revision_id).as_object()
    base = submission.base_revision_id
    before = Revision.objects.get(pk=base).as_object() if base else None
    was = PublicChange.objects.filter(record=submission.record, revision_id=base).last() if base else None
    files = file_differences(was.files if was else [], attachment_facts(offered_by(after)))
    return differences(before, after) + files


def _remarks(submission: Submission) -> list[Remark]:
    """What the checks remark on the submitted text."""
    return remarks_on(Revision.objects.get(pk=submission.revision_id).as_object())


def _comments(page: Page) -> list[TaskState]:
    """What was said in this and earlier reviews, newest first."""
    states = TaskState.objects.for_instance(page).exclude(comment="")
    return list(states.select_related("finished_by", "task").order_by("-finished_at")[:20])
