"""Registry of benefits (救助项目): each project says how its cases are assessed.

So the spine asks no `if kind ==`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from relief.applications.models import Application
from relief.errors import Reason


@dataclass(frozen=True)
class Assessment:
    """What the rules give: persons, yuan per head and month, yuan per month; and the standards used."""

    persons: int
    income_per_head: Decimal
    amount: Decimal
    top_up: Decimal
    eligible: bool
    standards: dict[str, str] = field(default_factory=dict)


def nobody_counted(people: QuerySet, day: date) -> list[tuple[int, str]]:
    """For benefits that don't count the members of a household."""
    return []


@dataclass(frozen=True)
class Benefit:
    """One benefit. `missing(case, act)` names what the project needs before an act.

    `still_counted(people, day)` finds those of a set of persons who left a household that receives the
    benefit for them all the same: `(person's key, household number)`. `discloses` are the kinds of lists that
    may name its households; none for a benefit of children: then no list and no announcement is made.
    """

    key: str
    label: Any
    title_zh: str
    title_en: str
    assess: Callable[[Application, date], Assessment]
    missing: Callable[[Application, str], list[Reason]]
    still_counted: Callable[[QuerySet, date], list[tuple[int, str]]] = nobody_counted
    discloses: tuple[str, ...] = ("gs", "gg", "bg", "cs")


_benefits: dict[str, Benefit] = {}


def register(benefit: Benefit) -> None:
    """Called once per project when the app is ready."""
    _benefits[benefit.key] = benefit


def forget(benefit: Benefit) -> None:
    """Take a benefit away that no case asks for (tests)."""
    del _benefits[benefit.key]


def benefit(key: str) -> Benefit:
    return _benefits[key]


def benefits() -> list[Benefit]:
    return list(_benefits.values())
