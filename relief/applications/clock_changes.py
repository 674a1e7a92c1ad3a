"""Stop a case's clock, start it again, extend the whole limit (中止、恢复、延长), each with its reason.

While the clock stands still no deadline passes and the case goes no further; only what needs no deadline
(return, terminate, withdraw) may be done. A case that a public list shows can't be stopped: its period runs.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.applications.accept import required_words
from relief.applications.deadlines import pauses_of, recomputed
from relief.applications.models import Application, ClockAct, ClockChange
from relief.applications.move import actor_on, seal_words, wrong_state
from relief.applications.states import ENDED, SHOWN, State
from relief.confidential.vault import vault_of
from relief.errors import Blocked, Invalid, Reason, WrongState
from relief.officers.models import Officer, Role
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import hold, record, set_if
from relief.trail.verb import verb

SPECIAL = "days.whole-case-special"
EXTENSION_CLAUSE = "57-22"
OWN_CLAUSE = "local"
CONFIRMS = frozenset({Role.STREET_APPROVER, Role.DISTRICT_APPROVER})


class StopReason(models.TextChoices):
    """Why the clock stands still (中止事由)."""

    EVIDENCE = "evidence", gettext_lazy("another authority's answer is awaited")
    ABSENT = "absent", gettext_lazy("the household can't be visited: in hospital or away")
    PROCEEDINGS = "proceedings", gettext_lazy("a court or another authority must decide first")
    FORCE_MAJEURE = "force-majeure", gettext_lazy("force majeure")


class ExtensionReason(models.TextChoices):
    """The special cases of 57号 art 22 (延长事由)."""

    OBJECTION = "objection", gettext_lazy("an objection was raised")
    RESIDENCE = "residence", gettext_lazy("the registered residence is not the habitual one")
    OUT_OF_AREA = "out-of-area", gettext_lazy("the application was made away from the registered residence")
    HARD_SURVEY = "hard-survey", gettext_lazy("the household's circumstances are hard to survey")


def keepers(application: Application) -> frozenset[str]:
    """Roles that may change the case's clock: who confirms it once it lies there, before that the street."""
    turn = {
        role
        for step in application.road.steps_from(application.state)
        if not step.aside
        for role in step.roles
    }
    return frozenset(turn & CONFIRMS) or frozenset({Role.STREET_REVIEWER})


def clock_blockers(application: Application, act: str) -> list[Reason]:
    """Why the clock can't be stopped, started or extended now, in words; empty when it can."""
    if act == ClockAct.START:
        return [] if application.clock_stopped_on else [_runs()]
    if not _in_work(application):
        return [wrong_state(application)]
    if act == ClockAct.STOP:
        return _why_not_stopped(application)
    return _why_not_extended(application)


def ready_for_clock(application: Application, act: str, by: Officer) -> Actor:
    """Who changes the clock. Raises NotAllowed, WrongState, or Blocked for an extension, in words."""
    actor = actor_on(application, by, keepers(application))
    reasons = clock_blockers(application, act)
    if reasons:
        raise (Blocked if act == ClockAct.EXTEND else WrongState)(*reasons)
    return actor


def _in_work(application: Application) -> bool:
    decided = application.state in ENDED or application.state in (State.APPROVED, State.RETURNED)
    return application.accepted_on is not None and not decided


def _why_not_stopped(application: Application) -> list[Reason]:
    if application.clock_stopped_on is not None:
        return [Reason("clock-stopped", _("The clock of this case stands still already."))]
    if application.state in SHOWN:
        words = _("A public list shows this case: its period runs, the clock can't be stopped.")
        return [Reason("on-a-list", words)]
    return []


def _why_not_extended(application: Application) -> list[Reason]:
    if application.limit_on is None:
        return [wrong_state(application)]
    if application.limit_standard == SPECIAL:
        return [Reason("extended-already", _("The limit is extended already: the law knows one extension."))]
    passed = application.limit_on < (application.clock_stopped_on or clock.today())
    if passed:
        return [Reason("limit-passed", _("The limit has passed: what is late can't be extended."))]
    return []


@verb("stop-clock")
def stop_clock(
    application: Application, *, by: Officer, version: int, reason: str, words: str
) -> Application:
    """Stop the clock from today on; today doesn't count any more (中止计时).

    Raises NotAllowed, WrongState, Invalid, Stale.
    """
    application, event = _begin(application, ClockAct.STOP, by, version, reason, words, StopReason)
    _keep(application, event, words)
    return set_if(application, version, {"clock_stopped_on": clock.today()}, event)


@verb("start-clock")
def start_clock(application: Application, *, by: Officer, version: int, words: str) -> Application:
    """Start the clock again; today counts. Both last days move by the days that did not (恢复计时).

    Raises NotAllowed, WrongState, Invalid, Stale.
    """
    application, event = _begin(application, ClockAct.START, by, version, "", words)
    _keep(application, event, words)
    pauses = pauses_of(application.clock_changes.all())
    return set_if(application, version, {**recomputed(application, pauses), "clock_stopped_on": None}, event)


@verb("extend-limit")
def extend_limit(
    application: Application, *, by: Officer, version: int, reason: str, words: str
) -> Application:
    """Give the whole case the special limit, once, before the usual one has passed (延长, 57号 art 22).

    The days are the dated standard `days.whole-case-special`, counted from acceptance. While the clock stands
    still the new last day is computed when it starts again. Raises NotAllowed, WrongState, Blocked, Invalid,
    Stale, MissingStandard.
    """
    special = in_force(SPECIAL, clock.today())
    application, event = _begin(
        application, ClockAct.EXTEND, by, version, reason, words, ExtensionReason, special.used()
    )
    _keep(application, event, words, days=special.number)
    changes: dict[str, Any] = {"limit_standard": SPECIAL, "limit_days": special.number}
    if application.clock_stopped_on is None:
        pauses = pauses_of(application.clock_changes.all())
        last_days = recomputed(application, pauses, limit_days=special.number)
        changes |= {name: last_days[name] for name in ("limit_on", "limit_provisional")}
    return set_if(application, version, changes, event)


def _begin(
    application: Application,
    act: ClockAct,
    by: Officer,
    version: int,
    reason: str,
    words: str,
    choices: type[models.TextChoices] | None = None,
    standards: dict[str, str] | None = None,
) -> tuple[Application, Event]:
    """The case, held, and the act's Event: when, who, what is missing, then what was typed."""
    actor = ready_for_clock(application, act, by)
    if choices is not None and reason not in choices.values:
        raise Invalid({"reason": [Reason("choice", _("Choose the reason."))]})
    words = required_words(words, "words")
    application = hold(application, version)
    event = record(
        act,
        application,
        actor=actor,
        area=application.area,
        reason=reason,
        words=seal_words(application, words),
        clause=EXTENSION_CLAUSE if act == ClockAct.EXTEND else OWN_CLAUSE,
        standards=standards or {},
    )
    return application, event


def _keep(application: Application, event: Event, words: str, days: int | None = None) -> None:
    ClockChange.objects.create(
        application=application,
        act=event.act,
        from_date=clock.today(),
        days=days,
        reason=event.reason,
        words=vault_of(application.household).seal("clock.words", words.strip()),
        event_id=event.pk,
    )


def _runs() -> Reason:
    return Reason("clock-runs", _("The clock of this case isn't stopped."))
