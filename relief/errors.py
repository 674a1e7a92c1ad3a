"""The answers with which a verb refuses (lowest room: knows nothing of the domain).

Every refusal carries reasons: a code for the record and a sentence for the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True)
class Reason:
    """One reason why an act is refused: `code` for the record, `text` (lazy) for the person."""

    code: str
    text: Any = field(compare=False)

    def __str__(self) -> str:
        return str(self.text)


class Refused(Exception):
    """An act was refused; nothing was changed."""

    kind: ClassVar[str] = "refused"
    #: whether the log of refusals holds it already
    recorded: bool = False

    def __init__(self, *reasons: Reason) -> None:
        self.reasons: list[Reason] = list(reasons)
        super().__init__(*reasons)

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


class NotAllowed(Refused):
    """Who: this officer may not do this act here (role, area, four eyes)."""

    kind = "not-allowed"


class WrongState(Refused):
    """When: the case or list stands at another stage of the road."""

    kind = "wrong-state"


class Blocked(Refused):
    """What is missing before the act may be done."""

    kind = "blocked"


class MissingStandard(Refused):
    """A value of the law is not entered for the date: the work stops, no default is assumed."""

    kind = "missing-standard"


class Stale(Refused):
    """Somebody changed the row since it was read; `current` is the row as it stands now."""

    kind = "stale"

    def __init__(self, *reasons: Reason, current: Any = None) -> None:
        super().__init__(*reasons)
        self.current = current


class Invalid(Refused):
    """Bad input: `fields` maps a field's name to its reasons."""

    kind = "invalid"

    def __init__(self, fields: Mapping[str, Iterable[Reason]]) -> None:
        self.fields: dict[str, list[Reason]] = {name: list(reasons) for name, reasons in fields.items()}
        super().__init__(*(reason for reasons in self.fields.values() for reason in reasons))
