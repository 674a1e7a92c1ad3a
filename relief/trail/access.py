"""The log of looks (查阅记录): who opened which sealed columns of whom, and why."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from relief.trail import clock
from relief.trail.actor import Acting
from relief.trail.models import Access
from relief.trail.record import actor_columns
from relief.trail.tracked import Root


def log_access(
    by: Acting, purpose: str, subjects: Iterable[str], columns: Iterable[str], *, case: Root | None = None
) -> Access:
    """Write one look; `subjects` are codes such as `person:<uuid>`, never names.

    `case` is the case that was open; a look at many at once (a page of the queue) names none.
    """
    return Access.objects.create(
        purpose=purpose,
        subjects=sorted(set(subjects)),
        columns=sorted(set(columns)),
        case_code=case.code if case else None,
        at=clock.now(),
        **actor_columns(by.actor()),
    )


def looks_at(case: Root) -> QuerySet[Access]:
    """Who looked at the case, newest first."""
    return Access.objects.filter(case_code=case.code).order_by("-pk")
