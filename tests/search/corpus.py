"""Some 600 invented official texts, made from facts, so that what is right for a query is a rule over facts.

Half of the texts use only one of a programme's two names. No person is named anywhere. Traps stand in the
filling: 办公示意图 holds 公示, 集中和分散 holds 中和, 总和平均 holds 和平.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from search.record import Record

STREETS = tuple(
    f"{one}街道" for one in ("和平", "中和", "东湖", "南山", "青云", "桂花", "白沙", "北关", "滨江")
) + (
    "金沙镇",
    "石桥镇",
    "柳林镇",
)
#: key → official name, what people say, what it is about
PROGRAMMES = {
    "guarantee": ("最低生活保障", "低保"),
    "destitute": ("特困人员救助供养", "五保供养"),
    "temporary": ("临时救助", "急难救助"),
    "medical": ("医疗救助", "大病救助"),
    "education": ("教育救助", "助学救助"),
    "disabled": ("困难残疾人生活补贴和重度残疾人护理补贴", "残疾人两项补贴"),
    "aged": ("高龄津贴", "尊老金"),
    "orphans": ("孤儿基本生活费", "孤儿津贴"),
    "jobs": ("就业救助", "就业援助"),
}
LATIN = {
    "guarantee": "minimum living guarantee",
    "temporary": "temporary relief",
    "medical": "medical relief",
}
LISTS = {"gs": "批前公示", "gg": "批后公告", "cs": "长期公示", "bg": "变动公示"}
ISSUERS = ("明河区民政局", "明河区人民政府", "明河区财政局")
SUBJECTS = {
    "review": ("定期复核", "开展{y}年度{p}定期复核工作"),
    "grants": ("资金发放", "做好{y}年{p}资金发放工作"),
    "training": ("业务培训", "举办{y}年{p}经办人员业务培训班"),
    "publicity": ("政策宣传月", "组织{y}年{p}政策宣传月活动"),
    "spotcheck": ("抽查结果", "通报{y}年{p}抽查结果"),
}
FILLING = (
    "各街道、镇要严格执行动态管理要求，做到应保尽保、应退尽退，不得优亲厚友。",
    "办理地点见附件中的办公示意图，工作日上午九时至十二时受理。",
    "供养对象实行集中和分散相结合的方式，费用按照上级文件同步调整。",
    "家庭人均收入按照共同生活成员收入总和平均计算，由核对机构出具报告。",
    "对年老体弱、行动不便的居民，工作人员上门服务，代为办理有关手续。",
    "各单位要利用宣传栏、服务热线等渠道，告知群众办事流程。",
    "本次工作坚持公开、公平、公正原则，资料留存备查。",
    "凡弄虚作假、隐瞒收入的，一经查实立即取消资格并追回已发放款项。",
    "对结果不服的，可以在六十日内申请行政复议，或者在六个月内提起行政诉讼。",
    "经办人员应当为群众保守秘密，不得泄露个人信息。",
)


@dataclass(frozen=True)
class Text:
    """One text with the facts that it was made from."""

    record: Record
    programme: str = ""
    subject: str = ""
    number: str = ""
    cites: str = ""
    amount: int = 0


def _day(chance: random.Random, year: int) -> date:
    return date(year, 1, 1) + timedelta(days=chance.randrange(364))


def _body(chance: random.Random, *head: str) -> str:
    return "\n".join([*head, *chance.sample(FILLING, 4)])


def _name(chance: random.Random, programme: str) -> str:
    return chance.choice(PROGRAMMES[programme])


@cache
def texts() -> tuple[Text, ...]:
    """The corpus, always the same."""
    made = [*_policies(), *_interpretations(), *_notices(), *_standards(), *_guides(), *_lists(), *_reports()]
    return tuple(made)


def records() -> list[Record]:
    return [one.record for one in texts()]


def _policies() -> list[Text]:
    chance, made, number = random.Random(1), [], 10
    for programme in PROGRAMMES:
        for year in range(2016, 2027, 2):
            name, day = _name(chance, programme), _day(chance, year)
            number += chance.randrange(1, 4)
            document = f"明民发〔{year}〕{number}号"
            old = year < 2022
            form = chance.choice(("实施细则", "管理办法", "工作规程"))
            head = f"{document}。为了规范{name}工作，制定本{form[-2:]}。本{form[-2:]}自发布之日起施行。"
            record = Record(
                key=f"page:{len(made) + 1000}:zh-hans",
                kind="policy",
                language="zh-hans",
                title=f"明河区{name}{form}（{year}年）",
                url=f"/policies/{programme}-{year}/",
                date=day,
                body=_body(chance, head),
                issuer=chance.choice(ISSUERS),
                topic=programme,
                year=str(year),
                validity="repealed" if old else "in-force",
                exact=(document, f"11210200MB0{number:03}/{year}-{number:05}"),
                marks=("repealed",) if old else (),
            )
            made.append(Text(record, programme, form, document))
    return made


def _interpretations() -> list[Text]:
    chance, made = random.Random(2), []
    for policy in _policies():
        title = f"《{policy.record.title}》政策解读"
        record = Record(
            key=f"page:{len(made) + 2000}:zh-hans",
            kind="interpretation",
            language="zh-hans",
            title=title,
            url=f"/interpretations/{len(made)}/",
            date=policy.record.date + timedelta(days=3),
            body=_body(chance, f"一、背景。二、主要内容。{policy.number}对申请条件作了明确。"),
            issuer="明河区民政局",
            topic=policy.programme,
            year=policy.record.year,
        )
        made.append(Text(record, policy.programme, "interpretation", cites=policy.number))
    return made


def _notices() -> list[Text]:
    chance, made = random.Random(3), []
    for programme in PROGRAMMES:
        for year in range(2021, 2027):
            for key, (_short, words) in SUBJECTS.items():
                name, day = _name(chance, programme), _day(chance, year)
                head = f"各街道办事处、镇人民政府：现就{words.format(y=year, p=name)}有关事项通知如下。"
                record = Record(
                    key=f"page:{len(made) + 3000}:zh-hans",
                    kind="notice",
                    language="zh-hans",
                    title=f"关于{words.format(y=year, p=name)}的通知",
                    url=f"/notices/{programme}-{year}-{key}/",
                    date=day,
                    body=_body(chance, head),
                    issuer=chance.choice(ISSUERS[:2]),
                    topic=programme,
                    year=str(year),
                )
                made.append(Text(record, programme, key))
    return made


def _standards() -> list[Text]:
    chance, made = random.Random(4), []
    for at, programme in enumerate(("guarantee", "destitute", "aged", "orphans", "disabled")):
        for year in range(2019, 2027):
            name, amount = _name(chance, programme), 480 + 35 * (year - 2019) + 211 * at
            record = Record(
                key=f"page:{len(made) + 4000}:zh-hans",
                kind="standard",
                language="zh-hans",
                title=f"关于公布{year}年{name}标准的通告",
                url=f"/standards/{programme}-{year}/",
                date=_day(chance, year),
                body=_body(chance, f"自{year}年7月1日起，{name}标准调整为每人每月{amount}元。"),
                issuer="明河区人民政府",
                topic=programme,
                year=str(year),
                exact=(f"{amount}元",),
            )
            made.append(Text(record, programme, "standard", amount=amount))
    return made


def _guides() -> list[Text]:
    chance, made = random.Random(5), []
    for programme, names in PROGRAMMES.items():
        for name in names:
            head = f"申请{name}，到户籍所在地的街道办事处或者镇人民政府窗口提出。所需材料：申请表、身份证明。"
            record = Record(
                key=f"page:{len(made) + 5000}:zh-hans",
                kind="guide",
                language="zh-hans",
                title=f"{name}申请办理指南",
                url=f"/guides/{len(made)}/",
                date=_day(chance, 2025),
                body=_body(chance, head),
                issuer="明河区民政局",
                topic=programme,
            )
            made.append(Text(record, programme, "guide"))
        if programme in LATIN:
            made.append(_english_guide(programme, len(made)))
    return made


def _english_guide(programme: str, at: int) -> Text:
    name = LATIN[programme]
    record = Record(
        key=f"page:{at + 5000}:en",
        kind="guide",
        language="en",
        title=f"How to apply for the {name}",
        url=f"/en/guides/{at}/",
        date=date(2025, 5, 1 + at),
        body=f"Apply for the {name} at the counter of your street office. Bring your papers and the form.",
        issuer="明河区民政局",
        topic=programme,
    )
    return Text(record, programme, "guide")


def _lists() -> list[Text]:
    chance, made = random.Random(6), []
    for at, street in enumerate(STREETS):
        for year in (2024, 2025, 2026):
            for batch, kind in enumerate(LISTS, 1):
                programme = chance.choice(("guarantee", "destitute", "temporary"))
                name, number = _name(chance, programme), f"{kind}-{101 + at}-{year}-{batch:03}"
                record = Record(
                    key=f"list:{number}",
                    kind=f"list-{kind}",
                    language="zh-hans",
                    title=f"{street}{year}年第{batch}批{name}{LISTS[kind]}",
                    url=f"/publicity/{number}/",
                    date=_day(chance, year),
                    body=f"名单编号 {number}。公示期七日。受理反映：{street}救助窗口。",
                    issuer=f"{street}",
                    topic=programme,
                    year=str(year),
                    street=street,
                    exact=(number,),
                )
                made.append(Text(record, programme, kind, number))
    return made


def _reports() -> list[Text]:
    chance, made = random.Random(7), []
    for year in range(2014, 2026):
        record = Record(
            key=f"page:{year + 6000}:zh-hans",
            kind="report",
            language="zh-hans",
            title=f"明河区民政局{year}年政府信息公开工作年度报告",
            url=f"/annual-reports/{year}/",
            date=date(year + 1, 1, 20),
            body=_body(chance, "一、总体情况。二、主动公开政府信息情况。三、收到和处理申请情况。"),
            issuer="明河区民政局",
            year=str(year),
        )
        made.append(Text(record, "", "report"))
    return made
