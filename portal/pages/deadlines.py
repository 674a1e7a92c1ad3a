"""The deadline of a notice: how many days are left, today included, or that it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.templatetags.cap import days_left
from relief.trail import clock

OPEN, OVER = "open", "over"
STATES = [(OPEN, _("still open")), (OVER, _("closed to entries"))]
#: from this many days left on the tag warns
SOON = 3


@dataclass(frozen=True)
class Deadline:
    """A last day as a tag."""

    last: date
    left: int

    @property
    def state(self) -> str:
        return OPEN if self.left > 0 else OVER

    @property
    def label(self) -> Any:
        return days_left(self.left) if self.left > 0 else _("closed to entries")

    @property
    def colour(self) -> str:
        return "grey" if self.left <= 0 else "yellow" if self.left <= SOON else "green"


def deadline_of(last: date | None) -> Deadline | None:
    """None where a notice names no last day."""
    return Deadline(last, (last - clock.today()).days + 1) if last else None


def deadlines_of(notices: list[Any]) -> dict[int, Deadline]:
    """The deadlines of the notices that have one, by key."""
    found = {notice.pk: deadline_of(notice.deadline) for notice in notices}
    return {key: deadline for key, deadline in found.items() if deadline}
