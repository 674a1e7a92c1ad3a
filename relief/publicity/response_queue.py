"""Whose turn it is to answer a response: to do, waiting for others, done; only of the officer's areas."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from relief.officers.models import Appointment, Role, ScopeKind
from relief.places.models import DISTRICT
from relief.places.scope import within_any
from relief.publicity.handlers import ANSWERS, READS, level_at
from relief.publicity.models import Response, ResponseKind, ResponseState
from relief.trail import clock

ESCALATED = Q(escalated_on__isnull=False, escalation_answered_on=None)
UNDER_WAY = Q(state=ResponseState.OPEN) | ESCALATED
BY_OPINION = Q(kind=ResponseKind.NOT_ELIGIBLE) & (Q(about_staff=None) | Q(about_staff=False))


def responses_of(held: Collection[Appointment]) -> QuerySet[Response]:
    """Responses whose handler lies within the appointments' areas, at their level or below."""
    scopes = [one.scope_code for one in held if one.role in READS and one.scope_kind == ScopeKind.AREA]
    found = Response.objects.select_related("public_list", "application", "community")
    if DISTRICT in scopes:
        return found
    older = Q(handler=None) & within_any(scopes, "public_list__area__number")
    return found.filter(within_any(scopes, "handler") | older)


def response_queue(held: Collection[Appointment], tab: str) -> QuerySet[Response]:
    """One tab, the nearest day first: `todo` (my turn), `waiting` (under way with others), `done`."""
    found = responses_of(held)
    if tab == "done":
        return found.exclude(UNDER_WAY).order_by("-answered_on", "-pk")
    mine = my_turn(held)
    found = found.filter(UNDER_WAY)
    found = found.filter(mine) if tab == "todo" else found.exclude(pk__in=found.filter(mine).values("pk"))
    return found.order_by(Coalesce("escalation_due_on", "due_on").asc(nulls_last=True), "pk")


def response_counts_of(held: Collection[Appointment]) -> dict[str, int]:
    """How many responses each tab holds, and how many of `todo` are late; one query."""
    counts: dict[str, int] = (
        responses_of(held)
        .select_related(None)
        .order_by()
        .aggregate(
            todo=Count("pk", filter=UNDER_WAY & my_turn(held)),
            late=Count("pk", filter=late(clock.today()) & my_turn(held)),
            under_way=Count("pk", filter=UNDER_WAY),
            done=Count("pk", filter=~UNDER_WAY),
        )
    )
    return {**counts, "waiting": counts["under_way"] - counts["todo"]}


def my_turn(held: Collection[Appointment]) -> Q:
    """Responses under way that the holder of these appointments answers, by an answer or a new opinion."""
    turn = Q(pk__in=[])
    for one in held:
        if one.scope_kind != ScopeKind.AREA:
            continue
        here = Q(handler=one.scope_code, state=ResponseState.OPEN, escalated_on=None)
        if one.role in ANSWERS[level_at(one.scope_code)]:
            plain = here & ~Q(kind=ResponseKind.WITHHOLD_NAME)
            opinion = BY_OPINION if one.role == Role.STREET_REVIEWER else Q(pk__in=[])
            turn |= plain & (opinion | ~Q(kind=ResponseKind.NOT_ELIGIBLE) | Q(about_staff=True))
        if one.role == Role.DISTRICT_APPROVER:
            turn |= here & Q(kind=ResponseKind.WITHHOLD_NAME)
        if one.role in ANSWERS[level_at(DISTRICT)]:
            turn |= ESCALATED
    return turn


def late(today: date) -> Q:
    """Responses whose next answer is late today."""
    first = Q(state=ResponseState.OPEN, escalated_on=None, due_on__lt=today)
    return first | ESCALATED & Q(escalation_due_on__lt=today)


def open_by_kind(public_list_key: int) -> dict[str, int]:
    """How many responses of each kind a list still has under way, for its desk page; one query."""
    found = Response.objects.filter(UNDER_WAY, public_list=public_list_key).order_by()
    counted = dict(found.values_list(F("kind")).annotate(n=Count("pk")))
    return {kind.value: counted.get(kind.value, 0) for kind in ResponseKind}
