"""Who acted, as plain values: the trail keeps a snapshot, so that it holds when the officer moves on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Actor:
    """Snapshot of the one who acts: officer, robot or resident."""

    kind: str
    id: int | None
    name: str
    role: str = ""
    office: str = ""
    area: str = ""


class Acting(Protocol):
    """Anything that may stand behind a verb's `by`."""

    def actor(self) -> Actor: ...


@dataclass(frozen=True)
class Robot:
    """A named scheduled or technical actor: its name stands in the trail as the act's author."""

    name: str

    def actor(self) -> Actor:
        return Actor(kind="robot", id=None, name=self.name, role="robot")
