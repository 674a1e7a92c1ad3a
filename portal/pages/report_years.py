"""Annual reports by year: which are there, which are missing, which is still to come.

A department publishes its report on a year by 31 January of the next (Decree 711 art 49).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

DUE_MONTH, DUE_DAY = 1, 31
PUBLISHED, DUE, MISSING = "published", "due", "missing"


@dataclass(frozen=True)
class YearMark:
    """One year of the strip. `url` where its report is public; `due_on` is the last day for publishing it."""

    year: int
    state: str
    due_on: date
    url: str = ""
    current: bool = False


def due_on(year: int) -> date:
    """The last day on which the report on `year` may be published in time."""
    return date(year + 1, DUE_MONTH, DUE_DAY)


def state_of(year: int, *, published: bool, today: date) -> str:
    """Whether the report on a year that has ended is there, may still come in time, or is missing."""
    if published:
        return PUBLISHED
    return DUE if today <= due_on(year) else MISSING


def strip(
    reports: Mapping[int, str], today: date, *, since: int | None = None, current: int | None = None
) -> list[YearMark]:
    """The years from the first report (or `since`) to last year, newest first, holes included.

    `reports` maps a year to the address of its public report.
    """
    years = [*reports, *([since] if since else [])]
    first, last = min(years, default=today.year - 1), max([today.year - 1, *reports])
    return [
        YearMark(
            year,
            state_of(year, published=year in reports, today=today),
            due_on(year),
            reports.get(year, ""),
            year == current,
        )
        for year in range(last, first - 1, -1)
    ]


def alarm(published: bool, today: date) -> str:
    """For staff: last year's report still missing is amber from 1 January and red after 31 January."""
    if published:
        return ""
    return "amber" if today <= due_on(today.year - 1) else "red"
