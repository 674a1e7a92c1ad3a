"""The invented district 明河区: one street, three communities, its rules and everybody in office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from relief.officers.appoint import appoint, register_officer
from relief.officers.models import Officer, Role
from relief.places.models import Area, Board
from relief.places.set_up import SETUP, enter_area, enter_board, enter_station
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.standards.rules import enter_rules

DISTRICT, STREET = "000", "101"
COMMUNITIES = ("10101", "10102", "10103")
PLACES = (
    (DISTRICT, "明河区", "Minghe District"),
    (STREET, "河东街道", "Hedong Street"),
    ("10101", "东园社区", "Dongyuan Community"),
    ("10102", "柳湾社区", "Liuwan Community"),
    ("10103", "石桥社区", "Shiqiao Community"),
)
STATIONS = (
    (STREET, "河东街道社会救助站", "Hedong Street Relief Station", "河东路18号", "18 Hedong Road"),
    ("10101", "东园社区救助服务站", "Dongyuan Relief Station", "东园路6号", "6 Dongyuan Road"),
    ("10102", "柳湾社区救助服务站", "Liuwan Relief Station", "柳湾巷21号", "21 Liuwan Lane"),
    ("10103", "石桥社区救助服务站", "Shiqiao Relief Station", "石桥街93号", "93 Shiqiao Street"),
)
BOARDS = (
    ("10101", "东园社区居委会门前公告栏", "Dongyuan notice board, committee gate"),
    ("10102", "柳湾社区服务中心公告栏", "Liuwan notice board, service centre"),
    ("10103", "石桥社区居委会门前公告栏", "Shiqiao notice board, committee gate"),
    ("10103", "石桥菜市场电子屏", "Shiqiao market big screen"),
)
#: urban guarantee standard, yuan per person and month, from a date on
GUARANTEE_STANDARDS = ((date(2023, 7, 1), "925"), (date(2024, 7, 1), "972"), (date(2025, 7, 1), "1011"))

PASSWORD = "sunshine-demo-1"  # noqa: S105  printed for everybody: the demo holds nothing real


@dataclass(frozen=True)
class Seat:
    """One account: who sits where in which roles."""

    username: str
    name: str
    area: str
    roles: tuple[Role, ...]
    language: str = "zh-hans"


SEATS = (
    Seat("shequ1", "何晓芸", "10101", (Role.COMMUNITY_CLERK,)),
    Seat("shequ1-shencha", "邱国梁", "10101", (Role.COMMUNITY_EXAMINER,)),
    Seat("shequ2", "沈佳慧", "10102", (Role.COMMUNITY_CLERK,)),
    Seat("shequ2-shencha", "鲁明哲", "10102", (Role.COMMUNITY_EXAMINER,)),
    Seat("shequ3", "纪春燕", "10103", (Role.COMMUNITY_CLERK,)),
    Seat("shequ3-shencha", "严守诚", "10103", (Role.COMMUNITY_EXAMINER,)),
    Seat("jiedao-shouli", "温静怡", STREET, (Role.STREET_ACCEPTOR,)),
    Seat("jiedao-shenhe", "章立新", STREET, (Role.STREET_REVIEWER,)),
    # Two roles in one person, here and in the district: who signs in meets the rule of the second person.
    Seat("jiedao-shenhe2", "骆清河", STREET, (Role.STREET_REVIEWER, Role.STREET_PUBLISHER)),
    Seat("jiedao-gongshi", "尤敏之", STREET, (Role.STREET_PUBLISHER,)),
    Seat("jiedao-fuze", "阮振声", STREET, (Role.STREET_LEADER,)),
    Seat("qu-hedui", "丁若兰", DISTRICT, (Role.DISTRICT_CHECKER,)),
    Seat("qu-shenpi", "祁正平", DISTRICT, (Role.DISTRICT_APPROVER,)),
    Seat("qu-shenpi2", "卓文澜", DISTRICT, (Role.DISTRICT_APPROVER, Role.DISTRICT_ANNOUNCER), language="en"),
    Seat("qu-gonggao", "葛思源", DISTRICT, (Role.DISTRICT_ANNOUNCER,)),
    Seat("qu-fuze", "郁怀远", DISTRICT, (Role.DISTRICT_LEADER,)),
    Seat("bianji", "舒雅宁", DISTRICT, (Role.EDITOR,)),
    Seat("shenji", "柏廷玉", DISTRICT, (Role.AUDITOR,)),
)


@dataclass
class District:
    """What the acts of the demo need, once it is set up."""

    areas: dict[str, Area] = field(default_factory=dict)
    boards: list[Board] = field(default_factory=list)
    officers: dict[str, Officer] = field(default_factory=dict)

    def who(self, username: str) -> Officer:
        return self.officers[username]

    def clerk(self, community: str) -> Officer:
        return self.who(f"shequ{community[-1]}")

    def examiner(self, community: str) -> Officer:
        return self.who(f"shequ{community[-1]}-shencha")


def set_up_places(district: District) -> None:
    """Enter areas, stations and boards."""
    for number, zh, en in PLACES:
        district.areas[number] = enter_area(number, name_zh=zh, name_en=en)
    for place, (number, zh, en, address_zh, address_en) in enumerate(STATIONS, start=1):
        enter_station(
            district.areas[number],
            name_zh=zh,
            name_en=en,
            address_zh=address_zh,
            address_en=address_en,
            phone=f"0400-000-{1000 + place:04d}",
        )
    district.boards = [enter_board(district.areas[n], name_zh=zh, name_en=en) for n, zh, en in BOARDS]


def set_up_rules() -> None:
    """Enter rule set 57号 and the guarantee standards of the last years."""
    enter_rules()
    local = Clause.objects.get(key="local")
    for since, yuan in GUARANTEE_STANDARDS:
        enter_standard("guarantee.standard", kind=Kind.MONEY, value=yuan, from_date=since, clause=local)


def set_up_officers(district: District, *, since: date, seats: Iterable[Seat] = SEATS) -> None:
    """Open an account for every seat and appoint its officer."""
    for seat in seats:
        officer = register_officer(
            seat.username,
            password=PASSWORD,
            name=seat.name,
            office=office_of(seat),
            language=seat.language,
            by=SETUP,
        )
        for role in seat.roles:
            appoint(officer, role=role, area=seat.area, from_date=since, by=SETUP)
        district.officers[seat.username] = officer


def office_of(seat: Seat) -> str:
    """The office as it stands in records: 明河区民政局, 河东街道办事处, 东园社区居委会."""
    name = next(zh for number, zh, _en in PLACES if number == seat.area)
    ending = "民政局" if seat.area == DISTRICT else "办事处" if seat.area == STREET else "居委会"
    return name + ending
