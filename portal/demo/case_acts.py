"""The life of one case at the counter, in the community, in the street and in the district."""

from __future__ import annotations

from portal.demo import turns
from portal.demo.case import Case
from portal.demo.play import Script
from portal.demo.stage import refused
from portal.demo.story import End
from portal.demo.wording import (
    ADVISED_AGAINST,
    DISTRICT_LOOK,
    EXPLAINED,
    REFUSED_INCOME,
    REFUSED_PROPERTY,
    SENT_BACK,
)
from relief.applications.accept import accept, ask_once
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
from relief.households.register import register_household
from relief.projects.sunshine.models import Stage as IncomeStage
from relief.trail import clock

STAYS_IN_THE_STREET = (End.REVIEWED, End.IN_PUBLICITY, End.UNDER_REINVESTIGATION, End.SURVEYED_AGAIN)


class CaseActs(Case):
    """The straight road; each method plays a stretch of it and yields the moments of its acts."""

    def script(self) -> Script:
        """The whole life, as far as the plan lets it go."""
        yield from self.road(self.plan.left_at or self.plan.end)
        yield from turns.leave(self)

    def road(self, end: End) -> Script:
        """The road as far as `end`, with what happens aside."""
        yield from self.at_the_counter()
        if end in (End.DRAFT, End.SUBMITTED, End.RETURNED):
            return
        yield from self.acceptance()
        yield from turns.after_acceptance(self)
        if end == End.ACCEPTED:
            return
        yield from self.in_the_community()
        if end == End.EXAMINED and not self.plan.surveyed:
            return
        yield from self.survey_by_the_street()
        if end == End.EXAMINED:
            return
        yield from self.opinion_of_the_street()
        yield from turns.before_the_list(self)
        yield from turns.in_publicity(self)
        if end not in STAYS_IN_THE_STREET:
            yield from self.in_the_district(end)

    # --- the counter ---------------------------------------------------------------------------
    def at_the_counter(self) -> Script:
        yield self.diary.now
        clerk = self.clerk
        entry = self.stage.people.household(self.plan.community, self.situation.kin, self.situation.kind)
        self.members = entry.members
        household = register_household(entry, by=clerk)
        members = [row.person for row in household.memberships.order_by("pk")]
        yield self.diary.later(minutes=8)
        case = open_draft(
            household, applicant=members[self.situation.applicant], benefit="guarantee", by=clerk
        )
        self.pk = case.pk
        self.stage.on_list[self.plan.on_list].append(case.pk)
        self.stage.cases[self.number] = case.pk
        self.stage.applicants[self.number] = (entry.members[self.situation.applicant].name, entry.phone)
        yield self.diary.later(minutes=12)
        self.declared = self.amounts(self.situation.income)
        self.enter_income(IncomeStage.DECLARED, self.declared, clerk)
        if self.plan.end == End.DRAFT:
            return
        yield self.diary.later(minutes=6)
        self.do(submit, clerk)
        if self.plan.asked or self.plan.end == End.RETURNED:
            yield from self._asked_once()

    def _asked_once(self) -> Script:
        yield self.next(1)
        self.do(ask_once, self.acceptor, missing=self.words.asked())
        if self.plan.end == End.RETURNED:
            return
        yield self.next(1)
        self.declared = self.more(60)
        self.enter_income(IncomeStage.DECLARED, self.declared, self.clerk)
        yield self.diary.later(minutes=9)
        self.do(submit, self.clerk, note=self.words.handed_in())

    def acceptance(self) -> Script:
        yield self.next(1)
        self.do(accept, self.acceptor, kin_registered=self.plan.kin)

    # --- the community -------------------------------------------------------------------------
    def in_the_community(self) -> Script:
        yield self.next(self.rng.randint(1, 2))
        examiner = self.stage.district.examiner(self.plan.community)
        self.visit(examiner, self.clerk, self.words.community_visit())
        yield self.next(1)
        self.do(examine, examiner, favourable=not self.situation.mismatch, words=self.words.examined())

    # --- the street ----------------------------------------------------------------------------
    def survey_by_the_street(self) -> Script:
        yield self.next(self.rng.randint(1, 2))
        self.visit(self.reviewer, self.acceptor, self.words.street_visit())
        yield self.next(1)
        result = CheckResult.MISMATCH if self.situation.mismatch else CheckResult.CONSISTENT
        self.do(
            record_cross_check,
            self.checker,
            checked_on=clock.today(),
            result=result,
            remarks=self.words.check_remarks(),
        )
        if self.situation.mismatch:
            yield self.diary.later(minutes=60)
            odd = unexplained(self.case)[0]
            self.do(explain_mismatch, self.reviewer, check=odd, words=EXPLAINED)

    def opinion_of_the_street(self) -> Script:
        reviewer = self.reviewer
        yield self.last_afternoon() if self.plan.end == End.REVIEWED else self.next(1)
        self.enter_income(IncomeStage.VERIFIED, self.verified(), reviewer)
        yield self.diary.later(minutes=25)
        if self.situation.verified:
            self.do(review, reviewer, recommended=False, words=ADVISED_AGAINST, reason=RefusalReason.INCOME)
        else:
            self.do(review, reviewer, recommended=True, words=self.words.recommended())

    # --- the district --------------------------------------------------------------------------
    def in_the_district(self, end: End) -> Script:
        approver = self.approver
        if self.plan.on_list:
            closed = self.stage.lists[self.plan.on_list].closed
            assert closed is not None
            if self.diary.now.date() < closed:
                self.diary.at(closed, 9, 30)
        yield from turns.before_the_decision(self)
        if self.plan.special:
            yield self.next(1)
            refused(lambda: self.do(approve, approver))
        if end == End.CLEARED:
            return
        if self.plan.special:
            yield self.next(1)
            self.visit(self.inspector, self.checker, DISTRICT_LOOK)
        yield self.next(self.rng.randint(1, 3))
        if end == End.SENT_BACK:
            self.do(return_for_correction, approver, words=SENT_BACK)
        elif end == End.REFUSED:
            income = bool(self.situation.verified)
            reason = RefusalReason.INCOME if income else RefusalReason.PROPERTY
            self.do(refuse, approver, reason=reason, words=REFUSED_INCOME if income else REFUSED_PROPERTY)
        else:
            self.do(approve, approver, words=self.words.approved())
