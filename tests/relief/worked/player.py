"""Play a worked case through the verbs: each act of the table in the words of the table."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from relief.applications.accept import accept, ask_once
from relief.applications.clock_changes import extend_limit, start_clock, stop_clock
from relief.applications.models import Application
from relief.applications.submit import submit
from relief.applications.withdraw import withdraw
from relief.confidential.vault import open_columns
from relief.decisions.complaint import register_complaint
from relief.decisions.cross_check import record_cross_check
from relief.decisions.decide import approve, examine, refuse, return_for_correction, review
from relief.decisions.new_opinion import new_opinion
from relief.decisions.terminate import terminate
from relief.officers.models import Officer, Role
from relief.projects.sunshine.income import enter_income
from relief.publicity.close import close
from relief.publicity.compile import compile_list
from relief.publicity.models import PublicList, Response
from relief.publicity.post import post
from relief.publicity.respond import withdraw_objection
from relief.schedule.run import run_due
from relief.trail import clock
from relief.trail.actor import Robot
from tests.factories import cases, objections
from tests.factories.district import District
from tests.factories.gate import inspect_and_announce, inspect_and_publish

WORDS = "情况属实。"


class Player:
    """One case and its newest list, and everybody who acts on them."""

    def __init__(self, district: District, community: str) -> None:
        self.district, self.community, self.street = district, community, community[:3]
        self.drafted: Application | None = None
        self.public_list: PublicList | None = None

    def do(self, act: str) -> None:
        """Do one act of the table. Raises KeyError for unknown words, or what the verb raises."""
        for pattern, method in ACTS.items():
            if found := re.fullmatch(pattern, act):
                method(self, *found.groups())
                return
        raise KeyError(act)

    @property
    def case(self) -> Application:
        if self.drafted is None:
            self.drafted = cases.draft(self.district, self.community)
        return cases.fresh(self.drafted)

    @property
    def list(self) -> PublicList:
        assert self.public_list is not None
        return PublicList.objects.get(pk=self.public_list.pk)

    def by(self, role: Role) -> Officer:
        area = self.community if role.startswith("community") else self.street
        return self.district.officer(role, "" if role.startswith("district") else area)

    def act(self, verb: Callable[..., Any], role: Role, **given: Any) -> None:
        case = self.case
        verb(case, by=self.by(role), version=case.version, **given)

    # --- before the list ---------------------------------------------------------------------------

    def submit(self) -> None:
        if self.case.submitted_on is None:
            self.income_of("declared", Role.COMMUNITY_CLERK, "400")
        self.act(submit, Role.COMMUNITY_CLERK)

    def ask_once(self) -> None:
        self.act(ask_once, Role.STREET_ACCEPTOR, missing="身份证复印件")

    def accept(self, kin: str | None) -> None:
        self.act(accept, Role.STREET_ACCEPTOR, kin_registered=bool(kin))

    def visit(self, level: str) -> None:
        role = {
            "community": Role.COMMUNITY_EXAMINER,
            "street": Role.STREET_REVIEWER,
            "district": Role.DISTRICT_CHECKER,
        }[level]
        cases.visited(self.district, self.case, role)

    def examine(self) -> None:
        self.act(examine, Role.COMMUNITY_EXAMINER, favourable=True, words=WORDS)

    def cross_check(self) -> None:
        self.act(record_cross_check, Role.DISTRICT_CHECKER, checked_on=clock.today(), result="consistent")

    def income(self, wages: str) -> None:
        self.income_of("verified", Role.STREET_REVIEWER, wages)

    def income_of(self, stage: str, role: Role, wages: str) -> None:
        self.act(enter_income, role, stage=stage, persons=1, amounts={"wages": wages})

    def review(self) -> None:
        self.act(review, Role.STREET_REVIEWER, recommended=True, words=WORDS)

    def advise_against(self) -> None:
        ground = {"recommended": False, "reason": "income-above-standard"}
        self.act(review, Role.STREET_REVIEWER, words=WORDS, **ground)

    def give_back(self, level: str) -> None:
        role = Role.STREET_REVIEWER if level == "street" else Role.DISTRICT_APPROVER
        self.act(return_for_correction, role, words=WORDS)

    # --- the list ----------------------------------------------------------------------------------

    def neighbour(self, community: str) -> None:
        cases.reviewed(self.district, community)

    def match(self) -> None:
        cases.matched(self.district, self.street)

    def publish(self, batch: str) -> None:
        compiled = compile_list(
            self.district.areas[self.street],
            by=self.by(Role.STREET_REVIEWER),
            benefit="guarantee",
            batch=batch,
        )
        self.public_list = inspect_and_publish(compiled, by=self.by(Role.STREET_PUBLISHER))

    def post(self, community: str, day: str | None) -> None:
        posted_on = date.fromisoformat(day) if day else clock.today()
        board = self.district.boards[community]
        by = self.by(Role.STREET_PUBLISHER)
        post(self.list, by=by, version=self.list.version, board=board, posted_on=posted_on)

    def close(self) -> None:
        close(self.list, by=self.by(Role.STREET_PUBLISHER), version=self.list.version)

    def tick(self) -> None:
        assert [outcome.words for outcome in run_due() if outcome.failed] == []

    def object_by(self, name: str) -> None:
        objections.objected(self.district, self.case, name=name)

    def withdraw_objection(self, name: str) -> None:
        for response in Response.objects.filter(application=self.case):
            opened = open_columns(response, ("respondent",), by=Robot("test"), purpose="test")
            if name in opened["respondent"]:
                withdraw_objection(response, by=self.by(Role.STREET_ACCEPTOR), version=response.version)

    def democratic_review(self) -> None:
        objections.reviewed_by_neighbours(self.district, self.case)

    def new_opinion(self, against: str | None) -> None:
        reason = "property-above-limit" if against else ""
        opinion = {"recommended": not against, "words": WORDS, "answer": WORDS, "reason": reason}
        self.act(new_opinion, Role.STREET_REVIEWER, **opinion)

    # --- the decision and the ways out -------------------------------------------------------------

    def complain(self) -> None:
        self.act(register_complaint, Role.DISTRICT_CHECKER, received_on=clock.today(), words=WORDS)

    def approve(self, street: str | None) -> None:
        self.act(approve, Role.STREET_APPROVER if street else Role.DISTRICT_APPROVER)

    def refuse(self) -> None:
        self.act(refuse, Role.DISTRICT_APPROVER, reason="untrue-declaration", words=WORDS)

    def announce(self) -> None:
        street = self.district.areas[self.street]
        inspect_and_announce(street, by=self.by(Role.DISTRICT_ANNOUNCER), benefit="guarantee")

    def terminate(self) -> None:
        self.act(terminate, Role.STREET_REVIEWER, reason="refuses-survey", words=WORDS)

    def stop_clock(self) -> None:
        self.act(stop_clock, Role.STREET_REVIEWER, reason="absent", words=WORDS)

    def start_clock(self) -> None:
        self.act(start_clock, Role.STREET_REVIEWER, words=WORDS)

    def extend(self, reason: str) -> None:
        self.act(extend_limit, Role.STREET_REVIEWER, reason=reason, words=WORDS)

    def withdraw(self) -> None:
        self.act(withdraw, Role.COMMUNITY_CLERK, words=WORDS)


#: the words of the table's second column
ACTS: dict[str, Callable[..., None]] = {
    r"submit": Player.submit,
    r"ask once": Player.ask_once,
    r"accept( as kin)?": Player.accept,
    r"visit by (community|street|district)": Player.visit,
    r"examine": Player.examine,
    r"cross-check": Player.cross_check,
    r"income (\d+)": Player.income,
    r"review": Player.review,
    r"advise against": Player.advise_against,
    r"return by (street|district)": Player.give_back,
    r"neighbour (\d+)": Player.neighbour,
    r"match": Player.match,
    r"publish (\S+)": Player.publish,
    r"post on (\d+)(?: as of (\S+))?": Player.post,
    r"close": Player.close,
    r"tick": Player.tick,
    r"object by (\S+)": Player.object_by,
    r"withdraw objection of (\S+)": Player.withdraw_objection,
    r"democratic review": Player.democratic_review,
    r"new opinion( against)?": Player.new_opinion,
    r"complain": Player.complain,
    r"approve( by street)?": Player.approve,
    r"refuse": Player.refuse,
    r"announce": Player.announce,
    r"terminate": Player.terminate,
    r"withdraw": Player.withdraw,
    r"stop clock": Player.stop_clock,
    r"start clock": Player.start_clock,
    r"extend for (\S+)": Player.extend,
}
