"""Enter the places of a district at set-up."""

from __future__ import annotations

from typing import TypeVar

from relief.places.models import Area, Board, Level, Named, Station
from relief.trail.actor import Robot
from relief.trail.record import record
from relief.trail.verb import verb

N = TypeVar("N", bound=Named)
SETUP = Robot("setup")


@verb("enter-area")
def enter_area(number: str, *, name_zh: str, name_en: str, by: Robot = SETUP) -> Area:
    """Enter an area; its level follows from the length of the number."""
    level = Level.DISTRICT if number == "000" else Level.STREET if len(number) == 3 else Level.COMMUNITY
    return _enter(
        Area(number=number, level=level, name_zh=name_zh, name_en=name_en), "enter-area", number, by
    )


@verb("enter-station")
def enter_station(
    area: Area, *, name_zh: str, name_en: str, address_zh: str, address_en: str, phone: str, by: Robot = SETUP
) -> Station:
    """Enter a service station."""
    station = Station(
        area=area, name_zh=name_zh, name_en=name_en, address_zh=address_zh, address_en=address_en, phone=phone
    )
    return _enter(station, "enter-station", area.number, by)


@verb("enter-board")
def enter_board(area: Area, *, name_zh: str, name_en: str, by: Robot = SETUP) -> Board:
    """Enter a bulletin board of a community."""
    return _enter(Board(area=area, name_zh=name_zh, name_en=name_en), "enter-board", area.number, by)


def _enter(place: N, act: str, area: str, by: Robot) -> N:
    place.save(event=record(act, place, actor=by.actor(), area=area))
    return place
