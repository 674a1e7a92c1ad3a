"""Roads: which acts, from where to where, by whom; one frozen table per benefit and effective date.

README prints the table of rule set 57号 and a test compares. Days stand in dated standards, not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from relief.applications.states import State
from relief.errors import MissingStandard, Reason
from relief.officers.models import Role


@dataclass(frozen=True)
class Step:
    """One row of a road.

    Nobody acts at two levels of one case; `not_by` names acts of the same level whose author may not do this
    one either (four eyes). `due` names the standard with the working days within which the next act is due;
    `clause` the provision.
    """

    act: str
    zh: str
    from_states: tuple[State, ...]
    to_state: State
    roles: tuple[str, ...]
    clause: str
    not_by: tuple[str, ...] = ()
    due: str = ""


@dataclass(frozen=True)
class Road:
    """The way of a case under one rule set, for cases submitted from `from_date` on."""

    key: str
    benefit: str
    from_date: date
    steps: tuple[Step, ...]

    def steps_from(self, state: str) -> Iterator[Step]:
        """What can be done with a case that stands at `state`."""
        return (step for step in self.steps if state in step.from_states)

    def step(self, act: str, state: str) -> Step | None:
        """The row for `act` from `state`, if the road has it."""
        return next((step for step in self.steps_from(state) if step.act == act), None)

    def has(self, act: str) -> bool:
        return any(step.act == act for step in self.steps)


ROAD_57 = Road(
    key="57",
    benefit="guarantee",
    from_date=date(2021, 7, 1),
    steps=(
        Step(
            "submit", "申请", (State.DRAFT, State.RETURNED), State.SUBMITTED, (Role.COMMUNITY_CLERK,), "57-4"
        ),
        Step("ask-once", "一次性告知", (State.SUBMITTED,), State.RETURNED, (Role.STREET_ACCEPTOR,), "57-10"),
        Step(
            "accept",
            "受理",
            (State.SUBMITTED,),
            State.ACCEPTED,
            (Role.STREET_ACCEPTOR,),
            "57-10",
            due="days.start-survey",
        ),
        Step(
            "examine",
            "社区审查",
            (State.ACCEPTED,),
            State.EXAMINED,
            (Role.COMMUNITY_EXAMINER,),
            "57-16",
        ),
        Step(
            "review",
            "街道审核",
            (State.EXAMINED,),
            State.REVIEWED,
            (Role.STREET_REVIEWER,),
            "57-19",
        ),
        Step(
            "advise-against",
            "初审不予推荐",
            (State.EXAMINED,),
            State.CLEARED,
            (Role.STREET_REVIEWER,),
            "57-19",
            due="days.confirm",
        ),
        Step(
            "publish",
            "批前公示",
            (State.REVIEWED,),
            State.IN_PUBLICITY,
            (Role.STREET_PUBLISHER,),
            "57-19",
            not_by=("review",),
        ),
        Step(
            "close",
            "公示期满",
            (State.IN_PUBLICITY,),
            State.CLEARED,
            (Role.STREET_PUBLISHER, "robot"),
            "57-19",
            due="days.confirm",
        ),
        Step(
            "approve",
            "审批确认",
            (State.CLEARED,),
            State.APPROVED,
            (Role.DISTRICT_APPROVER,),
            "57-21",
        ),
        Step(
            "refuse",
            "不予确认",
            (State.CLEARED,),
            State.REFUSED,
            (Role.DISTRICT_APPROVER,),
            "57-21",
        ),
        Step(
            "return",
            "退回补正",
            (State.REVIEWED,),
            State.ACCEPTED,
            (Role.STREET_REVIEWER,),
            "57-16",
            due="days.start-survey",
        ),
        Step(
            "return",
            "退回补正",
            (State.CLEARED,),
            State.ACCEPTED,
            (Role.DISTRICT_APPROVER,),
            "57-20",
            due="days.start-survey",
        ),
        Step(
            "announce",
            "批后公告",
            (State.APPROVED,),
            State.ANNOUNCED,
            (Role.DISTRICT_ANNOUNCER,),
            "57-24",
            not_by=("approve",),
        ),
    ),
)

ROADS: tuple[Road, ...] = (ROAD_57,)


def road_by_key(key: str) -> Road:
    return next(road for road in ROADS if road.key == key)


def road_for(benefit: str, day: date) -> Road:
    """The road of a case of `benefit` opened on `day`. Raises MissingStandard when no rule set holds."""
    fitting = [road for road in ROADS if road.benefit == benefit and road.from_date <= day]
    if not fitting:
        raise MissingStandard(Reason("no-road", _("No rule set is in force for this benefit on this day.")))
    return max(fitting, key=lambda road: road.from_date)
