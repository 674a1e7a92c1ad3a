"""Very many cases at once, for figures and races: written in sets, with the acts that lie behind them.

Each is a single household that stands reviewed or cleared, with one Event per act as the verbs would have
written it, so that four eyes, history and lists have the real amount to do. Visits and income are left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from relief.applications.models import Application
from relief.applications.states import State
from relief.households.id_number import make_demo_id
from relief.households.models import Household, Membership
from relief.households.register import HouseholdEntry, PersonEntry, prepare_households, write_households
from relief.ledger.series import next_numbers
from relief.officers.authority import acting
from relief.officers.models import Role
from relief.trail import bulk, clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import event_for
from tests.factories.cases import NAMES
from tests.factories.district import District

_sequence = itertools.count(1)
#: what lies behind a reviewed case, and who did it
ACTS = (
    ("open-draft", Role.COMMUNITY_CLERK),
    ("income", Role.COMMUNITY_CLERK),
    ("submit", Role.COMMUNITY_CLERK),
    ("accept", Role.STREET_ACCEPTOR),
    ("visit", Role.COMMUNITY_EXAMINER),
    ("examine", Role.COMMUNITY_EXAMINER),
    ("visit", Role.STREET_REVIEWER),
    ("cross-check", Role.DISTRICT_CHECKER),
    ("income", Role.STREET_REVIEWER),
    ("review", Role.STREET_REVIEWER),
)


@transaction.atomic
def crowd(
    district: District, count: int, *, street: str = "101", state: str = State.REVIEWED
) -> list[Application]:
    """`count` cases of a street's communities, in turn, all at `state`."""
    communities = [number for number in district.areas if number.startswith(street) and len(number) == 5]
    homes = _households(district, [communities[n % len(communities)] for n in range(count)])
    heads = {row.household_id: row.person_id for row in Membership.objects.filter(household__in=homes)}
    today = clock.today()
    numbers = next_numbers(f"case:{street}:{today.year}", count)
    cases = [
        Application(
            number=f"{today.year}-{street}-{number:05d}",
            benefit="guarantee",
            road_key="57",
            household=home,
            applicant_id=heads[home.pk],
            community_id=home.community_id,
            state=state,
            persons=1,
            submitted_on=today,
            accepted_on=today,
            survey_from=today,
            matched_on=today,
            open_hits=0,
            recommended=True,
            income_per_head=Decimal(400),
            proposed_persons=1,
            proposed_amount=Decimal(611),
            proposed_top_up=Decimal(0),
        )
        for home, number in zip(homes, numbers, strict=True)
    ]
    bulk.create(Application, cases, _acts(district, cases))
    return cases


def _households(district: District, communities: Sequence[str]) -> list[Household]:
    entries = [
        HouseholdEntry(
            community=community,
            address="安宁里 3 号楼 201 室",
            phone="13900000000",
            members=[
                PersonEntry(
                    name=NAMES[n % len(NAMES)],
                    id_number=make_demo_id(date(1950, 1, 1) + timedelta(days=n // 1000), n % 1000),
                    relation="head",
                )
            ],
        )
        for n, community in zip(_sequence, communities, strict=False)
    ]
    homes = prepare_households(entries)
    clerks = _actors(district, Role.COMMUNITY_CLERK, set(communities))
    events = [
        event_for("register-household", home, actor=clerks[home.community_id], area=home.community_id)
        for home in homes
    ]
    write_households(homes, entries, bulk.record_many(events), from_date=clock.today())
    return homes


def _acts(district: District, cases: Sequence[Application]) -> list[Event]:
    """Every act behind each case; returns the last ones, which sign the rows."""
    events: list[Event] = []
    for act, role in ACTS:
        actors = _actors(district, role, {case.area for case in cases})
        events = bulk.record_many(
            [event_for(act, case, actor=actors[case.area], area=case.area) for case in cases]
        )
    return events


def _actors(district: District, role: Role, communities: set[str]) -> dict[str, Actor]:
    """Who acts in `role` for each community."""
    reach = 5 if role.startswith("community") else 3 if role.startswith("street") else 0
    return {area: acting(district.officer(role, area[:reach]), {role}, area) for area in communities}
