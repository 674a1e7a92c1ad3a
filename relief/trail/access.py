"""The log of looks: who opened which sealed columns of whom, and why."""

from __future__ import annotations

from collections.abc import Iterable

from relief.trail import clock
from relief.trail.actor import Acting
from relief.trail.models import Access
from relief.trail.record import actor_columns


def log_access(by: Acting, purpose: str, subjects: Iterable[str], columns: Iterable[str]) -> Access:
    """Write one look; `subjects` are codes such as `person:<uuid>`, never names."""
    return Access.objects.create(
        purpose=purpose,
        subjects=sorted(set(subjects)),
        columns=sorted(set(columns)),
        at=clock.now(),
        **actor_columns(by.actor()),
    )
