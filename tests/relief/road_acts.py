"""Every act on one case that the machine may try: who does it there, and how it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from relief.applications.accept import accept, ask_once
from relief.applications.clock_changes import extend_limit, start_clock, stop_clock
from relief.applications.kin import register_kin
from relief.applications.models import Application
from relief.applications.owner import hand_over, roles_at, take, who_may_take
from relief.applications.states import State
from relief.applications.submit import submit
from relief.applications.withdraw import withdraw
from relief.decisions.complaint import register_complaint
from relief.decisions.cross_check import record_cross_check
from relief.decisions.decide import approve, examine, refuse, return_for_correction, review
from relief.decisions.democratic_review import democratic_review
from relief.decisions.explain import explain_hit, explain_mismatch
from relief.decisions.models import CrossCheck, RegisterHit
from relief.decisions.new_opinion import new_opinion
from relief.decisions.rectify import rectify
from relief.decisions.terminate import terminate
from relief.decisions.visit import record_visit
from relief.officers.models import Role
from relief.projects.sunshine.income import enter_income
from relief.publicity.respond import object_to
from relief.trail import clock

WORDS = "情况属实。"
#: acts that the district does once a case lies with it, and the street before that
BY_STAGE = ("return", "stop-clock", "start-clock", "extend-limit", "terminate")
#: who may have a case as his own, in the order in which they are tried
MINE = (Role.STREET_ACCEPTOR, Role.COMMUNITY_EXAMINER, Role.STREET_REVIEWER, Role.STREET_PUBLISHER)
#: acts of the confirming level
CONFIRMING = ("approve", "refuse")


def visit(case: Application, **given: Any) -> None:
    signed = {"visitors": ["甲", "乙"], "member_present": case.applicant, "all_signed": True}
    record_visit(case, visited_on=clock.today(), findings=WORDS, **signed, **given)


def check(result: str) -> Callable[..., Any]:
    def entered(case: Application, **given: Any) -> None:
        record_cross_check(case, checked_on=clock.today(), result=result, remarks=WORDS, **given)

    return entered


def income(case: Application, **given: Any) -> None:
    enter_income(case, stage="verified", persons=case.persons, amounts={"wages": "430"}, **given)


def explain_a_mismatch(case: Application, **given: Any) -> None:
    wrong = CrossCheck.objects.filter(result="mismatch").order_by("application", "pk")
    found = wrong.filter(application=case, explanation=None).first() or wrong.first()
    explain_mismatch(case, check=found or CrossCheck(version=1), words=WORDS, **given)


def explain_a_hit(case: Application, **given: Any) -> None:
    hits = RegisterHit.objects.order_by("pk")
    found = hits.filter(application=case, open=True).first() or hits.first()
    explain_hit(case, hit=found or RegisterHit(version=1), words=WORDS, **given)


def meet(case: Application, **given: Any) -> None:
    heads = {"participants": 9, "representatives": 6, "votes_for": 7, "votes_against": 1}
    democratic_review(case, held_on=clock.today(), minutes=WORDS, **heads, **given)


def opine(recommended: bool) -> Callable[..., Any]:
    ground = "" if recommended else "property-above-limit"

    def said(case: Application, **given: Any) -> None:
        new_opinion(case, recommended=recommended, words=WORDS, answer=WORDS, reason=ground, **given)

    return said


def objection(name: str) -> Callable[..., Any]:
    """An objection by telephone; without a name it is anonymous."""
    said = {"channel": "telephone", "words": WORDS, "name": name, "contact": "138" if name else ""}

    def entered(case: Application, **given: Any) -> None:
        object_to(case, **said, **given)

    return entered


def give_to_a_colleague(case: Application, **given: Any) -> None:
    """To the first who may take the case, or back to the giver when nobody may."""
    colleague = next(iter(who_may_take(case)), given["by"])
    hand_over(case, to=colleague, words=WORDS, **given)


def complain(case: Application, **given: Any) -> None:
    register_complaint(case, received_on=clock.today(), words=WORDS, **given)


def slip(case: Application, **given: Any) -> None:
    """Another amount each time: the row that is shown is outdated then."""
    amount = (case.proposed_amount or Decimal(0)) + 1
    rectify(case, persons=1, amount=amount, top_up=Decimal(0), words=WORDS, **given)


def with_words(verb: Callable[..., Any], **fixed: Any) -> Callable[..., Any]:
    return lambda case, **given: verb(case, words=WORDS, **fixed, **given)


#: act → whose it is before a list, and how it is done
ACTS: Mapping[str, tuple[Role, Callable[..., Any]]] = {
    "submit": (Role.COMMUNITY_CLERK, submit),
    "ask-once": (Role.STREET_ACCEPTOR, lambda case, **given: ask_once(case, missing=WORDS, **given)),
    "accept": (
        Role.STREET_ACCEPTOR,
        lambda case, **given: accept(case, kin_registered=case.pk % 3 == 0, **given),
    ),
    "visit": (Role.STREET_ACCEPTOR, visit),
    "examine": (Role.COMMUNITY_EXAMINER, with_words(examine, favourable=True)),
    "cross-check": (Role.DISTRICT_CHECKER, check("consistent")),
    "mismatch": (Role.DISTRICT_CHECKER, check("mismatch")),
    "explain-mismatch": (Role.STREET_REVIEWER, explain_a_mismatch),
    "explain-hit": (Role.STREET_REVIEWER, explain_a_hit),
    "income": (Role.STREET_REVIEWER, income),
    "review": (Role.STREET_REVIEWER, with_words(review, recommended=True)),
    "advise-against": (
        Role.STREET_REVIEWER,
        with_words(review, recommended=False, reason="income-above-standard"),
    ),
    "object": (Role.STREET_ACCEPTOR, objection("周正")),
    "object-too": (Role.COMMUNITY_CLERK, objection("何兰")),
    "object-unnamed": (Role.STREET_PUBLISHER, objection("")),
    "democratic-review": (Role.STREET_REVIEWER, meet),
    "new-opinion": (Role.STREET_REVIEWER, opine(True)),
    "new-opinion-against": (Role.STREET_REVIEWER, opine(False)),
    "take": (Role.STREET_REVIEWER, take),
    "hand-over": (Role.STREET_REVIEWER, give_to_a_colleague),
    "complain": (Role.DISTRICT_CHECKER, complain),
    "register-kin": (Role.STREET_ACCEPTOR, with_words(register_kin)),
    "approve": (Role.DISTRICT_APPROVER, approve),
    "refuse": (Role.DISTRICT_APPROVER, with_words(refuse, reason="untrue-declaration")),
    "return": (Role.STREET_REVIEWER, with_words(return_for_correction)),
    "terminate": (Role.STREET_REVIEWER, with_words(terminate, reason="unreachable")),
    "withdraw": (Role.COMMUNITY_CLERK, with_words(withdraw)),
    "rectify": (Role.STREET_REVIEWER, slip),
    "stop-clock": (Role.STREET_REVIEWER, with_words(stop_clock, reason="absent")),
    "start-clock": (Role.STREET_REVIEWER, with_words(start_clock)),
    "extend-limit": (Role.STREET_REVIEWER, with_words(extend_limit, reason="hard-survey")),
}
#: what the trail calls an act that has another name here
IN_THE_TRAIL = {"mismatch": "cross-check", "object-too": "object", "object-unnamed": "object"}


def role_for(case: Application, act: str) -> Role:
    """Who does the act where the case stands, under its own road."""
    confirming = Role.STREET_APPROVER if case.road.delegated else Role.DISTRICT_APPROVER
    if act in CONFIRMING or (act in BY_STAGE and case.state == State.CLEARED):
        return confirming
    if act in ("take", "hand-over"):
        return next((role for role in MINE if role in roles_at(case)), Role.STREET_REVIEWER)
    if act == "visit":
        at = {State.ACCEPTED: Role.COMMUNITY_EXAMINER, State.CLEARED: Role.DISTRICT_CHECKER}
        return at.get(State(case.state), Role.STREET_ACCEPTOR)
    return ACTS[act][0]
