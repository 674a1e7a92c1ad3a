"""What the demo's newsroom writes: notes for the public, and notices that aren't public yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Note(NamedTuple):
    """What the public is told of a change."""

    zh: str
    en: str


@dataclass(frozen=True)
class Draft:
    """A notice in the newsroom; `number` counts within the year."""

    slug: str
    number: int
    topic: str
    title: str
    summary: str
    body: str


#: a rule is looked through every few years (规范性文件评估); what came of it is said below its text
REVIEWED = {
    "zh": "<p>本规定已经规范性文件定期评估，继续有效。评估情况可向区民政局申请查阅。</p>",
    "en": "<p>These rules were evaluated, as all rules are from time to time, and stay in force. The bureau "
    "shows the evaluation to anyone who asks for it.</p>",
}
REVIEWED_NOTE = Note(
    "文末增加规范性文件评估结论：本规定继续有效。条文没有变化。",
    "A line on the evaluation was added below the text: the rules stay in force. No article changed.",
)

#: a slip of the pen in the summary of the notice on re-declaration: as it stood, as it is right
SLIP = ("请低保家庭按期申报人口、收入和财产变化", "请低保家庭按时申报人口、收入和财产变化")

#: why the consultation of last year stays untranslated
PAST_REASON = "征求意见早已结束，只作存档，不再译成英文。"

WAITING = Draft(
    "heating-grants",
    61,
    "temporary",
    "关于发放冬季取暖补助的通知",
    "低保家庭和分散供养特困人员的冬季取暖补助按户发放，不需要申请。",
    "<p>为保障困难群众温暖过冬，本年度冬季取暖补助按户发放。</p>"
    "<h2>一、对象</h2><p>本区最低生活保障家庭和分散供养的特困人员。</p>"
    "<h2>二、方式</h2><p>随当月救助金发放到原账户，不需要申请。没有收到的，请拨打救助热线0400-000-0000。</p>",
)
PLANNED = Draft(
    "hotline-upgrade",
    62,
    "general",
    "关于救助热线系统升级期间接听安排的公告",
    "救助热线系统夜间升级，升级期间由值班人员直接接听，号码不变。",
    "<p>救助热线系统将于近期夜间升级。升级期间由值班人员直接接听，号码0400-000-0000不变，急难救助不受影响。</p>",
)
#: an editor meant well and gave a colleague's mobile number: the privacy gate stops it
HELD = Draft(
    "home-visits-by-appointment",
    63,
    "guarantee",
    "关于开展上门受理服务的通知",
    "行动不便的居民可以预约工作人员上门受理救助申请。",
    "<p>行动不便的居民，可以预约工作人员上门受理救助申请，不收取任何费用。</p>"
    "<p>预约请拨打救助热线0400-000-0000，或者直接联系值班人员手机13900000000。</p>",
)
BINNED = Draft(
    "counter-moves",
    64,
    "general",
    "关于救助窗口临时搬迁的通知",
    "因装修，救助窗口拟临时搬迁。",
    "<p>因办事大厅装修，救助窗口拟临时搬迁，时间和地点待定。</p>",
)
