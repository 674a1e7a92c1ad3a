"""The values of standards as a table over time: each with the days on which it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from relief.standards.models import Clause, Standard


@dataclass(frozen=True)
class Dated:
    """One value of a standard; `until` is its last day, None while no later value is entered."""

    name: str
    kind: str
    text: str
    from_date: date
    until: date | None
    clause: Clause

    def holds_on(self, day: date) -> bool:
        return self.from_date <= day and (self.until is None or day <= self.until)


def dated_values(names: Iterable[str]) -> dict[str, list[Dated]]:
    """All values of the named standards, newest first; one query. A name without a value isn't in it."""
    found: dict[str, list[Dated]] = {}
    rows = (
        Standard.objects.filter(name__in=set(names)).select_related("clause").order_by("name", "-from_date")
    )
    for row in rows:
        later = found.setdefault(row.name, [])
        until = later[-1].from_date - timedelta(days=1) if later else None
        later.append(Dated(row.name, row.kind, row.value, row.from_date, until, row.clause))
    return found
