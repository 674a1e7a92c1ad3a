"""Whether a text holds on a day (有效性): computed each time it is read, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(StrEnum):
    """What a text is on a day. `IN_FORCE` and `AMENDED` texts hold, the others don't."""

    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"
    #: taken back by the bureau itself, without another text that repeals it
    WITHDRAWN = "withdrawn"


class ChangeKind(StrEnum):
    """What another text does to this one."""

    AMENDS = "amends"
    REPEALS = "repeals"


LABELS: dict[State, Any] = {
    State.NOT_YET: _("not yet in force"),
    State.IN_FORCE: _("in force"),
    State.AMENDED: _("amended"),
    State.REPEALED: _("repealed"),
    State.EXPIRED: pgettext_lazy("validity", "expired"),
    State.WITHDRAWN: _("withdrawn"),
}
COLOURS = {
    State.NOT_YET: "blue",
    State.IN_FORCE: "green",
    State.AMENDED: "yellow",
    State.REPEALED: "red",
    State.EXPIRED: "grey",
    State.WITHDRAWN: "grey",
}
HOLDING = (State.IN_FORCE, State.AMENDED)


@dataclass(frozen=True)
class Change:
    """Another public text that amends or repeals this one, from the day on which that text is in force."""

    kind: ChangeKind
    from_date: date
    by: Any = None


@dataclass(frozen=True)
class Validity:
    """The state on a day and since when; changes in effect and changes to come, oldest first."""

    state: State
    since: date | None
    effective: tuple[Change, ...] = ()
    coming: tuple[Change, ...] = ()

    @property
    def label(self) -> Any:
        return LABELS[self.state]

    @property
    def colour(self) -> str:
        return COLOURS[self.state]

    @property
    def holds(self) -> bool:
        return self.state in HOLDING

    @property
    def ended(self) -> bool:
        """Whether the text held once and holds no more."""
        return self.state in (State.REPEALED, State.EXPIRED, State.WITHDRAWN)


def validity(
    day: date,
    *,
    in_force_from: date | None,
    ends_on: date | None = None,
    changes: Iterable[Change] = (),
    withdrawn: bool = False,
) -> Validity:
    """The validity on `day`. `ends_on` is the last day; a text without first day holds from ever.

    A text ends once: what comes first of repeal and fixed end counts, the repeal if both fall on one day.
    That the repealing text ends later revives nothing.
    """
    ordered = sorted(changes, key=lambda change: change.from_date)
    effective = tuple(change for change in ordered if change.from_date <= day)
    coming = tuple(change for change in ordered if change.from_date > day)
    repealed = next((change.from_date for change in effective if change.kind == ChangeKind.REPEALS), None)
    expired = ends_on + timedelta(days=1) if ends_on and ends_on < day else None
    if repealed and (expired is None or repealed <= expired):
        return Validity(State.REPEALED, repealed, effective, coming)
    if expired:
        return Validity(State.EXPIRED, expired, effective, coming)
    if withdrawn:
        return Validity(State.WITHDRAWN, None, effective, coming)
    if in_force_from and day < in_force_from:
        return Validity(State.NOT_YET, None, effective, coming)
    if effective:
        return Validity(State.AMENDED, effective[-1].from_date, effective, coming)
    return Validity(State.IN_FORCE, in_force_from, effective, coming)
