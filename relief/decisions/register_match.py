"""Match the cases that may go on a list with the registers (公示前比对): the dead, double members, kin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from relief.applications.models import Application, KinDeclaredBy
from relief.applications.queries import listable
from relief.applications.roads import all_roads
from relief.decisions.models import HitKind, RegisterHit
from relief.decisions.registers import Found, look_up
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.places.models import Area
from relief.trail import bulk, clock
from relief.trail.models import Event
from relief.trail.record import event_for, record
from relief.trail.verb import verb

ACT = "match-registers"


@dataclass
class Match:
    """What one match found: cases looked at, matches new (or seen again) and gone, cases newly kin."""

    day: date
    cases: int = 0
    opened: int = 0
    gone: int = 0
    kin: int = 0


@verb(ACT)
def match_registers(area: Area, *, by: Officer) -> Match:
    """Match all cases of a street that may go on a list, of every benefit, by whoever compiles (arts 11, 17).

    Each match of a death or a double membership stays open until it is explained or gone, and keeps the case
    off the list; a relative of staff registers the case separately (单独登记备案). Doing it again on the same
    day changes only what differs. One event for the street and one per changed case. Raises NotAllowed.
    """
    actor = acting(by, _compilers(), area.number)
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)  # as compiling does: one at a time
    listed = listable(area.number)
    cases = list(listed.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    cause = record(ACT, area, actor=actor, area=area.number, clause="57-17")
    plan = _plan(
        cases, look_up(listed, cases, clock.today()), RegisterHit.objects.filter(application__in=listed)
    )
    changed = [case for case in cases if plan.touches(case)]
    facts = {"clause": "57-17", "cause_id": cause.pk}
    events = bulk.record_many(
        [
            event_for(ACT, case, actor=actor, area=case.area, reason=plan.reason(case), **facts)
            for case in changed
        ]
    )
    _write(plan, changed, {case.pk: event for case, event in zip(changed, events, strict=True)})
    return Match(
        clock.today(), len(cases), len(plan.new) + len(plan.again), len(plan.gone), len(plan.newly_kin)
    )


def _compilers() -> set[str]:
    """Who prepares a list by any road."""
    steps = (step for road in all_roads() for step in road.steps if step.act == "publish")
    return {role for step in steps for role in step.prepared_by}


@dataclass
class _Plan:
    """What the match changes: rows of hits, and the columns of each case."""

    day: date
    new: list[Found] = field(default_factory=list)
    again: list[RegisterHit] = field(default_factory=list)
    gone: list[RegisterHit] = field(default_factory=list)
    newly_kin: set[int] = field(default_factory=set)
    open: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def columns(self, case: Application) -> dict[str, Any]:
        kin = {"kin_registered": True, "kin_declared_by": KinDeclaredBy.MATCH}
        matched = {"matched_on": self.day, "open_hits": self.open[case.pk]}
        return matched | kin if case.pk in self.newly_kin else matched

    def touches(self, case: Application) -> bool:
        differs = any(getattr(case, name) != value for name, value in self.columns(case).items())
        return differs or case.pk in self.with_hits

    @cached_property
    def with_hits(self) -> set[int]:
        """Cases whose matches change, even if their number doesn't."""
        return {found.application_id for found in self.new} | {
            hit.application_id for hit in (*self.again, *self.gone)
        }

    def reason(self, case: Application) -> str:
        if case.pk in self.newly_kin:
            return HitKind.STAFF_KIN
        return "open-matches" if self.open[case.pk] else ""


def _plan(cases: Sequence[Application], found: set[Found], known: Any) -> _Plan:
    plan = _Plan(clock.today())
    registered = {case.pk for case in cases if case.kin_registered}
    plan.newly_kin = {row.application_id for row in found if row.kind == HitKind.STAFF_KIN} - registered
    rows = {Found(hit.application_id, hit.kind, hit.person_id, hit.reference): hit for hit in known}
    plan.new = sorted(found - rows.keys())
    for key, hit in rows.items():
        if hit.open and key not in found:
            plan.gone.append(hit)
        elif key in found and blocks(hit.kind) and not hit.open and hit.explanation is None:
            plan.again.append(hit)
        elif hit.open:
            plan.open[hit.application_id] += 1
    for found_now in plan.new:
        plan.open[found_now.application_id] += blocks(found_now.kind)
    for hit in plan.again:
        plan.open[hit.application_id] += 1
    return plan


def blocks(kind: str) -> bool:
    """Whether a match of this kind keeps a case off the list until it is explained."""
    return kind != HitKind.STAFF_KIN


def _write(plan: _Plan, cases: Sequence[Application], events: dict[int, Event]) -> None:
    new = [RegisterHit(**row._asdict(), found_on=plan.day, open=blocks(row.kind)) for row in plan.new]
    bulk.create(RegisterHit, new, [events[hit.application_id] for hit in new])
    for hits, changes in ((plan.again, {"open": True, "found_on": plan.day}), (plan.gone, {"open": False})):
        bulk.set_all(
            RegisterHit,
            {hit.pk: hit.version for hit in hits},
            changes,
            {hit.pk: events[hit.application_id] for hit in hits},
        )
    alike: dict[tuple, dict[int, int]] = defaultdict(dict)
    for case in cases:
        alike[tuple(plan.columns(case).items())][case.pk] = case.version
    for columns, versions in alike.items():
        bulk.set_all(Application, versions, dict(columns), events)
