"""Invented Chinese texts, the same on every side and in every run."""

from __future__ import annotations

import random
from typing import NamedTuple

SUBJECTS = [
    "村民委员会",
    "驻村工作队",
    "县乡村振兴局",
    "镇人民政府",
    "社区服务中心",
    "县审计局",
    "村务监督小组",
    "县财政局",
]
VERBS = [
    "研究讨论了",
    "逐项核对了",
    "认真整理了",
    "按季度汇总了",
    "实地查看了",
    "集中说明了",
    "对外发布了",
    "书面回复了",
]
OBJECTS = [
    "本年度的资金使用情况",
    "上半年的工作安排",
    "群众反映的具体问题",
    "各小组上报的材料",
    "下一步的时间表",
    "有关部门的答复意见",
    "项目进展和验收结果",
    "台账与票据的对应关系",
]
TAILS = [
    "并请各位乡亲监督",
    "相关资料存放在便民大厅",
    "如有疑问可以拨打热线",
    "结果将在十五日内张贴",
    "以上内容由专人负责解释",
    "会议由书记主持",
    "参会人员签字确认",
    "后续进展另行说明",
]
PLACES = ["东沟村", "西坪村", "柳树湾", "石桥镇", "青杨坡", "上河村", "枣林子", "北岭村", "南塘村", "白杨村"]
KINDS = ["通知", "简报", "说明", "纪要", "情况", "安排"]


class Text(NamedTuple):
    """One page's words."""

    slug: str
    title: str
    summary: str
    html: str


def texts(count: int) -> list[Text]:
    """So many pages of five to eight paragraphs, some 1,000 characters each."""
    rng = random.Random(20)
    return [_text(rng, number) for number in range(count)]


def _text(rng: random.Random, number: int) -> Text:
    paragraphs = [
        "。".join(_sentence(rng) for _n in range(rng.randint(4, 7))) for _p in range(rng.randint(5, 8))
    ]
    title = f"{rng.choice(PLACES)}第{number + 1}期工作{rng.choice(KINDS)}"
    html = "".join(f"<p>{paragraph}。</p>" for paragraph in paragraphs)
    return Text(f"d{number:04d}", title, _sentence(rng), html)


def _sentence(rng: random.Random) -> str:
    words = rng.choice(PLACES), rng.choice(SUBJECTS), rng.choice(VERBS), rng.choice(OBJECTS)
    return "".join(words) + "，" + rng.choice(TAILS)
