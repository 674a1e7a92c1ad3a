"""What waits for me: texts whose next step I may pass, my own in review, plans that need somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, WorkflowState

from portal.publishing.approve import next_step
from portal.publishing.authority import held_on, officer_behind, touched_by
from portal.publishing.models import Plan, PlanState, Submission
from portal.publishing.steps import Step
from portal.publishing.submit import newest_submission
from relief.officers.models import Officer


@dataclass(frozen=True)
class Line:
    """One text in review."""

    page: Page
    submission: Submission
    step: Step
    mine: bool


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The queue of reviews of the officer's sections, oldest first."""
    return render(request, "cms/waiting.html", what_waits(officer_behind(request.user)))


def what_waits(officer: Officer) -> dict[str, Any]:
    """Texts in review that wait `for_me` and for `others`, and `plans` that somebody has to look at."""
    lines = texts_in_review(officer)
    return {
        "for_me": [line for line in lines if not line.mine and _may(officer, line)],
        "others": [line for line in lines if line.mine or not _may(officer, line)],
        "plans": _troubled(officer),
    }


def texts_in_review(officer: Officer) -> list[Line]:
    """Every text in review on which the officer holds a role of the site."""
    running = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).order_by("created_at")
    lines = []
    for state in running:
        page = Page.objects.filter(pk=state.object_id).first()
        submission = newest_submission(page.pk) if page else None
        step = next_step(submission) if submission else None
        if page is None or submission is None or step is None or not held_on(officer, page):
            continue
        mine = officer.account_id in touched_by(page, submission.base_revision_id)
        lines.append(Line(page, submission, step, mine))
    return lines


def _may(officer: Officer, line: Line) -> bool:
    return bool(held_on(officer, line.page, line.step.roles))


def _troubled(officer: Officer) -> list[tuple[Plan, Page]]:
    plans = Plan.objects.filter(state__in=(PlanState.FAILED, PlanState.OVERTAKEN)).select_related("record")
    pairs = [(plan, Page.objects.get(pk=plan.record.page_id)) for plan in plans]
    return [(plan, page) for plan, page in pairs if held_on(officer, page)]
