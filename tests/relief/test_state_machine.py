"""No history of acts, by whomever and whenever, breaks the truths of the road (both databases).

Never approval without the publicity that the road asks, with an objection open, or without the district's
own visit where a relative or a complaint is registered; never one person at two levels; no changed row
without exactly one history row naming its act; exactly one event per act and case; all forms of a list
equal, and nobody in them who left it; no private value in a public byte; the journal gapless; a stopped
clock stands still; a second tick finds nothing. See `road_truths`.
"""

from datetime import date

import hypothesis
import pytest
from hypothesis import Phase
from hypothesis.stateful import run_state_machine_as_test

from relief.officers.appoint import appoint, dismiss, register_officer
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from tests.factories.district import SINCE, District, make_district
from tests.relief.road_machine import RoadMachine

COMMUNITY = (Role.COMMUNITY_CLERK, Role.COMMUNITY_EXAMINER)
STREET = (Role.STREET_ACCEPTOR, Role.STREET_REVIEWER, Role.STREET_PUBLISHER, Role.STREET_APPROVER)
#: people with more than one office, so that four eyes are put to the test
MANY_OFFICES = {
    "everybody": (
        *((role, area) for role in COMMUNITY for area in ("10101", "10102", "10201")),
        *((role, area) for role in STREET for area in ("101", "102")),
        (Role.DISTRICT_CHECKER, "000"),
        (Role.DISTRICT_APPROVER, "000"),
        (Role.DISTRICT_ANNOUNCER, "000"),
    ),
    "street": ((Role.STREET_REVIEWER, "101"), (Role.STREET_PUBLISHER, "101")),
    "district": ((Role.DISTRICT_APPROVER, "000"), (Role.DISTRICT_ANNOUNCER, "000")),
    "gone": ((Role.DISTRICT_APPROVER, "000"), (Role.STREET_REVIEWER, "101")),
}


@pytest.fixture
def ground(db: None) -> tuple[District, list[Officer]]:
    """A district, and everybody who may try an act there; the first have too many offices."""
    with clock.moved_to(clock.at(date(2026, 3, 1))):
        district = make_district()
        local = Clause.objects.get(key="local")
        delegated = {"kind": Kind.LIST, "value": "102", "from_date": date(2026, 1, 1)}
        enter_standard("confirmation.delegated", clause=local, **delegated)
        many = [officer_with(name, offices) for name, offices in MANY_OFFICES.items()]
        dismiss(many[-1], by=SETUP, version=many[-1].version)
    return district, [*many, *district.officers.values()]


def officer_with(name: str, offices: tuple[tuple[Role, str], ...]) -> Officer:
    officer = register_officer(name, password="sunshine-demo-1", name=name, office="明河区", by=SETUP)
    for role, area in offices:
        appoint(officer, role=role, area=area, from_date=SINCE, by=SETUP)
    return officer


def play(ground: tuple[District, list[Officer]], examples: int, steps: int) -> None:
    settings = hypothesis.settings(
        max_examples=examples,
        stateful_step_count=steps,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    run_state_machine_as_test(lambda: RoadMachine(*ground), settings=settings)


@pytest.mark.both
def test_the_truths_of_the_road_hold(ground):
    play(ground, examples=6, steps=22)


@pytest.mark.long
@pytest.mark.once("sqlite")
def test_the_truths_of_the_road_hold_for_long(ground, full_counts):
    play(ground, examples=400 if full_counts else 14, steps=50)
