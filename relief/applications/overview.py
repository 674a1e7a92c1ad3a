"""Counts for leaders (领导概览): how many cases stand where, how many are late, how long each stage takes.

No name is opened and no single case is named; a fixed number of queries, however many cases there are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Substr

from relief.applications.models import Application
from relief.applications.queries import late
from relief.applications.states import ENDED
from relief.places.scope import within_any
from relief.trail import clock
from relief.trail.models import Event

STREET, COMMUNITY = 3, 5
#: stages that were left within so many days are averaged
LOOK_BACK, MOST_DEPARTURES = 90, 2_000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """Open cases of one place at one stage: all of them, the late ones, those whose clock is stopped."""

    place: str
    state: str
    open: int
    late: int
    stopped: int


@dataclass(frozen=True)
class Pace:
    """How long a stage took: calendar days on average over the cases that left it lately."""

    state: str
    days: float
    cases: int


def cells(scopes: list[str], *, digits: int) -> list[Cell]:
    """Open cases within `scopes` by place (area numbers cut to `digits`) and stage; one query."""
    cases = Application.objects.filter(within_any(scopes, "community__number")).exclude(state__in=ENDED)
    rows = (
        cases.order_by()
        .annotate(place=Substr("community_id", 1, digits))
        .values("place", "state")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=late(clock.today())),
            stopped=Count("pk", filter=Q(clock_stopped_on__isnull=False)),
        )
    )
    return [Cell(**row) for row in rows]


def paces(scopes: list[str]) -> dict[str, Pace]:
    """How long each stage took, by stage, over the cases that left it in the last 90 days; one query.

    Of more than 2,000 departures the newest are enough.
    """
    moves = Event.objects.filter(subject_kind="application", to_state__gt="").exclude(
        from_state=F("to_state")
    )
    arrival = moves.filter(
        subject_code=OuterRef("subject_code"), pk__lt=OuterRef("pk"), to_state=OuterRef("from_state")
    )
    departures = moves.filter(
        within_any(scopes, "area"), from_state__gt="", at__gte=clock.now() - timedelta(days=LOOK_BACK)
    ).annotate(arrived=Subquery(arrival.order_by("-pk").values("at")[:1]))
    spent: dict[str, list[float]] = defaultdict(list)
    newest = departures.order_by("-pk").values_list("from_state", "arrived", "at")[:MOST_DEPARTURES]
    for state, arrived, left in newest:
        if arrived is not None:
            spent[state].append((left - arrived) / ONE_DAY)
    return {state: Pace(state, sum(days) / len(days), len(days)) for state, days in spent.items()}
