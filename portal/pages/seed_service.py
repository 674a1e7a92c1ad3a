"""What every site has besides lists and notices: annual reports, in both languages."""

from __future__ import annotations

from portal.pages.leaf import Leaf
from portal.pages.report import AnnualReportIndexPage

SERVICE = (
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
)
