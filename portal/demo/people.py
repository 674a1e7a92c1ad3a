"""Invented people: names, households, numbers that can belong to nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from relief.households.id_number import make_demo_id
from relief.households.register import HouseholdEntry, PersonEntry

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭林高罗郑梁谢宋唐许韩邓冯曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕任姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
)
DOUBLE_SURNAMES = ("欧阳", "司徒", "上官")
#: given names by the decade in which they were in fashion, and sex
GIVEN = {
    ("old", "m"): "德顺 福生 国栋 建业 长林 守义 振东 玉山 炳坤 永昌 兴旺 维民 志远 广田 学礼 宝贵 连成 庆余",
    ("old", "f"): "桂兰 秀英 玉珍 淑琴 凤英 素华 月娥 翠萍 惠芳 兰芝 秋菊 金花 淑贤 桂珍 爱莲 春梅 玉芬 瑞云",
    ("mid", "m"): "志强 海涛 建军 卫东 永刚 立国 晓峰 宏伟 学斌 庆丰 少华 继勇 国庆 文涛 洪波 春生 向阳 福来",
    ("mid", "f"): "丽华 红梅 海燕 玉梅 秀丽 晓红 春霞 艳玲 雪梅 爱华 冬梅 彩虹 慧敏 亚男 巧云 金凤 小芳 静雯",
    ("young", "m"): "子轩 浩然 宇航 俊杰 一鸣 博文 嘉诚 思远 明轩 天佑 家豪 泽宇 晨阳 志鹏 睿哲 启航 文博",
    ("young", "f"): "欣怡 雨桐 诗涵 思琪 梦洁 佳怡 若曦 晓彤 雅静 紫萱 婉清 可馨 语嫣 静怡 心悦 雪莹 安琪",
}  # fmt: skip
#: then the halves of two given names make a third
USUAL_TRIES = 5
GENERATIONS = ((1968, "old"), (1992, "mid"), (9999, "young"))


@dataclass(frozen=True)
class Kin:
    """A member to be invented: relation to the head, sex, age between two bounds, health in words."""

    relation: str
    sex: str
    youngest: int
    oldest: int
    health: str = ""


class People:
    """Invents people one after another; the same seed invents the same people. No name comes twice."""

    def __init__(self, seed: str, today: date, roads: Mapping[str, Sequence[str]]) -> None:
        self._roads = roads
        self._random = Random(seed)
        self._today = today
        self._names: set[str] = set()
        self._numbers: set[str] = set()
        self._phones = 0

    def household(self, community: str, kin: tuple[Kin, ...], kind: str) -> HouseholdEntry:
        """A household of these members; the first is the head and gives children the family name."""
        family = self._random.choice(SURNAMES) if self._random.random() > 0.02 else DOUBLE_SURNAMES[0]
        members = []
        for member in kin:
            born = self._born(member)
            own = member.relation in ("head", "child", "grandchild", "sibling")
            surname = family if own else self._random.choice(SURNAMES)
            members.append(
                PersonEntry(
                    name=self._name(surname, born, member.sex),
                    id_number=self._number(born, member.sex),
                    relation=member.relation,
                    health=member.health,
                )
            )
        return HouseholdEntry(
            community=community,
            address=self._address(community),
            phone=self._phone(),
            account=f"99000000000{self._random.randrange(10**8):08d}",
            kind=kind,
            members=members,
        )

    def somebody(self) -> tuple[str, str]:
        """Name and telephone of somebody who isn't in the register."""
        sex = self._random.choice("mf")
        name = self._name(self._random.choice(SURNAMES), self._today.replace(year=1975, day=1), sex)
        return name, self._phone()

    def _born(self, member: Kin) -> date:
        age = self._random.randint(member.youngest, member.oldest)
        # A day inside the year of that age, so that nobody comes of age while the demo runs.
        return self._today.replace(year=self._today.year - age, day=1) - timedelta(
            days=self._random.randint(20, 300)
        )

    def _name(self, surname: str, born: date, sex: str) -> str:
        generation = next(word for until, word in GENERATIONS if born.year < until)
        given = GIVEN[generation, sex].split()
        name, tries = surname + self._random.choice(given), 0
        while name in self._names:
            tries += 1
            surname = self._random.choice(SURNAMES) if self._random.random() < 0.1 else surname
            word = self._random.choice(given)
            if tries > USUAL_TRIES:  # a whole district bears more names than were in fashion
                word = word[0] + self._random.choice(given)[1]
            name = surname + word
        self._names.add(name)
        return name

    def _number(self, born: date, sex: str) -> str:
        odd = int(sex == "m")
        while (number := make_demo_id(born, self._random.randrange(odd, 998, 2))) in self._numbers:
            pass
        self._numbers.add(number)
        return number

    def _phone(self) -> str:
        """Numbers from 140…: a range for machines, given to no person."""
        self._phones += 1
        return f"140{self._random.randrange(10**4):04d}{self._phones:04d}"

    def _address(self, community: str) -> str:
        road = self._random.choice(self._roads[community])
        house, stairs = self._random.randint(1, 86), self._random.randint(1, 5)
        return f"{road}{house}号{stairs}单元{self._random.randint(1, 6)}0{self._random.randint(1, 3)}室"
