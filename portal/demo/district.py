"""The invented district 明河区 as it is set up: its places, its rules and everybody in office."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from wagtail.models import Page

from portal.demo.ground import DISTRICT, Ground
from portal.pages.above import HOME_DEPTH
from relief.officers.appoint import appoint, appoint_to_section, register_officer
from relief.officers.models import Officer, Role
from relief.places.models import Area, Board
from relief.places.set_up import SETUP, enter_area, enter_board, enter_station
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.standards.rules import enter_rules

#: urban guarantee standard, yuan per person and month, as it rose each July before the demo's year
GUARANTEE_STANDARDS = ("925", "972", "1011")

PASSWORD = "sunshine-demo-1"  # noqa: S105  printed for everybody: the demo holds nothing real


@dataclass
class District:
    """What the acts of the demo need, once it is set up."""

    ground: Ground
    areas: dict[str, Area] = field(default_factory=dict)
    boards: list[Board] = field(default_factory=list)
    officers: dict[str, Officer] = field(default_factory=dict)
    _seated: dict[tuple[Role, str], list[Officer]] = field(default_factory=dict)

    def who(self, username: str) -> Officer:
        return self.officers[username]

    def seat(self, officer: Officer, username: str, role: Role, area: str) -> None:
        self.officers[username] = officer
        self._seated.setdefault((role, area), []).append(officer)

    def all_in(self, role: Role, area: str) -> list[Officer]:
        """Who holds a role in an area, in the order of the seats."""
        return self._seated[role, area]

    def one_in(self, role: Role, area: str, turn: int = 0) -> Officer:
        """One of them, in turn."""
        officers = self.all_in(role, area)
        return officers[turn % len(officers)]

    def clerk(self, community: str) -> Officer:
        return self.one_in(Role.COMMUNITY_CLERK, community)

    def examiner(self, community: str) -> Officer:
        return self.one_in(Role.COMMUNITY_EXAMINER, community)

    def approver(self, street: str, turn: int) -> Officer:
        """Who confirms a street's cases: the district, or the street itself where it is delegated."""
        if street in self.ground.delegated:
            return self.one_in(Role.STREET_APPROVER, street, turn)
        return self.one_in(Role.DISTRICT_APPROVER, DISTRICT, turn)


def set_up_places(district: District) -> None:
    """Enter areas, stations and boards."""
    ground = district.ground
    for place in ground.places:
        district.areas[place.number] = enter_area(place.number, name_zh=place.zh, name_en=place.en)
    for line, station in enumerate(ground.stations, start=1):
        enter_station(
            district.areas[station.area],
            name_zh=station.zh,
            name_en=station.en,
            address_zh=station.address_zh,
            address_en=station.address_en,
            phone=f"0400-000-{1000 + line:04d}",
        )
    district.boards = [
        enter_board(district.areas[board.area], name_zh=board.zh, name_en=board.en) for board in ground.boards
    ]


def set_up_rules(ground: Ground, *, since: date) -> None:
    """Enter rule set 57号, the guarantee standards of the last years and the streets that confirm."""
    enter_rules()
    local = Clause.objects.get(key="local")
    latest = since.year if since >= date(since.year, 7, 1) else since.year - 1
    for year, yuan in enumerate(GUARANTEE_STANDARDS, start=latest - len(GUARANTEE_STANDARDS) + 1):
        rise = date(year, 7, 1)
        enter_standard("guarantee.standard", kind=Kind.MONEY, value=yuan, from_date=rise, clause=local)
    if ground.delegated:
        streets = " ".join(ground.delegated)
        clause = Clause.objects.get(key="57-2")
        enter_standard(
            "confirmation.delegated", kind=Kind.LIST, value=streets, from_date=since, clause=clause
        )


def set_up_officers(district: District, *, since: date) -> None:
    """Open an account for every seat and appoint its officer."""
    for seat in district.ground.seats:
        officer = register_officer(
            seat.username,
            password=PASSWORD,
            name=seat.name,
            office=district.ground.office_of(seat),
            language=seat.language,
            by=SETUP,
        )
        for role in seat.roles:
            if seat.section:
                key = section_key(seat.section)
                appoint_to_section(officer, role=role, section=key, from_date=since, by=SETUP)
            else:
                appoint(officer, role=role, area=seat.area, from_date=since, by=SETUP)
            district.seat(officer, seat.username, role, seat.area)


def section_key(slug: str) -> UUID:
    """The translation key of a section of the site, by its address below the home pages."""
    key: UUID = Page.objects.filter(depth=HOME_DEPTH + 1, slug=slug).values_list(
        "translation_key", flat=True
    )[0]
    return key
