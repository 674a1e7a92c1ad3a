"""One case of the story: its people, its officers, its diary, and how an act on it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

from portal.demo.calendar import Diary
from portal.demo.ground import DISTRICT
from portal.demo.situations import SITUATIONS, Income
from portal.demo.stage import Stage
from portal.demo.story import Plan, Turn
from portal.demo.wording import Clerk
from relief.applications.models import Application
from relief.decisions.visit import record_visit
from relief.households.register import PersonEntry
from relief.officers.models import Officer, Role
from relief.projects.sunshine.income import enter_income
from relief.trail import clock

#: no case takes longer from the counter to the street's opinion, in working days
LONGEST = 9
#: a return for completion and a pause of the clock add so many
RETURN, PAUSE = 3, 7
#: the hour from which on acts of one day follow each other quickly
LATE = 16


class Case:
    """What every act on a case needs."""

    def __init__(self, stage: Stage, plan: Plan, number: int) -> None:
        self.stage, self.plan = stage, plan
        self.rng = Random(f"{stage.seed} case {number}")
        self.situation = SITUATIONS[plan.situation]
        self.words = Clerk(self.rng, self.situation, len(self.situation.kin))
        self.number = number
        self.diary = Diary(stage.calendar, stage.calendar.ago(self._opened_ago()), 9, self.rng.randint(5, 50))
        self.declared: dict[str, int] = {}
        self.members: list[PersonEntry] = []
        self.pk = 0

    def _opened_ago(self) -> int:
        if not self.plan.on_list:
            return self.plan.ago
        published = self.stage.calendar.place(self.stage.lists[self.plan.on_list].ready)
        more = RETURN * self.plan.asked + PAUSE * (self.plan.turn == Turn.PAUSED)
        return published + LONGEST + self.rng.randint(0, 3) + more

    @property
    def case(self) -> Application:
        """The case as it stands now."""
        return Application.objects.select_related("household", "applicant", "community").get(pk=self.pk)

    def do(self, verb: Callable[..., object], by: Officer, **words: object) -> None:
        case = self.case
        verb(case, by=by, version=case.version, **words)

    def visit(self, by: Officer, companion: Officer, findings: str) -> None:
        self.do(
            record_visit,
            by,
            visited_on=clock.today(),
            visitors=[by.name, companion.name],
            member_present=self.case.applicant,
            all_signed=True,
            findings=findings,
        )

    def enter_income(self, stage: str, amounts: dict[str, int], by: Officer) -> None:
        self.do(enter_income, by, stage=stage, persons=len(self.situation.kin), amounts=amounts)

    def amounts(self, income: Income) -> dict[str, int]:
        return {part: self.rng.randint(*bounds) for part, bounds in income.items()}

    def more(self, yuan: int) -> dict[str, int]:
        """What was declared, with more of its first kind of income."""
        first = next(iter(self.declared))
        return {**self.declared, first: self.declared[first] + yuan}

    def verified(self) -> dict[str, int]:
        """What the street found: as declared, a little more in every third case, or quite another income."""
        if self.situation.verified:
            return self.amounts(self.situation.verified)
        return {**self.more(self.rng.choice((0, 0, 40))), "top_up": self.situation.top_up}

    def next(self, days: int) -> datetime:
        """Some working days on, at any hour from which an act of an hour still ends in time."""
        return self.diary.on(days=days, hour=self.rng.randint(9, 15), minute=self.rng.randint(0, 59))

    def last_afternoon(self) -> datetime:
        return self.diary.at(self.stage.calendar.ago(1), 15, self.rng.randint(30, 55))

    def in_publicity(self) -> datetime:
        """A moment at which the list runs: the working day after, or that same afternoon before a holiday."""
        days = self.stage.lists[self.plan.on_list]
        calendar = self.stage.calendar
        if calendar.place(days.published) > 1 and (after := calendar.after(days.published)) <= days.ends:
            return self.diary.at(after, 10, self.rng.randint(0, 59))
        return self.diary.at(days.published, 16, self.rng.randint(15, 30))

    @property
    def pace(self) -> int:
        """Minutes from one act to the next of a day; few where the day is nearly over."""
        return 6 if self.diary.now.astimezone(clock.SHANGHAI).hour >= LATE else 45

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

    @property
    def clerk(self) -> Officer:
        return self.stage.district.clerk(self.plan.community)
