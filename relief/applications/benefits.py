"""Registry of benefits (救助项目): each project says how its cases are assessed.

So the spine asks no `if kind ==`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

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


@dataclass(frozen=True)
class Benefit:
    """One benefit. `missing(case, act)` names what the project needs before an act."""

    key: str
    label: Any
    title_zh: str
    title_en: str
    assess: Callable[[Application, date], Assessment]
    missing: Callable[[Application, str], list[Reason]]


_benefits: dict[str, Benefit] = {}


def register(benefit: Benefit) -> None:
    """Called once per project when the app is ready."""
    _benefits[benefit.key] = benefit


def benefit(key: str) -> Benefit:
    return _benefits[key]


def benefits() -> list[Benefit]:
    return list(_benefits.values())
