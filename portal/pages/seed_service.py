"""What every site has besides lists and notices: guides, disclosure, annual reports, profile."""

from __future__ import annotations

from portal.pages.disclosure import DisclosurePage
from portal.pages.guide import GuideIndexPage
from portal.pages.leaf import Leaf
from portal.pages.profile import ProfilePage
from portal.pages.report import AnnualReportIndexPage

SERVICE = (
    Leaf(
        GuideIndexPage,
        "guides",
        {"title": "办事指南", "summary": "谁可以申请、带什么材料、怎么办、多少天、到哪里、找谁。"},
        {
            "title": "Service guides",
            "summary": "Who can apply, what to bring, the steps and days, where to go and whom to ask.",
        },
    ),
    Leaf(
        DisclosurePage,
        "disclosure",
        {
            "title": "政府信息公开",
            "summary": "政府信息公开指南、政府信息公开制度、法定主动公开内容、政府信息公开工作年度报告。",
        },
        {
            "title": "Government information disclosure",
            "summary": "Guide, rules, what the law asks to be made public, and annual reports.",
        },
    ),
    Leaf(
        AnnualReportIndexPage,
        "annual-reports",
        {
            "title": "年度报告",
            "summary": "区民政局政府信息公开工作年度报告，每年1月31日前公布上一年度的报告。",
        },
        {
            "title": "Annual reports",
            "summary": "The bureau’s reports on disclosure of government information. The report on a "
            "year is due by 31 January of the next.",
        },
    ),
    Leaf(
        ProfilePage,
        "profile",
        {"title": "机构概况", "summary": "区民政局的职责、负责人、办公时间和联系方式。"},
        {"title": "About the bureau", "summary": "What the bureau does, who leads it and how to reach it."},
    ),
)
