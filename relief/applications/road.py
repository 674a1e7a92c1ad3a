"""What a road is: which acts, from where to where, by whom; one frozen table per benefit and rule set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from relief.applications.states import State


@dataclass(frozen=True)
class Step:
    """One row of a road.

    Nobody acts at two levels of one case; `not_by` names acts of the same level whose author may not do this
    one either (four eyes). `prepared_by` compiles the list with which a `publish` step is done. `due` names
    the standard with the working days within which the next act is due; `clause` the provision. Instead of
    `to_state` the case goes to `if_closed` when its list has closed meanwhile, and to `if_again` where the
    setting asks a new full period. An `aside` step may be done and waits for nobody; `keeps_due` leaves the
    running deadline alone.
    """

    act: str
    zh: str
    from_states: tuple[State, ...]
    to_state: State
    roles: tuple[str, ...]
    clause: str
    not_by: tuple[str, ...] = ()
    prepared_by: tuple[str, ...] = ()
    due: str = ""
    if_closed: State | None = None
    due_if_closed: str = ""
    if_again: State | None = None
    due_if_again: str = ""
    aside: bool = False
    keeps_due: bool = False

    @property
    def targets(self) -> tuple[State, ...]:
        """Every state to which the step can lead, the usual one first."""
        return (self.to_state, *(state for state in (self.if_closed, self.if_again) if state))

    def due_at(self, state: State) -> str:
        """The standard of the deadline that begins when the step leads to `state`; empty for none."""
        if state == self.if_closed:
            return self.due_if_closed
        return self.due_if_again if state == self.if_again else self.due


@dataclass(frozen=True)
class Road:
    """The way of a case under one rule set, for cases opened from `from_date` on.

    `delegated`: the street confirms instead of the district. `limit` names the standard with the working
    days for the whole case.
    """

    key: str
    benefit: str
    from_date: date
    steps: tuple[Step, ...]
    delegated: bool = False
    limit: str = "days.whole-case"

    def steps_from(self, state: str) -> Iterator[Step]:
        """What can be done with a case that stands at `state`."""
        return (step for step in self.steps if state in step.from_states)

    def step(self, act: str, state: str) -> Step | None:
        """The row for `act` from `state`, if the road has it."""
        return next((step for step in self.steps_from(state) if step.act == act), None)

    def has(self, act: str) -> bool:
        return any(step.act == act for step in self.steps)
