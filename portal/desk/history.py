"""The timeline of a case or list in words: acts, who did them, and what each changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.actors import who
from portal.desk.shown import shown_column
from portal.desk.words import act_label, role_label
from relief.officers.models import Officer
from relief.trail.timeline import RowChange, Step

#: columns that say nothing to a reader, or what the case page says better
SILENT = frozenset({"road_key", "input_digest", "household", "applicant", "application", "labels", "columns"})


@dataclass
class Line:
    """One act for components/timeline.html."""

    act: str
    at: datetime
    actor: str
    role: str
    office: str
    words: str = ""
    changes: list[dict[str, Any]] = field(default_factory=list)


def lines(steps: Iterable[Step], *, words: Mapping[str, str], people: Mapping[int, str]) -> list[Line]:
    """Timeline entries, in the order of `steps`; `words` by `event.<pk>` as opened, `people` by key."""
    steps = list(steps)
    owners = _owners(steps)
    return [
        Line(
            act=act_label(step.event),
            at=step.event.at,
            actor=who(step.event),
            role=role_label(step.event.actor_role),
            office=step.event.actor_office,
            words=words.get(f"event.{step.event.pk}", ""),
            changes=[change for row in step.rows for change in _changes(row, people, owners)],
        )
        for step in steps
    ]


def _owners(steps: list[Step]) -> dict[int, str]:
    """Names of the officers who had the case, by key; no query when nobody took it."""
    changes = [change for step in steps for row in step.rows for change in row.changes]
    keys = {key for one in changes if one.name == "owner" for key in (one.before, one.after) if key}
    return dict(Officer.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _changes(row: RowChange, people: Mapping[int, str], owners: Mapping[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "field": change.column,
            "before": shown_column(row.model, change.name, change.before, people, owners),
            "after": shown_column(row.model, change.name, change.after, people, owners),
            "masked": change.sealed,
        }
        for change in row.changes
        if change.name not in SILENT
    ]
