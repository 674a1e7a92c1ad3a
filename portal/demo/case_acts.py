"""The life of one case at the counter, in the community, in the street and in the district."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

from portal.demo.calendar import Diary
from portal.demo.ground import DISTRICT
from portal.demo.play import Script
from portal.demo.situations import SITUATIONS, Income
from portal.demo.stage import Stage, refused
from portal.demo.story import End, Plan
from portal.demo.wording import (
    ADVISED_AGAINST,
    DISTRICT_LOOK,
    EXPLAINED,
    REFUSED_INCOME,
    REFUSED_PROPERTY,
    SENT_BACK,
    Clerk,
)
from relief.applications.accept import accept, ask_once
from relief.applications.models import Application
from relief.applications.submit import open_draft, submit
from relief.decisions.cross_check import record_cross_check, unexplained
from relief.decisions.decide import (
    RefusalReason,
    approve,
    examine,
    refuse,
    return_for_correction,
    review,
)
from relief.decisions.explain import explain_mismatch
from relief.decisions.models import CheckResult
from relief.decisions.visit import record_visit
from relief.households.register import register_household
from relief.officers.models import Officer, Role
from relief.projects.sunshine.income import enter_income
from relief.projects.sunshine.models import Stage as IncomeStage
from relief.trail import clock

#: no case takes longer from the counter to the street's opinion, in working days; a return adds three
LONGEST, RETURN = 9, 3


class CaseActs:
    """One case; each method plays a stretch of its road and yields the moments of its acts."""

    def __init__(self, stage: Stage, plan: Plan, number: int) -> None:
        self.stage, self.plan = stage, plan
        self.rng = Random(f"{stage.seed} case {number}")
        self.situation = SITUATIONS[plan.situation]
        self.words = Clerk(self.rng, self.situation, len(self.situation.kin))
        self.number = number
        self.diary = Diary(stage.calendar, stage.calendar.ago(self._opened_ago()), 9, self.rng.randint(5, 50))
        self.declared: dict[str, int] = {}
        self.pk = 0

    def _opened_ago(self) -> int:
        if not self.plan.on_list:
            return self.plan.ago
        published = self.stage.calendar.place(self.stage.lists[self.plan.on_list].published)
        return published + LONGEST + self.rng.randint(0, 3) + RETURN * self.plan.asked

    def script(self) -> Script:
        """The whole life, as far as the plan lets it go."""
        end = self.plan.end
        yield from self.at_the_counter()
        if end in (End.DRAFT, End.SUBMITTED, End.RETURNED):
            return
        yield from self.acceptance()
        if end == End.ACCEPTED:
            return
        yield from self.in_the_community()
        if end == End.EXAMINED and not self.plan.surveyed:
            return
        yield from self.survey_by_the_street()
        if end == End.EXAMINED:
            return
        yield from self.opinion_of_the_street()
        if end in (End.REVIEWED, End.IN_PUBLICITY):
            return
        yield from self.in_the_district()

    # --- the counter ---------------------------------------------------------------------------
    def at_the_counter(self) -> Script:
        clerk = self._clerk
        yield self.diary.now
        entry = self.stage.people.household(self.plan.community, self.situation.kin, self.situation.kind)
        household = register_household(entry, by=clerk())
        members = [row.person for row in household.memberships.order_by("pk")]
        yield self.diary.later(minutes=8)
        case = open_draft(
            household, applicant=members[self.situation.applicant], benefit="guarantee", by=clerk()
        )
        self.pk = case.pk
        self.stage.on_list[self.plan.on_list].append(case.pk)
        yield self.diary.later(minutes=12)
        self.declared = self._amounts(self.situation.income)
        self._enter_income(IncomeStage.DECLARED, self.declared, clerk())
        if self.plan.end == End.DRAFT:
            return
        yield self.diary.later(minutes=6)
        self._do(submit, clerk())
        if self.plan.asked or self.plan.end == End.RETURNED:
            yield from self._asked_once()

    def _asked_once(self) -> Script:
        yield self._next(1)
        self._do(ask_once, self.acceptor, missing=self.words.asked())
        if self.plan.end == End.RETURNED:
            return
        yield self._next(1)
        self.declared = self._more(60)
        self._enter_income(IncomeStage.DECLARED, self.declared, self._clerk())
        yield self.diary.later(minutes=9)
        self._do(submit, self._clerk(), note=self.words.handed_in())

    def acceptance(self) -> Script:
        yield self._next(1)
        self._do(accept, self.acceptor, kin_registered=self.plan.kin)

    # --- the community -------------------------------------------------------------------------
    def in_the_community(self) -> Script:
        yield self._next(self.rng.randint(1, 2))
        examiner = self.stage.district.examiner(self.plan.community)
        self._visit(examiner, self._clerk(), self.words.community_visit())
        yield self._next(1)
        self._do(examine, examiner, favourable=not self.situation.mismatch, words=self.words.examined())

    # --- the street ----------------------------------------------------------------------------
    def survey_by_the_street(self) -> Script:
        yield self._next(self.rng.randint(1, 2))
        self._visit(self.reviewer, self.acceptor, self.words.street_visit())
        yield self._next(1)
        result = CheckResult.MISMATCH if self.situation.mismatch else CheckResult.CONSISTENT
        self._do(
            record_cross_check,
            self.checker,
            checked_on=clock.today(),
            result=result,
            remarks=self.words.check_remarks(),
        )
        if self.situation.mismatch:
            yield self.diary.later(minutes=60)
            odd = unexplained(self.case)[0]
            self._do(explain_mismatch, self.reviewer, check=odd, words=EXPLAINED)

    def opinion_of_the_street(self) -> Script:
        reviewer = self.reviewer
        yield self._last_afternoon() if self.plan.end == End.REVIEWED else self._next(1)
        self._enter_income(IncomeStage.VERIFIED, self._verified(), reviewer)
        yield self.diary.later(minutes=25)
        if self.situation.verified:
            self._do(review, reviewer, recommended=False, words=ADVISED_AGAINST, reason=RefusalReason.INCOME)
        else:
            self._do(review, reviewer, recommended=True, words=self.words.recommended())

    # --- the district --------------------------------------------------------------------------
    def in_the_district(self) -> Script:
        approver, end = self.approver, self.plan.end
        if self.plan.on_list:
            closed = self.stage.lists[self.plan.on_list].closed
            assert closed is not None
            self.diary.at(closed, 9, 30)
        if self.plan.kin:
            yield self._next(1)
            refused(lambda: self._do(approve, approver))
        if end == End.CLEARED:
            return
        if self.plan.kin:
            yield self._next(1)
            self._visit(self.inspector, self.checker, DISTRICT_LOOK)
        yield self._next(self.rng.randint(1, 3))
        if end == End.SENT_BACK:
            self._do(return_for_correction, approver, words=SENT_BACK)
        elif end == End.REFUSED:
            income = bool(self.situation.verified)
            reason = RefusalReason.INCOME if income else RefusalReason.PROPERTY
            self._do(refuse, approver, reason=reason, words=REFUSED_INCOME if income else REFUSED_PROPERTY)
        else:
            self._do(approve, approver, words=self.words.approved())

    # --- pieces --------------------------------------------------------------------------------
    @property
    def case(self) -> Application:
        """The case as it stands now."""
        return Application.objects.select_related("household", "applicant", "community").get(pk=self.pk)

    def _do(self, verb: Callable[..., object], by: Officer, **words: object) -> None:
        case = self.case
        verb(case, by=by, version=case.version, **words)

    def _visit(self, by: Officer, companion: Officer, findings: str) -> None:
        self._do(
            record_visit,
            by,
            visited_on=clock.today(),
            visitors=[by.name, companion.name],
            member_present=self.case.applicant,
            all_signed=True,
            findings=findings,
        )

    def _enter_income(self, stage: str, amounts: dict[str, int], by: Officer) -> None:
        self._do(enter_income, by, stage=stage, persons=len(self.situation.kin), amounts=amounts)

    def _amounts(self, income: Income) -> dict[str, int]:
        return {part: self.rng.randint(*bounds) for part, bounds in income.items()}

    def _more(self, yuan: int) -> dict[str, int]:
        """What was declared, with more of its first kind of income."""
        first = next(iter(self.declared))
        return {**self.declared, first: self.declared[first] + yuan}

    def _verified(self) -> dict[str, int]:
        """What the street found: as declared, a little more in every third case, or quite another income."""
        if self.situation.verified:
            return self._amounts(self.situation.verified)
        return {**self._more(self.rng.choice((0, 0, 40))), "top_up": self.situation.top_up}

    def _next(self, days: int) -> datetime:
        return self.diary.on(days=days, hour=self.rng.randint(9, 15), minute=self.rng.randint(0, 59))

    def _last_afternoon(self) -> datetime:
        return self.diary.at(self.stage.calendar.ago(1), 15, self.rng.randint(30, 55))

    @property
    def acceptor(self) -> Officer:
        return self.stage.district.one_in(Role.STREET_ACCEPTOR, self.plan.street)

    @property
    def reviewer(self) -> Officer:
        return self.stage.district.one_in(Role.STREET_REVIEWER, self.plan.street, self.number)

    @property
    def checker(self) -> Officer:
        return self.stage.district.one_in(Role.DISTRICT_CHECKER, DISTRICT, self.number)

    @property
    def approver(self) -> Officer:
        return self.stage.district.approver(self.plan.street, self.number // 2)

    @property
    def inspector(self) -> Officer:
        """Who goes for the district, also where a street confirms."""
        return self.stage.district.one_in(Role.DISTRICT_APPROVER, DISTRICT, self.number // 2)

    def _clerk(self) -> Officer:
        return self.stage.district.clerk(self.plan.community)
