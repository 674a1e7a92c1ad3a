"""Draw the cases that the district visits by itself (入户抽查): by lot, from a seed that stands in public."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from relief.applications.listing import Published, listing
from relief.applications.models import Application
from relief.errors import Blocked, Invalid, Reason
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Area
from relief.standards.in_force import in_force
from relief.trail import bulk, clock
from relief.trail.record import event_for, record
from relief.trail.verb import verb

SHARE = "spot-check.percent"
ACT = "spot-check"


def drawn(numbers: Collection[str], seed: str, percent: int) -> set[str]:
    """The case numbers drawn: at least `percent` of them, those first by SHA-256 of seed and number.

    Anybody who knows the seed and the numbers draws the same; nobody can choose after the seed is public.
    """
    wanted = -(-len(numbers) * percent // 100)
    ranked = sorted(numbers, key=lambda number: (hashlib.sha256((seed + number).encode()).digest(), number))
    return set(ranked[:wanted])


@verb(ACT)
def draw_spot_check(area: Area, *, by: Officer, number: str) -> set[str]:
    """Draw for the closed first list `number` of the street `area`; returns the case numbers drawn.

    The seed is the digest of the list, public since its first day; the share is a dated standard (220号
    art 26: at least 30 %). A case that comes later from the same list is drawn by the same rank. One event
    for the street, one per case. Raises NotAllowed, Invalid (no such list), Blocked (no case waits),
    MissingStandard.
    """
    actor = acting(by, {Role.DISTRICT_CHECKER, Role.DISTRICT_APPROVER}, area.number)
    public_list = _closed_list(area, number)
    share = in_force(SHARE, clock.today())
    cases = _to_draw_from(public_list)
    undrawn = [case for case in cases if case.spot_check is None]
    if not undrawn:
        raise Blocked(Reason("no-cases", _("No case of this list waits for a spot check.")))
    lot = drawn([str(case.number) for case in cases], public_list.digest, share.number)
    facts: dict[str, Any] = {"actor": actor, "clause": share.clause, "standards": share.used()}
    cause = record(ACT, area, area=area.number, **facts)
    for chosen in (True, False):
        part = [case for case in undrawn if (case.number in lot) == chosen]
        reason = "drawn" if chosen else "not-drawn"
        events = bulk.record_many(
            [event_for(ACT, case, area=case.area, reason=reason, cause_id=cause.pk, **facts) for case in part]
        )
        versions = {case.pk: case.version for case in part}
        by_case = {case.pk: event for case, event in zip(part, events, strict=True)}
        bulk.set_all(Application, versions, {"spot_check": chosen}, by_case)
    return {str(case.number) for case in undrawn if case.number in lot}


def _closed_list(area: Area, number: str) -> Published:
    found = listing().published(number)
    if found is None or found.area != area.number:
        words = _("This street has no closed list with this number.")
        raise Invalid({"number": [Reason("no-list", words)]})
    return found


def _to_draw_from(public_list: Published) -> list[Application]:
    """The list's cases that stand before the district's proposal, or were drawn for before."""
    cases = Application.objects.filter(pk__in=public_list.cases).order_by("pk")
    return [
        case
        for case in cases
        if case.spot_check is not None or case.road.step("propose", case.state) is not None
    ]
