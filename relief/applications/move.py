"""The one way in which a case changes its state: road, role, area, four eyes, version, event, history."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from relief.applications.deadlines import arrival, deadline_standard
from relief.applications.listing import listing
from relief.applications.models import Application
from relief.applications.road import Step
from relief.applications.states import OFF_LIST, ON_LIST, State
from relief.confidential.vault import vault_of
from relief.errors import NotAllowed, Reason, WrongState
from relief.officers.authority import acting
from relief.officers.models import Officer, level_of
from relief.trail import bulk
from relief.trail.actor import Actor, Robot
from relief.trail.models import Event
from relief.trail.record import event_for, record, set_if


def authorise(application: Application, act: str, by: Officer | Robot) -> tuple[Step, Actor]:
    """The road's step and the actor for `act` now. Raises WrongState (when) or NotAllowed (who)."""
    step = application.road.step(act, application.state)
    if step is None:
        raise WrongState(wrong_state(application))
    if stands_still(application, step):
        raise WrongState(clock_stands_still())
    return step, actor_on(application, by, step.roles, not_by=step.not_by)


def actor_on(
    application: Application, by: Officer | Robot, roles: Collection[str], *, not_by: Collection[str] = ()
) -> Actor:
    """The actor for an act on the case in one of `roles`. Raises NotAllowed: role, area, four eyes.

    Whoever acted on the case at one level acts at no other; `not_by` names acts of the same level besides.
    """
    actor = acting(by, roles, application.area)
    if breaks_four_eyes(actor, deeds_on([application]).get(application.code, ()), not_by):
        raise NotAllowed(four_eyes())
    return actor


def move(
    application: Application,
    act: str,
    *,
    by: Officer | Robot,
    version: int,
    changes: Mapping[str, Any] | None = None,
    words: str = "",
    reason: str = "",
    standards: Mapping[str, str] | None = None,
    to_state: State | None = None,
) -> tuple[Application, Event]:
    """Move one case along its road. `words` are sealed under the household's key.

    `to_state` is given where the step can lead to more than one. A case that leaves the road's publicity
    leaves its list in the same transaction. Raises WrongState, NotAllowed, Stale
    (version), MissingStandard (the next deadline can't be computed).
    """
    step, actor = authorise(application, act, by)
    target = to_state or step.to_state
    if target not in step.targets:
        raise ValueError(f"{act} does not lead to {target}")
    leaving = application.state in ON_LIST and target in OFF_LIST
    if leaving:
        listing().hold(application)
    event = record(
        act,
        application,
        actor=actor,
        area=application.area,
        from_state=application.state,
        to_state=target,
        reason=reason,
        words=seal_words(application, words),
        clause=step.clause,
        standards={**(standards or {}), **deadline_standard(step, target)},
    )
    moved = set_if(
        application, version, {**arrival(step, target), **(changes or {})}, event, state=application.state
    )
    if leaving:
        listing().leave(moved, event)
    return moved, event


def move_all(
    applications: Sequence[Application],
    act: str,
    *,
    by: Officer | Robot,
    cause: Event,
    changes: Mapping[str, Any] | None = None,
) -> list[Application]:
    """The set form of `move` for publish, close, announce: all cases or none; one event each, under `cause`.

    The cases may travel different roads: each goes by its own. Raises as `move` does.
    """
    groups: dict[tuple[str, str], list[Application]] = {}
    for case in applications:
        groups.setdefault((case.road_key, case.state), []).append(case)
    moved: list[Application] = []
    for group in groups.values():
        moved += _move_alike(group, act, by=by, cause=cause, changes=changes or {})
    return moved


def _move_alike(
    applications: Sequence[Application],
    act: str,
    *,
    by: Officer | Robot,
    cause: Event,
    changes: Mapping[str, Any],
) -> list[Application]:
    """`move_all` for cases that stand at one state of one road."""
    first = applications[0]
    step = first.road.step(act, first.state)
    if step is None:
        raise WrongState(wrong_state(first))
    if any(stands_still(case, step) for case in applications):
        raise WrongState(clock_stands_still())
    actors = {area: acting(by, step.roles, area) for area in {case.area for case in applications}}
    deeds = deeds_on(applications, {actor.id for actor in actors.values() if actor.id})
    if any(
        breaks_four_eyes(actors[case.area], deeds.get(case.code, ()), step.not_by) for case in applications
    ):
        raise NotAllowed(four_eyes())
    used = deadline_standard(step, step.to_state)
    facts = {"to_state": step.to_state, "clause": step.clause, "standards": used, "cause_id": cause.pk}
    events = bulk.record_many(
        [
            event_for(act, case, actor=actors[case.area], area=case.area, from_state=case.state, **facts)
            for case in applications
        ]
    )
    return bulk.set_all(
        Application,
        {case.pk: case.version for case in applications},
        {**arrival(step, step.to_state), **changes},
        {case.pk: event for case, event in zip(applications, events, strict=True)},
        state=first.state,
    )


#: who has the case says nothing on what was done: no deed against four eyes
NO_DEEDS = ("take", "hand-over")


@dataclass(frozen=True)
class Deed:
    """An officer did `act` on a case in `role`."""

    act: str
    officer_id: int
    role: str


def deeds_on(
    applications: Sequence[Application], officers: Collection[int] | None = None
) -> dict[Any, list[Deed]]:
    """What officers (or only those given) did on each case, by the case's code; one query per 500 cases."""
    deeds: dict[Any, list[Deed]] = {}
    codes = [case.code for case in applications]
    for start in range(0, len(codes), 500):
        rows = Event.objects.filter(
            subject_kind="application", subject_code__in=codes[start : start + 500], actor_kind="officer"
        ).exclude(act__in=NO_DEEDS)
        if officers is not None:  # + 0: found by the case's index, not by the officer's whole working life
            rows = rows.alias(officer=F("actor_id") + 0).filter(officer__in=officers)
        for code, act, officer, role in rows.values_list("subject_code", "act", "actor_id", "actor_role"):
            deeds.setdefault(code, []).append(Deed(act, officer or 0, role))
    return deeds


def breaks_four_eyes(actor: Actor, deeds: Collection[Deed], not_by: Collection[str]) -> bool:
    """Whether `actor` acted on the case at another level already, or did one of the acts `not_by`."""
    return any(
        deed.act in not_by or level_of(deed.role) != level_of(actor.role)
        for deed in deeds
        if deed.officer_id == actor.id
    )


def seal_words(application: Application, words: str) -> bytes | None:
    """The words of an Event about a case, sealed under its household's key."""
    return vault_of(application.household).seal("event.words", words).token if words else None


def wrong_state(application: Application) -> Reason:
    return Reason(
        "wrong-state",
        _("The case is “%(state)s”: this step is not possible now.")
        % {"state": application.get_state_display()},
    )


def stands_still(application: Application, step: Step) -> bool:
    """Whether `step` must wait because the case's clock is stopped (中止); an aside step need not."""
    return application.clock_stopped_on is not None and not step.aside


def clock_stands_still() -> Reason:
    return Reason(
        "clock-stopped", _("The clock of this case is stopped: it goes on when the clock is started again.")
    )


def four_eyes() -> Reason:
    return Reason(
        "four-eyes", _("You have acted on this case at another step: a second person must do this one.")
    )
