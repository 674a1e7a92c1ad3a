"""Two roads that no district travels now; they prove that the table can say them.

`CHILD`: a child's benefit is decided without any public list (the law on minors: no name of a child in
public). `ROAD_220`: rule set 220号 (民发〔2012〕220号, until 2021), with a democratic review of every case,
two publicities and a spot check of 30 %; dated 2026 here, so that cases of the tests open on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from relief.applications import benefits
from relief.applications.benefits import Benefit
from relief.applications.road import Road, Step
from relief.applications.roads import add_road, remove_road
from relief.applications.states import State as S
from relief.officers.models import Role as R
from relief.projects.sunshine.guarantee import assess, missing
from relief.standards.in_force import enter_clause, enter_standard
from relief.standards.models import Kind

SINCE = date(2026, 1, 1)
APPROVER, ANNOUNCER = (R.DISTRICT_APPROVER,), (R.DISTRICT_ANNOUNCER,)

# fmt: off
CHILD = Road(
    key="child",
    benefit="child",
    from_date=SINCE,
    steps=(
        Step("submit", "申请", (S.DRAFT, S.RETURNED), S.SUBMITTED, (R.COMMUNITY_CLERK,), "child-1"),
        Step("ask-once", "一次性告知", (S.SUBMITTED,), S.RETURNED, (R.STREET_ACCEPTOR,), "child-1"),
        Step("accept", "受理", (S.SUBMITTED,), S.ACCEPTED, (R.STREET_ACCEPTOR,), "child-1"),
        Step("examine", "入户查验", (S.ACCEPTED,), S.EXAMINED, (R.COMMUNITY_EXAMINER,), "child-2"),
        Step("review", "查验意见", (S.EXAMINED,), S.REVIEWED, (R.STREET_REVIEWER,), "child-2"),
        Step("approve", "确认", (S.REVIEWED,), S.APPROVED, APPROVER, "child-3"),
        Step("refuse", "不予确认", (S.REVIEWED,), S.REFUSED, APPROVER, "child-3"),
        Step("grant", "给予待遇", (S.APPROVED,), S.GRANTED, ANNOUNCER, "child-3", not_by=("approve",)),
        Step("withdraw", "撤回申请", (S.DRAFT, S.SUBMITTED, S.ACCEPTED, S.EXAMINED, S.REVIEWED), S.WITHDRAWN,
             (R.COMMUNITY_CLERK,), "child-1", aside=True),
    ),
)

ROAD_220 = Road(
    key="220",
    benefit="guarantee",
    from_date=SINCE,
    steps=(
        Step("submit", "申请", (S.DRAFT, S.RETURNED), S.SUBMITTED, (R.COMMUNITY_CLERK,), "220-9"),
        Step("ask-once", "一次性告知", (S.SUBMITTED,), S.RETURNED, (R.STREET_ACCEPTOR,), "220-13"),
        Step("accept", "受理", (S.SUBMITTED,), S.ACCEPTED, (R.STREET_ACCEPTOR,), "220-13",
             due="days.220-survey"),
        Step("examine", "调查核实", (S.ACCEPTED,), S.EXAMINED, (R.COMMUNITY_EXAMINER,), "220-18",
             due="days.220-review"),
        Step("democratic-review", "民主评议", (S.EXAMINED,), S.ASSESSED,
             (R.STREET_REVIEWER, R.STREET_ACCEPTOR), "220-21"),
        Step("review", "提出建议意见", (S.ASSESSED,), S.REVIEWED, (R.STREET_REVIEWER,), "220-25"),
        Step("publish", "审核公示", (S.REVIEWED,), S.IN_PUBLICITY, (R.STREET_PUBLISHER,), "220-25",
             not_by=("review",), prepared_by=(R.STREET_REVIEWER,)),
        Step("close", "公示期满", (S.IN_PUBLICITY,), S.CLEARED, (R.STREET_PUBLISHER, "robot"), "220-25",
             due="days.220-propose"),
        Step("propose", "拟批准", (S.CLEARED,), S.PROPOSED, APPROVER, "220-26"),
        Step("refuse", "不予批准", (S.CLEARED, S.CONFIRMABLE), S.REFUSED, APPROVER, "220-26"),
        Step("return", "退回", (S.CLEARED, S.CONFIRMABLE), S.ACCEPTED, APPROVER, "220-26", aside=True),
        Step("publish", "拟批准公示", (S.PROPOSED,), S.IN_SECOND_PUBLICITY, ANNOUNCER, "220-29",
             not_by=("propose",), prepared_by=APPROVER),
        Step("close", "公示期满", (S.IN_SECOND_PUBLICITY,), S.CONFIRMABLE, (*ANNOUNCER, "robot"), "220-29",
             due="days.220-decide"),
        Step("approve", "审批", (S.CONFIRMABLE,), S.APPROVED, APPROVER, "220-29"),
        Step("announce", "公布", (S.APPROVED,), S.ANNOUNCED, ANNOUNCER, "220-29", not_by=("approve",)),
    ),
)
# fmt: on

#: working days (工作日) that 220号 sets, and the share of the spot check in per cent
VALUES_220 = (
    ("days.220-survey", "10", "18"),
    ("days.220-review", "5", "21"),
    ("days.220-propose", "5", "26"),
    ("days.220-decide", "3", "29"),
    ("spot-check.percent", "30", "26"),
)
CHILD_BENEFIT = Benefit(
    "child", "child benefit", "儿童生活保障", "Child benefit", assess, missing, discloses=()
)


@contextmanager
def travelled(road: Road) -> Iterator[Road]:
    """The road is in force while the block runs."""
    add_road(road)
    try:
        yield road
    finally:
        remove_road(road)


@contextmanager
def child_benefit() -> Iterator[Benefit]:
    """The child's benefit and its road exist while the block runs."""
    with travelled(CHILD):
        benefits.register(CHILD_BENEFIT)
        try:
            yield CHILD_BENEFIT
        finally:
            benefits.forget(CHILD_BENEFIT)


def enter_values_220() -> None:
    """The dated values of 220号 with their articles."""
    clauses = {
        article: enter_clause(
            f"220-{article}",
            instrument_zh="《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）",
            instrument_en="Trial Measures for Review and Approval (Minfa [2012] No. 220)",
            article=article,
            from_date=SINCE,
        )
        for article in sorted({article for *_rest, article in VALUES_220})
    }
    for name, value, article in VALUES_220:
        enter_standard(name, kind=Kind.NUMBER, value=value, from_date=SINCE, clause=clauses[article])
