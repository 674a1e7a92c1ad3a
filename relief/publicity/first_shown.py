"""How a case or award first went public: what was hidden then stays hidden on every later list of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from relief.publicity.disclose import MASKED
from relief.publicity.models import Entry
from relief.standards.in_force import in_force
from relief.trail import clock


@dataclass(frozen=True)
class FirstShown:
    """The day of the first list, and whether a list printed the name masked."""

    day: date
    masked: bool


def first_shown(pks: Sequence[int], of: str = "application_id") -> dict[int, FirstShown]:
    """By the key of the case (or, `of="award_id"`, of the award); absent where it stood on no list.

    A query per 500 keys.
    """
    settings: dict[tuple[str, date], bool] = {}
    found: dict[int, FirstShown] = {}
    for start in range(0, len(pks), 500):
        rows = Entry.objects.filter(**{f"{of}__in": pks[start : start + 500]}).order_by("pk")
        for pk, kind, at in rows.values_list(of, "public_list__kind", "public_list__published_at"):
            if at is None or pk is None:
                continue
            day = at.astimezone(clock.SHANGHAI).date()
            if (kind, day) not in settings:
                settings[kind, day] = in_force(f"disclosure.{kind}.names", day).text == MASKED
            masked, before = settings[kind, day], found.get(pk)
            if before:
                day, masked = min(before.day, day), before.masked or masked
            found[pk] = FirstShown(day, masked)
    return found
