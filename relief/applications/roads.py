"""The roads in force, by benefit and date. README prints them and a test compares."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from relief.applications.road import Road, Step
from relief.applications.road_57 import ROAD_57, ROAD_57_DELEGATED
from relief.errors import MissingStandard, Reason
from relief.standards.in_force import in_force

_roads: dict[str, Road] = {road.key: road for road in (ROAD_57, ROAD_57_DELEGATED)}


def all_roads() -> list[Road]:
    return list(_roads.values())


def add_road(road: Road) -> None:
    """A project (or a test) brings a road of its own."""
    _roads[road.key] = road


def remove_road(road: Road) -> None:
    """Take a road away that no case travels (tests)."""
    del _roads[road.key]


def road_by_key(key: str) -> Road:
    return _roads[key]


def steps_of(benefit: str, act: str, state: str) -> list[Step]:
    """The rows for `act` from `state` in every road of the benefit; none where no road has them."""
    roads = [road for road in all_roads() if road.benefit == benefit]
    return [step for road in roads if (step := road.step(act, state))]


def road_for(benefit: str, day: date, street: str) -> Road:
    """The road of a case of `benefit` opened on `day` in a street.

    The dated setting `confirmation.delegated` names the streets that confirm themselves (57号 art 2). Raises
    MissingStandard when no rule set holds.
    """
    fitting = [road for road in all_roads() if road.benefit == benefit and road.from_date <= day]
    if any(road.delegated for road in fitting):
        delegated = street in in_force("confirmation.delegated", day).words
        fitting = [road for road in fitting if road.delegated == delegated]
    if not fitting:
        raise MissingStandard(Reason("no-road", _("No rule set is in force for this benefit on this day.")))
    return max(fitting, key=lambda road: road.from_date)
