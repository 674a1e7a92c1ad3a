"""Plans (定时发布): one open plan a page; a plan whose base is no longer live does not fire but tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from portal.publishing.authority import acting_on
from portal.publishing.models import OPEN_PLANS, PageRecord, Plan, PlanState, Submission
from portal.publishing.publish import SCHEDULER, publish, withdrawn_since
from portal.publishing.steps import RELEASERS
from relief.errors import Invalid, Reason, Refused, WrongState
from relief.officers.models import Officer
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.models import Event
from relief.trail.record import hold, record, set_if
from relief.trail.verb import verb


def open_plan(kept: PageRecord) -> Plan | None:
    """The page's plan that has not fired yet, also one that failed or was overtaken."""
    return (
        Plan.objects.filter(record=kept, state__in=OPEN_PLANS).select_related("submission", "record").first()
    )


@verb("plan-text")
def plan(submission: Submission, *, by: Officer, due_at: datetime) -> Plan:
    """Let a reviewed text go live at `due_at`.

    Raises Invalid for the past, WrongState while another plan of the page waits.
    """
    kept = submission.record
    actor = acting_on(by, RELEASERS, kept.page)
    if due_at <= clock.now():
        raise Invalid({"publish_at": [Reason("past", _("This moment has passed: choose one to come."))]})
    if open_plan(kept) is not None:
        raise WrongState(Reason("plan-waits", _("Another text of this page waits: cancel its plan first.")))
    event = record("plan-text", kept, actor=actor, reason="planned")
    made = Plan(record=kept, submission=submission, due_at=due_at)
    made.save(event=event)
    return made


@verb("cancel-plan")
def cancel(waiting: Plan, *, by: Officer, version: int) -> Plan:
    """Give a plan up; the text stays as a draft. Raises WrongState when it is not open any more."""
    actor = acting_on(by, RELEASERS, waiting.record.page)
    if waiting.state not in OPEN_PLANS:
        raise WrongState(Reason("plan-over", _("This plan is over.")))
    event = record("cancel-plan", waiting.record, actor=actor)
    return set_if(waiting, version, {"state": PlanState.CANCELLED}, event)


def why_overtaken(waiting: Plan) -> str:
    """What happened in public since a planned text was reviewed, in words; empty while nothing did."""
    if waiting.submission.base_revision_id != waiting.record.live_revision_id:
        return _("What is public changed after this text was reviewed.")
    if withdrawn_since(waiting.submission, waiting.record):
        return _("The page was withdrawn after this text was reviewed.")
    return ""


def overtake(kept: PageRecord) -> Plan | None:
    """What is public has just changed: a plan that can't fire any more says so now, not when it is due."""
    waiting = open_plan(kept)
    if waiting is None or waiting.state == PlanState.OVERTAKEN:
        return None
    why = why_overtaken(waiting)
    return _note(waiting, PlanState.OVERTAKEN, why) if why else None


def due_plans() -> Iterable[Plan]:
    """Plans whose time has come, the failed ones again."""
    return Plan.objects.filter(
        state__in=(PlanState.WAITING, PlanState.FAILED), due_at__lte=clock.now()
    ).select_related("record", "submission")


def fire(waiting: Plan) -> Plan:
    """Publish what a plan holds. What stops it is kept with the plan, which stays open and is tried again.

    Every minute; the same obstacle is written into history once a day.
    Raises the refusal after it is kept, so that the schedule reports it.
    """
    if why := why_overtaken(waiting):
        return _note(waiting, PlanState.OVERTAKEN, why)
    try:
        return _fire(waiting, by=SCHEDULER)
    except Exception as failed:
        words = str(failed) if isinstance(failed, Refused) else _("An error inside the system; see its log.")
        if not _noted_today(waiting, words):
            _note(waiting, PlanState.FAILED, words)
        raise


@verb("fire-plan")
def _fire(waiting: Plan, *, by: Robot) -> Plan:
    held = hold(waiting, waiting.version)
    kept = publish(held.submission, by=by)
    event = record("fire-plan", kept, actor=by.actor())
    return set_if(held, held.version, {"state": PlanState.DONE, "problem": ""}, event)


@verb("plan-failed")
def _keep_problem(waiting: Plan, *, by: Robot, state: str, words: str) -> Plan:
    event = record("plan-failed", waiting.record, actor=by.actor(), reason=f"plan-{state}")
    return set_if(
        waiting, waiting.version, {"state": state, "problem": words[:300], "tries": waiting.tries + 1}, event
    )


def _noted_today(waiting: Plan, words: str) -> bool:
    told = Event.objects.filter(act="plan-failed", subject_code=waiting.record.code).order_by("-pk").first()
    today = told is not None and told.at.astimezone(clock.SHANGHAI).date() == clock.today()
    return today and (waiting.state, waiting.problem) == (PlanState.FAILED, words[:300])


def _note(waiting: Plan, state: PlanState, words: str) -> Plan:
    return _keep_problem(waiting, by=SCHEDULER, state=state, words=words)
