"""The small district: one street, three communities, one officer for nearly every role."""

from __future__ import annotations

from portal.demo.ground import DISTRICT, BoardEntry, Ground, Place, Seat, StationEntry
from relief.officers.models import Role

STREET = "101"
PLACES = (
    Place(DISTRICT, "明河区", "Minghe District"),
    Place(STREET, "河东街道", "Hedong Street"),
    Place("10101", "东园社区", "Dongyuan Community"),
    Place("10102", "柳湾社区", "Liuwan Community"),
    Place("10103", "石桥社区", "Shiqiao Community"),
)
STATIONS = (
    StationEntry(
        STREET, "河东街道社会救助站", "Hedong Street Relief Station", "河东路18号", "18 Hedong Road"
    ),
    StationEntry("10101", "东园社区救助服务站", "Dongyuan Relief Station", "东园路6号", "6 Dongyuan Road"),
    StationEntry("10102", "柳湾社区救助服务站", "Liuwan Relief Station", "柳湾巷21号", "21 Liuwan Lane"),
    StationEntry("10103", "石桥社区救助服务站", "Shiqiao Relief Station", "石桥街93号", "93 Shiqiao Street"),
)
BOARDS = (
    BoardEntry("10101", "东园社区居委会门前公告栏", "Dongyuan notice board, committee gate"),
    BoardEntry("10102", "柳湾社区服务中心公告栏", "Liuwan notice board, service centre"),
    BoardEntry("10103", "石桥社区居委会门前公告栏", "Shiqiao notice board, committee gate"),
    BoardEntry("10103", "石桥菜市场电子屏", "Shiqiao market big screen"),
)
ROADS = {
    "10101": ("东园路", "园前街", "杏花巷"),
    "10102": ("柳湾巷", "柳荫路", "湾子街"),
    "10103": ("石桥街", "桥南路", "拱辰巷"),
}
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
    Seat("bianji-zhengce", "梅知秋", DISTRICT, (Role.SECTION_EDITOR,), section="policies"),
    Seat("wangzhan-shenhe", "苗书远", DISTRICT, (Role.REVIEWER,)),
    Seat("wangzhan-qianfa", "晏清和", DISTRICT, (Role.PUBLISHER,)),
    Seat("shenji", "柏廷玉", DISTRICT, (Role.AUDITOR,)),
)

SMALL = Ground(PLACES, STATIONS, BOARDS, ROADS, SEATS)
