"""Open the award of a decided case (给予待遇), from the month after the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from relief.applications.models import Application
from relief.awards.models import Award, AwardChange, AwardPeriod
from relief.trail import bulk
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import event_for


def month_after(day: date) -> date:
    """First day of the month after `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def open_awards(
    cases: Sequence[Application], sources: Mapping[int, Mapping[str, Any]], actor: Actor, cause: Event
) -> list[Award]:
    """An Award and its first period per case; one event per award.

    `sources` says, by the case's key, what the period rests on: `source_entry` or `source_case`.
    """
    awards = [
        Award(
            household_id=case.household_id,
            person_id=case.person_id,
            benefit=case.benefit,
            community_id=case.community_id,
        )
        for case in cases
    ]
    events = bulk.record_many(
        [
            event_for(
                "open-award", award, actor=actor, area=award.community_id, clause="57-21", cause_id=cause.pk
            )
            for award in awards
        ]
    )
    bulk.create(Award, awards, events)
    pairs = list(zip(cases, awards, strict=True))
    bulk.create(AwardPeriod, [_first_period(case, award, sources[case.pk]) for case, award in pairs], events)
    bulk.create(AwardChange, [AwardChange(application=case, award=award) for case, award in pairs], events)
    return awards


def _first_period(case: Application, award: Award, source: Mapping[str, Any]) -> AwardPeriod:
    """What was decided, from the month after."""
    assert case.decided_on is not None
    assert case.decided_amount is not None
    assert case.decided_persons is not None
    return AwardPeriod(
        award=award,
        amount=case.decided_amount,
        persons=case.decided_persons,
        from_month=month_after(case.decided_on),
        **source,
    )
