"""The ground of the demo at one scale (规模): places, stations, boards, roads, and who sits where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from relief.officers.models import Role

DISTRICT = "000"


class Place(NamedTuple):
    """An area with its number and its name in both languages."""

    number: str
    zh: str
    en: str


class StationEntry(NamedTuple):
    """A relief station of an area, with names and addresses in both languages."""

    area: str
    zh: str
    en: str
    address_zh: str
    address_en: str


class BoardEntry(NamedTuple):
    """A bulletin board or big screen of a community."""

    area: str
    zh: str
    en: str


@dataclass(frozen=True)
class Seat:
    """One account: who sits where in which roles; `section` names the part of the site they are held over."""

    username: str
    name: str
    area: str
    roles: tuple[Role, ...]
    language: str = "zh-hans"
    section: str = ""


@dataclass(frozen=True)
class Ground:
    """Places and offices. `roads` names the roads of each community; `delegated` the confirming streets."""

    places: tuple[Place, ...]
    stations: tuple[StationEntry, ...]
    boards: tuple[BoardEntry, ...]
    roads: Mapping[str, tuple[str, ...]]
    seats: tuple[Seat, ...]
    delegated: tuple[str, ...] = ()

    @property
    def streets(self) -> list[str]:
        return [place.number for place in self.places if len(place.number) == 3 and place.number != DISTRICT]

    @property
    def communities(self) -> list[str]:
        return [place.number for place in self.places if len(place.number) == 5]

    def name(self, area: str) -> str:
        """The Chinese name of an area."""
        return next(place.zh for place in self.places if place.number == area)

    def office_of(self, seat: Seat) -> str:
        """The office as it stands in records: 明河区民政局, 河东街道办事处, 东园社区居委会."""
        ending = "民政局" if seat.area == DISTRICT else "办事处" if len(seat.area) == 3 else "居委会"
        return self.name(seat.area) + ending
