"""The standards of `relief` that a page may show, with their names and units in words: an allow-list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.templatetags.cap import yuan
from relief.standards.dated import Dated, dated_values
from relief.standards.models import Kind
from relief.trail import clock

DAYS = _("days")
WORKING_DAYS = _("working days")
#: name of the standard → what it is called in public, and its unit
SHOWN: dict[str, tuple[Any, Any]] = {
    "guarantee.standard": (_("Minimum living guarantee"), _("yuan per person and month")),
    "days.accept": (_("Time to accept an application"), WORKING_DAYS),
    "days.start-survey": (_("Time to begin the home visit"), WORKING_DAYS),
    "days.review": (_("Time of the street's review"), WORKING_DAYS),
    "publicity.days": (_("Length of the publicity period"), DAYS),
    "days.confirm": (_("Time of the district's decision"), WORKING_DAYS),
    "days.refusal-letter": (_("Time to send the reasons of a refusal"), WORKING_DAYS),
    "days.whole-case": (_("Time of the whole procedure"), WORKING_DAYS),
}


@dataclass(frozen=True)
class Line:
    """One value as a reader sees it; `state` says whether it holds today."""

    value: str
    unit: Any
    dated: Dated
    current: bool
    future: bool


@dataclass(frozen=True)
class Table:
    """All values of one standard, newest first."""

    label: Any
    lines: list[Line]


def choices() -> list[tuple[str, Any]]:
    """For the editor: the standards that may be shown."""
    return [(name, label) for name, (label, _unit) in SHOWN.items()]


def tables(names: Iterable[str]) -> dict[str, Table]:
    """The named standards as of today; one query, none when nothing is named."""
    wanted = {name for name in names if name in SHOWN}
    if not wanted:
        return {}
    today = clock.today()
    return {
        name: Table(SHOWN[name][0], [_line(one, SHOWN[name][1], today) for one in values])
        for name, values in dated_values(wanted).items()
    }


def _line(one: Dated, unit: Any, today: date) -> Line:
    value = yuan(Decimal(one.text)) if one.kind == Kind.MONEY else one.text
    return Line(value, unit, one, one.holds_on(today), one.from_date > today)
