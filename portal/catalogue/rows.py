"""The 13 rows of the standard catalogue for social relief (社会救助领域基层政务公开标准目录) as data.

Order, elements, basis, limit and channels are those of the national guide (民办函〔2019〕52号); documents
that have been replaced since are named in their present form. Keys are addresses: they never change.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from relief.projects.sunshine.guarantee import KEY as GUARANTEE
from relief.publicity.models import ListKind

#: working days from making or obtaining (自制作或获取信息之日起) within which all of it is disclosed
LIMIT = 10
#: days after which a row that nobody updated or checked is silent: the inspection's six months
HALF_A_YEAR = 182
#: a standing list is made anew each month; two weeks of grace for its review
MONTHLY = 45

WEBSITE, READING_POINT, SERVICE_CENTRE, BOARD = "W", "R", "S", "B"
CHANNELS = {
    WEBSITE: _("government website"),
    READING_POINT: _("public reading point"),
    SERVICE_CENTRE: _("service centre"),
    BOARD: _("community board or screen"),
}


@dataclass(frozen=True)
class Words:
    """A text of the catalogue in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.zh


@dataclass(frozen=True)
class Row:
    """One row. `types` are the page types that satisfy it, `topics` those that belong to it by themselves.

    `lists`: kinds of relief's public lists; `by_notice`: a dated notice may stand in for it, marked so;
    `cycle`: days within which it is updated or checked; `shown_days`: working days of publicity.
    """

    key: str
    number: int
    level1: Words
    level2: Words
    elements: Words
    basis: Words
    channels: str
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    benefit: str = ""
    by_notice: bool = False
    cycle: int = HALF_A_YEAR
    shown_days: int = 0


OFFICE = Words(
    "区民政局、各街道办事处",
    "District civil affairs bureau and street offices",
)
GENERAL = Words("综合业务", "General")
MINIMUM = Words("最低生活保障", "Minimum living guarantee")
DESTITUTE = Words("特困人员救助供养", "Support for persons in extreme hardship")
TEMPORARY = Words("临时救助", "Temporary relief")
POLICIES = Words("政策法规文件", "Policy documents")
GUIDE = Words("办事指南", "Service guide")
DISCLOSURE = Words("《中华人民共和国政府信息公开条例》", "Regulation on Government Information Disclosure")
GUIDE_ELEMENTS = Words(
    "办理事项、办理条件、救助标准、申请材料、办理流程、办理时间、地点、联系方式",
    "Matter, conditions, standard, papers, steps, time, place, contact",
)

POLICY_TYPES = ("policypage",)
GUIDE_TYPES = ("guidepage",)
#: what isn't filed under a row of its own belongs to the general row
OTHER_TOPICS = ("general", "education", "medical", "employment", "goods", "pairing", "disclosure")

ROWS = (
    Row(
        "general-policies", 1, GENERAL, POLICIES,
        Words("《社会救助暂行办法》（国务院令第649号）；各地配套政策法规文件",
              "Interim Measures for Social Relief (Decree 649); local supporting rules"),
        DISCLOSURE, "WRS", types=POLICY_TYPES, topics=OTHER_TOPICS,
    ),
    Row(
        "general-supervision", 2, GENERAL, Words("监督检查", "Supervision"),
        Words("社会救助信访通讯地址；社会救助投诉举报电话",
              "Postal address for petitions; telephone for complaints and reports"),
        DISCLOSURE, "WRSB", types=("noticepage", "profilepage"),
    ),
    Row(
        "guarantee-policies", 3, MINIMUM, POLICIES,
        Words("《国务院关于进一步加强和改进最低生活保障工作的意见》（国发〔2012〕45号）；"
              "《最低生活保障审核确认办法》（民发〔2021〕57号）；各地配套政策法规文件",
              "State Council Opinions (Guofa [2012] No. 45); Measures for Review and Confirmation "
              "(Minfa [2021] No. 57); local supporting rules"),
        DISCLOSURE, "WRS", types=POLICY_TYPES, topics=("guarantee",),
    ),
    Row(
        "guarantee-guide", 4, MINIMUM, GUIDE, GUIDE_ELEMENTS,
        Words("国发〔2012〕45号；各地相关政策法规文件", "Guofa [2012] No. 45; local rules"),
        "WRS", types=GUIDE_TYPES, topics=("guarantee",),
    ),
    Row(
        "guarantee-review", 5, MINIMUM, Words("审核信息", "First-review information"),
        Words("初审对象名单及相关信息", "List of first-review persons and related information"),
        Words("国发〔2012〕45号；各地相关政策法规文件", "Guofa [2012] No. 45; local rules"),
        "WB", lists=(ListKind.PRE_APPROVAL,), benefit=GUARANTEE, shown_days=7,
    ),
    Row(
        "guarantee-approval", 6, MINIMUM, Words("审批信息", "Approval information"),
        Words("低保对象名单及相关信息", "List of persons with the guarantee and related information"),
        Words("国发〔2012〕45号；各地相关政策法规文件", "Guofa [2012] No. 45; local rules"),
        "WB", lists=(ListKind.ANNOUNCEMENT, ListKind.CHANGES, ListKind.STANDING), benefit=GUARANTEE,
        cycle=MONTHLY,
    ),
    Row(
        "destitute-policies", 7, DESTITUTE, POLICIES,
        Words("《国务院关于进一步健全特困人员救助供养制度的意见》（国发〔2016〕14号）；《特困人员认定办法》（2021年修订）；"
              "各地配套政策法规文件",
              "State Council Opinions (Guofa [2016] No. 14); Measures for Recognising Persons in Extreme "
              "Hardship (2021); local supporting rules"),
        DISCLOSURE, "WRS", types=(*POLICY_TYPES, "noticepage"), topics=("destitute",), by_notice=True,
    ),
    Row(
        "destitute-guide", 8, DESTITUTE, GUIDE, GUIDE_ELEMENTS,
        Words("国发〔2016〕14号；各地相关政策法规文件", "Guofa [2016] No. 14; local rules"),
        "WRS", types=(*GUIDE_TYPES, "noticepage"), topics=("destitute",), by_notice=True,
    ),
    Row(
        "destitute-review", 9, DESTITUTE, Words("审核信息", "First-review information"),
        Words("初审对象名单及相关信息；终止供养对象名单",
              "List of first-review persons and related information; list of ended support"),
        Words("国发〔2016〕14号；各地相关政策法规文件", "Guofa [2016] No. 14; local rules"),
        "WB", types=("noticepage",), by_notice=True,
    ),
    Row(
        "destitute-approval", 10, DESTITUTE, Words("审批信息", "Approval information"),
        Words("特困人员名单及相关信息", "List of supported persons and related information"),
        Words("国发〔2016〕14号；各地相关政策法规文件", "Guofa [2016] No. 14; local rules"),
        "WB", types=("noticepage",), by_notice=True,
    ),
    Row(
        "temporary-policies", 11, TEMPORARY, POLICIES,
        Words("《国务院关于全面建立临时救助制度的通知》（国发〔2014〕47号）；民发〔2018〕23号；各地配套政策法规文件",
              "State Council Notice (Guofa [2014] No. 47); Minfa [2018] No. 23; local supporting rules"),
        DISCLOSURE, "WRS", types=(*POLICY_TYPES, "noticepage"), topics=("temporary",), by_notice=True,
    ),
    Row(
        "temporary-guide", 12, TEMPORARY, GUIDE, GUIDE_ELEMENTS,
        Words("国发〔2014〕47号；各地相关政策法规文件", "Guofa [2014] No. 47; local rules"),
        "WSB", types=(*GUIDE_TYPES, "noticepage"), topics=("temporary",), by_notice=True,
    ),
    Row(
        "temporary-decisions", 13, TEMPORARY, Words("审核审批信息", "Review and approval information"),
        Words("支出型临时救助对象名单、救助金额、救助事由",
              "List of recipients of expense-type relief, amount, reason"),
        Words("国发〔2014〕47号；各地相关政策法规文件", "Guofa [2014] No. 47; local rules"),
        "WB", types=("noticepage",), by_notice=True,
    ),
)  # fmt: skip
BY_KEY = {row.key: row for row in ROWS}
#: page types of which each belongs into a row: one in none is an orphan. Guides tell of other matters too
FILED_TYPES = POLICY_TYPES
