"""What happens to a case aside of the straight road: the clock, kin, objections, complaints, early ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.demo.case import Case
from portal.demo.play import Script
from portal.demo.story import End, Turn
from portal.demo.wording_aside import (
    ALIVE,
    CLOCK_STARTED,
    CLOCK_STOPPED,
    COMPLAINTS,
    DEATHS_FROM,
    EXTENDED,
    KIN_NOTICED,
    MINUTES,
    OBJECTIONS,
    REJECTED,
    RETURNED_AGAIN,
    TAKEN_BACK,
    TERMINATED,
    UPHELD,
    WITHDRAWN,
)
from relief.applications.clock_changes import (
    ExtensionReason,
    StopReason,
    extend_limit,
    start_clock,
    stop_clock,
)
from relief.applications.kin import register_kin
from relief.applications.withdraw import withdraw
from relief.decisions.complaint import register_complaint
from relief.decisions.decide import RefusalReason, return_for_correction
from relief.decisions.democratic_review import democratic_review
from relief.decisions.explain import explain_hit
from relief.decisions.models import RegisterHit
from relief.decisions.new_opinion import new_opinion
from relief.decisions.register_match import match_registers
from relief.decisions.terminate import TerminationReason, terminate
from relief.households.deaths import COLUMNS as DEATH_COLUMNS
from relief.households.deaths import import_deaths, look_at_deaths
from relief.households.staff_relatives import declare_relative
from relief.officers.models import Role
from relief.officers.relatives import KinRelation
from relief.publicity.models import Response, ResponseChannel, ResponseState
from relief.publicity.respond import object_to, withdraw_objection
from relief.trail import clock

OBJECTED = frozenset(
    {
        Turn.REJECTED,
        Turn.REJECTED_BY_REVIEW,
        Turn.UPHELD,
        Turn.TAKEN_BACK,
        Turn.OBJECTED,
        Turn.OBJECTED_TWICE,
        Turn.RETURNED_AGAIN,
    }
)
DEATHS_HEADER = ",".join(column.header for column in DEATH_COLUMNS)
TWO_OBJECT = frozenset({Turn.REJECTED_BY_REVIEW, Turn.OBJECTED_TWICE})


def after_acceptance(case: Case) -> Script:
    """The clock stopped, started, extended; kinship that becomes known."""
    turn = case.plan.turn
    if turn in (Turn.STOPPED, Turn.PAUSED):
        yield case.next(1)
        reason = StopReason.ABSENT
        case.do(stop_clock, case.reviewer, reason=reason, words=CLOCK_STOPPED)
        if turn == Turn.PAUSED:
            yield case.next(5)
            case.do(start_clock, case.reviewer, words=CLOCK_STARTED)
    elif turn == Turn.EXTENDED:
        yield case.diary.later(minutes=40)
        case.do(extend_limit, case.reviewer, reason=ExtensionReason.HARD_SURVEY, words=EXTENDED)
    elif turn == Turn.KIN_NOTICED:
        yield case.diary.later(minutes=30)
        examiner = case.stage.district.examiner(case.plan.community)
        case.do(register_kin, examiner, words=KIN_NOTICED)
    elif turn == Turn.KIN_MATCHED:
        yield case.diary.later(minutes=30)
        _declared_by_an_officer(case)


def _declared_by_an_officer(case: Case) -> None:
    """The street's leader declares the head of the household; the match before the list finds it."""
    relative = case.members[0]
    leader = case.stage.district.one_in(Role.STREET_LEADER, case.plan.street)
    declare_relative(
        relation=KinRelation.SIBLING, name=relative.name, id_number=relative.id_number, by=leader
    )


def before_the_list(case: Case) -> Script:
    """A register of deaths names a member; while that is not explained the case comes on no list."""
    turn, street = case.plan.turn, case.plan.street
    if turn == Turn.DEATH_EXPLAINED:
        published = case.stage.lists[case.plan.on_list].published
        yield case.diary.at(published, 9, 10)
        _reported_dead(case)
        yield case.diary.at(published, 9, 45)  # the street has matched its cases at 9:40
        hit = RegisterHit.objects.get(application=case.case, open=True)
        case.do(explain_hit, case.reviewer, hit=hit, words=ALIVE)
    elif turn == Turn.DEATH_OPEN:
        yield case.diary.later(minutes=5)
        _reported_dead(case)
        yield case.diary.later(minutes=5)
        match_registers(case.stage.district.areas[street], by=case.reviewer)


def _reported_dead(case: Case) -> None:
    """The file that another office sends, with its end mark: one row, the household's last member."""
    died_on = clock.today() - timedelta(days=case.rng.randint(12, 40))
    row = f"{case.members[-1].id_number},{died_on},{DEATHS_FROM}"
    content = "\r\n".join([DEATHS_HEADER, row, "总行数,1", ""]).encode()
    digest = look_at_deaths(content, by=case.checker).digest
    import_deaths(content, by=case.checker, digest=digest)


def in_publicity(case: Case) -> Script:
    """An objection to the case on its running list, and what comes of it."""
    turn = case.plan.turn
    if turn not in OBJECTED:
        return
    yield case.in_publicity()
    _object(case, ResponseChannel.COUNTER)
    if turn in TWO_OBJECT:
        yield case.diary.later(minutes=15)
        _object(case, ResponseChannel.TELEPHONE)
    if turn in (Turn.OBJECTED, Turn.OBJECTED_TWICE):
        return
    if turn == Turn.TAKEN_BACK:
        yield case.diary.later(minutes=25)
        response = Response.objects.get(application=case.case, state=ResponseState.OPEN)
        withdraw_objection(response, by=case.acceptor, version=response.version, words=TAKEN_BACK)
        return
    yield case.next(1)
    if turn == Turn.REJECTED_BY_REVIEW:
        _meet(case)
    elif turn == Turn.RETURNED_AGAIN:
        case.do(return_for_correction, case.reviewer, words=RETURNED_AGAIN)
        return
    else:
        case.visit(case.reviewer, case.acceptor, case.words.street_visit())
    yield case.next(1)
    _opine(case, recommended=turn != Turn.UPHELD)


def _object(case: Case, channel: ResponseChannel) -> None:
    """Every second telephone call is anonymous."""
    name, phone = case.stage.people.somebody()
    anonymous = channel == ResponseChannel.TELEPHONE and case.number % 2
    who = {} if anonymous else {"name": name, "contact": phone}
    case.do(object_to, case.acceptor, channel=channel, words=case.rng.choice(OBJECTIONS), **who)


def _meet(case: Case) -> None:
    present = case.rng.randint(9, 15)
    against = case.rng.randint(0, 2)
    case.do(
        democratic_review,
        case.reviewer,
        held_on=clock.today(),
        participants=present,
        representatives=present - 2,
        votes_for=present - against - 1,
        votes_against=against,
        minutes=MINUTES,
    )


def _opine(case: Case, *, recommended: bool) -> None:
    words, answer = REJECTED if recommended else UPHELD
    reason = {} if recommended else {"reason": RefusalReason.PROPERTY}
    case.do(new_opinion, case.reviewer, recommended=recommended, words=words, answer=answer, **reason)


def before_the_decision(case: Case) -> Script:
    """A complaint while the case lies with whoever confirms it."""
    if case.plan.turn == Turn.COMPLAINT:
        yield case.next(1)
        words = case.rng.choice(COMPLAINTS)
        case.do(register_complaint, case.checker, received_on=clock.today(), words=words)


def leave(case: Case) -> Script:
    """The applicant takes the case back, or the office ends it."""
    if case.plan.end == End.WITHDRAWN:
        yield _leaving(case)
        case.do(withdraw, case.clerk, words=case.rng.choice(WITHDRAWN))
    elif case.plan.end == End.TERMINATED:
        yield _leaving(case)
        reason = case.rng.choice(list(TerminationReason))
        case.do(terminate, case.reviewer, reason=reason, words=TERMINATED[reason])


def _leaving(case: Case) -> datetime:
    return case.in_publicity() if case.plan.left_at == End.IN_PUBLICITY else case.next(2)
