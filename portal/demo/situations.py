"""Situations in which people come to the counter (家庭情况): who lives together, on what, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.demo.people import Kin

#: yuan per month between two bounds, by kind of income
Income = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Situation:
    """A kind of household; `verified` is what the street finds where it isn't what was declared."""

    kin: tuple[Kin, ...]
    income: Income
    story: str
    source: str
    top_up: int = 0
    kind: str = "stable"
    applicant: int = 0
    verified: Income = field(default_factory=dict)
    mismatch: str = ""


def _m(relation: str, youngest: int, oldest: int, health: str = "") -> Kin:
    return Kin(relation, "m", youngest, oldest, health)


def _f(relation: str, youngest: int, oldest: int, health: str = "") -> Kin:
    return Kin(relation, "f", youngest, oldest, health)


SITUATIONS: dict[str, Situation] = {
    "widow": Situation(
        (_f("head", 70, 84, "高血压、类风湿"),),
        {"transfers": (210, 320)},
        "申请人丧偶独居，子女均在外地务农，患慢性病常年服药，日常由邻居和社区志愿者照应",
        "城乡居民基础养老金和子女赡养费",
        top_up=100,
    ),
    "old-couple": Situation(
        (_m("head", 71, 80, "脑梗后遗症"), _f("spouse", 69, 78, "糖尿病")),
        {"transfers": (430, 680)},
        "夫妻二人年老体弱，丈夫行动不便，妻子患糖尿病，独女远嫁且自身负担较重",
        "二人的城乡居民基础养老金和女儿赡养费",
        top_up=200,
    ),
    "dialysis": Situation(
        (_m("head", 46, 57), _f("spouse", 45, 56, "尿毒症，每周透析三次")),
        {"wages": (1700, 2150), "deductions": (500, 700)},
        "妻子患尿毒症，每周透析三次，丈夫为照料妻子只能就近打零工",
        "丈夫在物流园装卸的零工收入，已扣减自付医疗费用",
        top_up=150,
        kind="irregular",
    ),
    "disabled": Situation(
        (_m("head", 31, 49, "肢体残疾一级"),),
        {"transfers": (180, 300)},
        "申请人肢体重度残疾，无业，与父母同住但父母属低保边缘家庭，按单人户提出申请",
        "父母给予的生活费",
        top_up=200,
    ),
    "mother-child": Situation(
        (_f("head", 34, 43), _m("child", 7, 14)),
        {"wages": (980, 1450), "transfers": (200, 300)},
        "申请人离异后独自抚养孩子，在超市做小时工，孩子在读，前夫抚养费时有时无",
        "超市小时工工资和前夫给付的抚养费",
        top_up=100,
        kind="irregular",
    ),
    "mother-two": Situation(
        (_f("head", 36, 44), _f("child", 12, 16), _m("child", 6, 10)),
        {"wages": (1500, 1900)},
        "丈夫因病去世，申请人带两个在读子女租房居住，靠做保洁维持生活",
        "保洁工资",
        top_up=200,
        kind="irregular",
    ),
    "laid-off": Situation(
        (_m("head", 50, 57), _f("spouse", 48, 55), _f("child", 18, 21)),
        {"wages": (1800, 2400)},
        "夫妻原所在企业停产，工资拖欠已逾半年，女儿在读全日制本科",
        "丈夫看守厂房实际领到的生活费和妻子的零工收入",
        kind="irregular",
    ),
    "pedlar": Situation(
        (_m("head", 42, 52), _f("spouse", 40, 50, "精神残疾三级"), _m("child", 9, 15)),
        {"business": (1700, 2300)},
        "丈夫摆早点摊，妻子患精神疾病需长期服药，孩子在读",
        "早点摊经营净收入",
        top_up=100,
        kind="irregular",
    ),
    "grandparents": Situation(
        (_m("head", 68, 75), _f("spouse", 66, 73, "白内障"), _f("grandchild", 8, 13)),
        {"transfers": (600, 850)},
        "儿子服刑、儿媳改嫁，祖父母抚养孙女，仅靠养老金生活",
        "祖父母的养老金",
        top_up=300,
    ),
    "orphaned": Situation(
        (_f("head", 76, 83, "卧床"), _m("grandchild", 16, 16)),
        {"transfers": (260, 380)},
        "父母均已去世，祖孙二人相依为命，祖母卧床，由在读高中的孙子作为申请人提出申请",
        "祖母的养老金",
        top_up=300,
        applicant=1,
    ),
    "jobless": Situation(
        (_m("head", 52, 58, "腰椎间盘突出"),),
        {"wages": (300, 600)},
        "申请人单身，腰部有疾，难以从事重体力劳动，就业援助期间尚未找到稳定工作",
        "社区公益性岗位补贴以外的零散收入",
        kind="irregular",
    ),
    "hidden-wages": Situation(
        (_m("head", 38, 46), _f("spouse", 36, 44), _m("child", 8, 14)),
        {"wages": (1600, 2000)},
        "夫妻申报均为零散务工，孩子在读，住房为两居室，家中陈设较新",
        "申报为夫妻零散务工收入",
        kind="irregular",
        verified={"wages": (5200, 6400)},
        mismatch="比对发现申请人配偶以单位职工身份参加职工养老保险，缴费基数与申报收入不符；已告知申请人，"
        "申请人在期限内未提出异议。",
    ),
    "second-flat": Situation(
        (_m("head", 55, 62), _f("spouse", 53, 60)),
        {"wages": (900, 1300)},
        "夫妻二人无固定工作，现居住房为自有两居室",
        "夫妻零散务工收入",
        kind="irregular",
    ),
}
