"""The whole district: 7 streets, 45 communities, a station for each, officers for all of them.

The first street and its first three communities are the small district's, with the same people in office, so
that the main accounts are called alike in both. All names are invented.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.demo.ground import DISTRICT, BoardEntry, Ground, Place, Seat, StationEntry
from portal.demo.small_ground import SMALL, STREET
from relief.officers.models import Role

#: streets in the order of their numbers, each with its communities in theirs: stem and spelling
STREETS = (
    (
        "河东 Hedong",
        "东园 Dongyuan, 柳湾 Liuwan, 石桥 Shiqiao, 杏林 Xinglin, 河沿 Heyan, 学府 Xuefu, 长堤 Changdi",
    ),
    (
        "枫林 Fenglin",
        "红枫 Hongfeng, 林泉 Linquan, 双槐 Shuanghuai, 桂园 Guiyuan, 竹溪 Zhuxi, 听松 Tingsong, 南坡 Nanpo",
    ),
    (
        "望桥 Wangqiao",
        "望桥 Wangqiao, 迎春 Yingchun, 后营 Houying, 水车 Shuiche, 广济 Guangji, 永宁 Yongning",
    ),
    (
        "清源 Qingyuan",
        "清源 Qingyuan, 井台 Jingtai, 青瓦 Qingwa, 白鹭 Bailu, 荷塘 Hetang, 芦花 Luhua",
    ),
    ("新渡 Xindu", "新渡 Xindu, 码头 Matou, 船坞 Chuanwu, 帆影 Fanying, 潮声 Chaosheng, 灯塔 Dengta"),
    (
        "松岗 Songgang",
        "松岗 Songgang, 北岭 Beiling, 育才 Yucai, 矿工 Kuanggong, 朝晖 Zhaohui, 和平 Heping",
    ),
    (
        "锦湖 Jinhu",
        "锦湖 Jinhu, 湖滨 Hubin, 玉兰 Yulan, 芳草 Fangcao, 百合 Baihe, 兴业 Xingye, 安居 Anju",
    ),
)
#: family names that no resident of the demo bears, so that an officer is never taken for an applicant
SURNAMES = (
    "俞虞柯庄殷翟倪安常齐伍牛洪季施樊兰聂焦霍童颜池简阮蓝佟祝麦艾古冉阎符景凌邢左蒲盛项褚包闵桑桂费卞康穆宫"
)
GIVEN = (
    "晓东 雅琴 建平 文静 立群 秀敏 志刚 慧芳 明远 玉洁 国华 佳宁 永强 春梅 思齐 海英 庆云 丽萍 少峰 红霞",
    "一凡 淑贞 世杰 美玲 振宇 桂芬 宏达 小燕 学军 婉如 克勤 亚丽 书恒 敏慧 大为 静波 汉生 月华 启航 雨晴",
    "卫民 素云 清扬",
)

STREET_SEATS: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("shouli", (Role.STREET_ACCEPTOR,)),
    ("shenhe", (Role.STREET_REVIEWER,)),
    ("shenhe2", (Role.STREET_REVIEWER, Role.STREET_PUBLISHER)),
    ("gongshi", (Role.STREET_PUBLISHER,)),
    ("fuze", (Role.STREET_LEADER,)),
)
#: the street to which the district has delegated confirmation (57号 art 2)
DELEGATED = "107"


def _split(words: str) -> tuple[str, str]:
    zh, en = words.split()
    return zh, en


def _named() -> Iterator[tuple[str, str, str]]:
    """Number, stem and spelling of every street and community."""
    for place, (street, communities) in enumerate(STREETS, start=1):
        yield (f"10{place}", *_split(street))
        for below, community in enumerate(communities.split(", "), start=1):
            yield (f"10{place}{below:02d}", *_split(community))


def _places() -> Iterator[Place]:
    yield SMALL.places[0]
    for number, zh, en in _named():
        kind_zh, kind_en = ("街道", "Street") if len(number) == 3 else ("社区", "Community")
        yield Place(number, zh + kind_zh, f"{en} {kind_en}")


def _stations() -> Iterator[StationEntry]:
    known = {station.area: station for station in SMALL.stations}
    for place, (number, zh, en) in enumerate(_named(), start=1):
        door = 3 + place * 17 % 90
        kind_zh, kind_en = ("街道社会救助站", " Street") if len(number) == 3 else ("社区救助服务站", "")
        invented = StationEntry(
            number, zh + kind_zh, f"{en}{kind_en} Relief Station", f"{zh}路{door}号", f"{door} {en} Road"
        )
        yield known.get(number, invented)


def _boards() -> Iterator[BoardEntry]:
    yield from SMALL.boards
    known = {board.area for board in SMALL.boards}
    for place, (number, zh, en) in enumerate(_named()):
        if len(number) == 3 or number in known:
            continue
        if place % 2:
            yield BoardEntry(number, f"{zh}社区居委会门前公告栏", f"{en} notice board, committee gate")
        else:
            yield BoardEntry(number, f"{zh}社区服务中心公告栏", f"{en} notice board, service centre")
        if number.endswith("03"):
            yield BoardEntry(number, f"{zh}菜市场电子屏", f"{en} market big screen")


def _seats() -> Iterator[Seat]:
    """The small district's seats first; the names of all others come from the two lists, none twice."""
    yield from SMALL.seats
    given = " ".join(GIVEN).split()
    names = (SURNAMES[n % len(SURNAMES)] + given[n * 7 % len(given)] for n in range(400))
    community = 0
    for number, _zh, _en in _named():
        if len(number) == 3:
            if number != STREET:
                for seat, roles in STREET_SEATS:
                    yield Seat(f"jiedao{number[-1]}-{seat}", next(names), number, roles)
            continue
        community += 1
        if number not in SMALL.communities:
            yield Seat(f"shequ{community}", next(names), number, (Role.COMMUNITY_CLERK,))
            yield Seat(f"shequ{community}-shencha", next(names), number, (Role.COMMUNITY_EXAMINER,))
    yield Seat("jiedao7-queren", next(names), DELEGATED, (Role.STREET_APPROVER,))
    yield Seat("qu-hedui2", next(names), DISTRICT, (Role.DISTRICT_CHECKER,))
    yield Seat("qu-shenpi3", next(names), DISTRICT, (Role.DISTRICT_APPROVER,))


def _roads() -> dict[str, tuple[str, ...]]:
    roads = {n: (f"{zh}路", f"{zh}东街", f"{zh}二巷") for n, zh, _en in _named() if len(n) == 5}
    return {**roads, **SMALL.roads}


FULL = Ground(
    places=tuple(_places()),
    stations=tuple(_stations()),
    boards=tuple(_boards()),
    roads=_roads(),
    seats=tuple(_seats()),
    delegated=(DELEGATED,),
)
#: who is printed: the small district's accounts and whoever holds a role that it doesn't have
MAIN_SEATS = tuple(
    seat for seat in FULL.seats if seat in SMALL.seats or seat.roles == (Role.STREET_APPROVER,)
)
