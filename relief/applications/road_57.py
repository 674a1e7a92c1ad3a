"""Rule set 57号 (《最低生活保障审核确认办法》, 民发〔2021〕57号), in force since 1 July 2021, as a road.

Two variants: the district confirms, or it has delegated that to the street (art 2). Days are dated standards.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from relief.applications.road import Road, Step
from relief.applications.states import State as S
from relief.officers.models import Role as R

#: whoever sits at a counter or telephone takes an objection or complaint down
STAFF = (R.COMMUNITY_CLERK, R.STREET_ACCEPTOR, R.STREET_PUBLISHER, R.DISTRICT_CHECKER)
COUNTER = (R.COMMUNITY_CLERK, R.STREET_ACCEPTOR)
DECIDES = (R.DISTRICT_APPROVER,)
IN_WORK = (S.ACCEPTED, S.EXAMINED, S.REVIEWED, S.IN_PUBLICITY, S.UNDER_REINVESTIGATION, S.CLEARED)

# fmt: off
ROAD_57 = Road(
    key="57",
    benefit="guarantee",
    from_date=date(2021, 7, 1),
    steps=(
        Step("submit", "申请", (S.DRAFT, S.RETURNED), S.SUBMITTED, (R.COMMUNITY_CLERK,),
             "57-4", due="days.accept"),
        Step("ask-once", "一次性告知", (S.SUBMITTED,), S.RETURNED, (R.STREET_ACCEPTOR,), "57-10"),
        Step("accept", "受理", (S.SUBMITTED,), S.ACCEPTED, (R.STREET_ACCEPTOR,),
             "57-10", due="days.start-survey"),
        Step("examine", "社区审查", (S.ACCEPTED,), S.EXAMINED, (R.COMMUNITY_EXAMINER,),
             "57-16", due="days.review"),
        Step("review", "街道审核", (S.EXAMINED,), S.REVIEWED, (R.STREET_REVIEWER,), "57-19",
             due="days.publish"),
        Step("advise-against", "初审不予推荐", (S.EXAMINED,), S.CLEARED, (R.STREET_REVIEWER,), "57-19",
             due="days.confirm"),
        Step("publish", "批前公示", (S.REVIEWED,), S.IN_PUBLICITY, (R.STREET_PUBLISHER,), "57-19",
             not_by=("review",), prepared_by=(R.STREET_REVIEWER,)),
        Step("object", "提出异议", (S.IN_PUBLICITY, S.UNDER_REINVESTIGATION), S.UNDER_REINVESTIGATION,
             (*STAFF, "robot"), "57-19", due="days.reinvestigate", aside=True),
        Step("withdraw-objection", "撤回异议", (S.UNDER_REINVESTIGATION,), S.IN_PUBLICITY, STAFF, "57-19",
             if_closed=S.CLEARED, due_if_closed="days.confirm", aside=True),
        Step("new-opinion", "重新提出初审意见", (S.UNDER_REINVESTIGATION,), S.IN_PUBLICITY,
             (R.STREET_REVIEWER,), "57-19", if_closed=S.CLEARED, due_if_closed="days.confirm",
             if_again=S.REVIEWED, due_if_again="days.publish"),
        Step("new-opinion-against", "异议成立不予推荐", (S.UNDER_REINVESTIGATION,), S.CLEARED,
             (R.STREET_REVIEWER,), "57-19", due="days.confirm"),
        Step("close", "公示期满", (S.IN_PUBLICITY,), S.CLEARED, (R.STREET_PUBLISHER, "robot"), "57-19",
             due="days.confirm"),
        Step("unlist", "撤下公示", (S.IN_PUBLICITY, S.UNDER_REINVESTIGATION), S.REVIEWED,
             (R.STREET_REVIEWER, R.STREET_PUBLISHER, R.DISTRICT_ANNOUNCER), "57-19", due="days.publish",
             aside=True),
        Step("complain", "登记投诉举报", (S.CLEARED,), S.CLEARED, (*STAFF, R.DISTRICT_APPROVER), "57-20",
             aside=True, keeps_due=True),
        Step("approve", "审批确认", (S.CLEARED,), S.APPROVED, DECIDES, "57-21", due="days.announce"),
        Step("refuse", "不予确认", (S.CLEARED,), S.REFUSED, DECIDES, "57-21"),
        Step("return", "退回补正", (S.EXAMINED, S.REVIEWED, S.UNDER_REINVESTIGATION), S.ACCEPTED,
             (R.STREET_REVIEWER,), "57-16", due="days.start-survey", aside=True),
        Step("return", "退回补正", (S.CLEARED,), S.ACCEPTED, DECIDES, "57-20", due="days.start-survey",
             aside=True),
        Step("announce", "批后公告", (S.APPROVED,), S.ANNOUNCED, (R.DISTRICT_ANNOUNCER,), "57-24",
             not_by=("approve",)),
        Step("terminate", "终止审核确认", IN_WORK, S.TERMINATED, (R.STREET_REVIEWER, R.DISTRICT_APPROVER),
             "57-29", aside=True),
        Step("withdraw", "撤回申请", (S.DRAFT, S.SUBMITTED, S.RETURNED, *IN_WORK), S.WITHDRAWN, COUNTER,
             "57-4", aside=True),
    ),
)
# fmt: on


def _by_the_street(step: Step) -> Step:
    """The district's confirming steps, done by the street to which it delegated them."""
    if step.roles != DECIDES:
        return step
    not_by = ("review", "advise-against", "new-opinion", "new-opinion-against")
    return replace(step, roles=(R.STREET_APPROVER,), clause="57-2", not_by=not_by)


#: confirmation delegated to the street: the whole case has 20 working days (art 22)
ROAD_57_DELEGATED = replace(
    ROAD_57,
    key="57-delegated",
    delegated=True,
    limit="days.whole-case-delegated",
    steps=tuple(_by_the_street(step) for step in ROAD_57.steps),
)
