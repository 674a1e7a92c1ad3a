"""A district of two streets for tests: places, rules, one officer per role and place, through the verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from relief.officers.appoint import appoint, register_officer
from relief.officers.models import LEVEL_OF, Officer, Role
from relief.places.models import Area, Board, Level
from relief.places.set_up import SETUP, enter_area, enter_board
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.standards.rules import enter_rules
from tests.factories.kept import kept

SINCE = date(2024, 1, 1)
PASSWORD = "sunshine-demo-1"

PLACES = (
    ("000", "明河区", "Minghe District"),
    ("101", "河东街道", "Hedong Street"),
    ("10101", "东园社区", "Dongyuan Community"),
    ("10102", "西园社区", "Xiyuan Community"),
    ("102", "河西街道", "Hexi Street"),
    ("10201", "柳湾社区", "Liuwan Community"),
)

COMMUNITY_ROLES = tuple(role for role, level in LEVEL_OF.items() if level == Level.COMMUNITY)
STREET_ROLES = tuple(role for role, level in LEVEL_OF.items() if level == Level.STREET)
DISTRICT_ROLES = tuple(role for role in Role if role not in (*COMMUNITY_ROLES, *STREET_ROLES))


@dataclass
class District:
    """Officers by role and area: `district.officer(Role.STREET_REVIEWER, "101")`."""

    areas: dict[str, Area] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    officers: dict[tuple[str, str], Officer] = field(default_factory=dict)

    def officer(self, role: str, area: str = "") -> Officer:
        return next(
            officer
            for (its, where), officer in self.officers.items()
            if its == role and where.startswith(area)
        )


@kept
def make_district(standard: str = "1011") -> District:
    """The whole ground that a case needs; `standard` is yuan per person and month."""
    district = District()
    for number, zh, en in PLACES:
        district.areas[number] = enter_area(number, name_zh=zh, name_en=en)
        if len(number) == 5:
            district.boards[number] = enter_board(
                district.areas[number], name_zh=f"{zh}公告栏", name_en=f"{en} board"
            )
    enter_rules()
    enter_standard(
        "guarantee.standard",
        kind=Kind.MONEY,
        value=standard,
        from_date=SINCE,
        clause=Clause.objects.get(key="local"),
    )
    for role in COMMUNITY_ROLES:
        for area in ("10101", "10102", "10201"):
            seat_officer(district, role, area)
    for role in STREET_ROLES:
        for area in ("101", "102"):
            seat_officer(district, role, area)
    for role in DISTRICT_ROLES:
        seat_officer(district, role, "000")
    return district


def seat_officer(district: District, role: Role, area: str) -> None:
    username = f"{role.value}-{area}"
    officer = register_officer(
        username,
        password=PASSWORD,
        name=f"{role.value} {area}",
        office=district.areas[area].name_zh,
        by=SETUP,
    )
    appoint(officer, role=role, area=area, from_date=SINCE, by=SETUP)
    district.officers[role, area] = officer
