"""Deadlines of a case: the day by which the next act is due, in working days from a dated standard."""

from __future__ import annotations

from typing import Any

from relief.applications.road import Step
from relief.applications.states import State
from relief.standards.in_force import in_force
from relief.standards.legal_clock import add_working_days
from relief.trail import clock


def arrival(step: Step, state: State) -> dict[str, Any]:
    """Columns that a step sets by itself: the new state, nobody's case, and the deadline of the next act.

    Raises MissingStandard.
    """
    if step.keeps_due:
        return {"state": state}
    return {"state": state, "owner": None, **deadline(step.due_at(state))}


def deadline(name: str) -> dict[str, Any]:
    """The deadline's columns by the standard `name`, from today; all empty where the rule sets none."""
    if not name:
        return {
            "due_on": None,
            "due_provisional": False,
            "due_standard": None,
            "due_from": None,
            "due_days": None,
        }
    today = clock.today()
    days = in_force(name, today).number
    due = add_working_days(today, days)
    return {
        "due_on": due.day,
        "due_provisional": due.provisional,
        "due_standard": name,
        "due_from": today,
        "due_days": days,
    }


def deadline_standard(step: Step, state: State) -> dict[str, str]:
    """What the Event keeps of the deadline that begins: name → value since date."""
    name = step.due_at(state)
    return in_force(name, clock.today()).used() if name else {}
