"""A machine that plays the acts at random: any officer, any case, any day, any version (for hypothesis)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from relief.applications.models import Application
from relief.applications.states import State
from relief.awards.announce import announce, inspect_announcement
from relief.decisions.register_match import match_registers
from relief.errors import Refused
from relief.officers.models import Officer, Role
from relief.publicity.close import close
from relief.publicity.compile import compile_list
from relief.publicity.expire import EXPIRY, expire_names
from relief.publicity.models import PublicList, Response
from relief.publicity.post import post
from relief.publicity.publish import publish
from relief.publicity.respond import withdraw_objection
from relief.schedule.run import run_due
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.models import Event, Refusal
from tests.factories import cases, objections, registers
from tests.factories.district import District
from tests.factories.gate import inspected, quickly
from tests.relief import road_truths
from tests.relief.road_acts import ACTS, IN_THE_TRAIL, role_for
from tests.relief.road_corrections import Corrections

#: the acts that bring a case on, by where it stands; each once, then the next
NEXT: dict[str, tuple[str, ...]] = {
    State.DRAFT: ("submit",),
    State.RETURNED: ("submit",),
    State.SUBMITTED: ("accept",),
    State.ACCEPTED: ("visit", "examine"),
    State.EXAMINED: ("visit", "cross-check", "income", "review"),
    State.IN_PUBLICITY: ("object",),
    State.UNDER_REINVESTIGATION: ("visit", "new-opinion"),
    State.CLEARED: ("visit", "approve"),
}
some = st.integers(min_value=0, max_value=99)
#: the right officer, one with too many offices (the first of the people), or whoever
who = st.sampled_from((*[None] * 9, 0, 0, 1, 2, *range(3, 23)[::5]))
lags = st.sampled_from((0, 0, 0, 0, 1))
stages = st.sampled_from((cases.submitted, cases.examined, cases.ready_for_review, cases.reviewed))
days = st.integers(min_value=0, max_value=9)
sizes, waits = st.integers(min_value=1, max_value=2), st.sampled_from((0, 3, 7, 7))
#: acts beside the road's table
ASIDE = ["visit", "cross-check", "mismatch", "income", "democratic-review", "stop-clock", "start-clock"]
ASIDE += ["rectify", "extend-limit", "take", "hand-over", "register-kin", "explain-hit", "explain-mismatch"]
#: what stands somewhere and moves by acts only
MOVING = (Application, PublicList, Response)


class RoadMachine(Corrections, RuleBasedStateMachine):
    """Every act is tried by right and wrong people; whatever happens, the truths of the road hold."""

    def __init__(self, district: District, people: list[Officer]) -> None:
        super().__init__()
        self.district, self.people = district, people
        self.moment: datetime = clock.at(date(2026, 3, 2))
        self.frame = transaction.atomic()
        self.frame.__enter__()

    def teardown(self) -> None:
        try:
            with clock.moved_to(self.moment):
                road_truths.hold()
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    # --- cases ---------------------------------------------------------------------------------

    @rule(community=st.sampled_from(("10101", "10102", "10201")), stage=stages, minor=st.booleans())
    def open_a_case(self, community: str, stage: Callable, minor: bool) -> None:
        born = (date(2015, 5, 5),) if minor else (date(1960, 3, 5), date(2012, 1, 1))
        with self.now():
            stage(self.district, community, births=born)

    @precondition(lambda self: Application.objects.exists())
    @rule(n=some, by=who, steps=st.integers(min_value=1, max_value=9))
    def bring_on(self, n: int, by: int | None, steps: int) -> None:
        for _step in range(steps):
            case = self.case(n)
            done = set(
                Event.objects.filter(subject_code=case.code, pk__gt=self.arrived(case)).values_list(
                    "act", flat=True
                )
            )
            left = [act for act in NEXT.get(case.state, ()) if act not in done]
            if left:
                self.act(case, left[0], by, lag=0)

    @precondition(lambda self: Application.objects.exists())
    @rule(n=some)
    def do_everything_alone(self, n: int) -> None:
        self.bring_on(n, 0, 9)

    @precondition(lambda self: Application.objects.exists())
    @rule(n=some, turns=st.lists(some, min_size=3, max_size=8), by=who, lag=lags)
    def do_what_the_road_knows(self, n: int, turns: list[int], by: int | None, lag: int) -> None:
        """Whatever can follow, again and again, on one case: the odd acts get their turn so."""
        for turn in turns:
            case = self.case(n)
            acts = sorted(act for act in ACTS if case.road.step(IN_THE_TRAIL.get(act, act), case.state))
            acts += ASIDE
            self.act(case, acts[turn % len(acts)], by, lag)
            lag = 0

    @precondition(lambda self: Application.objects.exists())
    @rule(n=some, act=st.sampled_from(sorted(ACTS)), by=who, lag=lags)
    def do_anything(self, n: int, act: str, by: int | None, lag: int) -> None:
        self.act(self.case(n), act, by, lag)

    def act(self, case: Application, act: str, by: int | None, lag: int) -> None:
        officer = self.officer(by, role_for(case, act), case.area)
        _role, do = ACTS[act]
        events = self.attempt(lambda: do(case, by=officer, version=case.version - lag))
        for event in events[:1]:
            assert (event.act, event.subject_code) == (IN_THE_TRAIL.get(act, act), case.code)
        assert {event.cause_id for event in events[1:]} <= {event.pk for event in events[:1]}

    @precondition(lambda self: Application.objects.exists())
    @rule(n=some, what=st.sampled_from(("dead", "kin")))
    def a_register_knows_a_member(self, n: int, what: str) -> None:
        person = self.case(n).applicant
        with self.now():
            if what == "dead":
                registers.dead(person, clock.today())
            else:
                registers.relative(person, self.people[4], clock.today())

    @precondition(lambda self: Response.objects.exists())
    @rule(n=some, by=who, lag=lags)
    def withdraw_an_objection(self, n: int, by: int | None, lag: int) -> None:
        responses = Response.objects.order_by("pk")
        response = responses[n % responses.count()]
        officer = self.officer(by, Role.STREET_ACCEPTOR, response.application.area)
        self.attempt(lambda: withdraw_objection(response, by=officer, version=response.version - lag))

    # --- lists ---------------------------------------------------------------------------------

    @rule(street=st.sampled_from(("101", "102")), size=sizes, objected=st.booleans(), wait=waits)
    def run_a_list(self, street: str, size: int, objected: bool, wait: int) -> None:
        """The right people bring cases before the public, as far as older ones don't stand in the way."""
        with self.now(), suppress(Refused):
            new = [cases.reviewed(self.district, f"{street}01") for _turn in range(size)]
            cases.posted(self.district, cases.published(self.district, street, "2026-03"))
            if objected:
                objections.objected(self.district, new[0])
        self.wait(wait)

    @rule(street=st.sampled_from(("101", "102")), by=who, batch=st.sampled_from(("2026-01", "2026-02")))
    def compile(self, street: str, by: int | None, batch: str) -> None:
        officer = self.officer(by, Role.STREET_REVIEWER, street)
        area = self.district.areas[street]
        self.list_act(lambda: match_registers(area, by=officer))
        self.attempt(lambda: compile_list(area, by=officer, benefit="guarantee", batch=batch))

    @precondition(lambda self: PublicList.objects.exists())
    @rule(n=some, by=who, lag=lags)
    def publish(self, n: int, by: int | None, lag: int) -> None:
        chosen = self.list(n)
        officer = self.officer(by, Role.STREET_PUBLISHER, chosen.area_id)
        self.look(lambda: inspected(chosen, by=officer))
        self.list_act(lambda: publish(chosen, by=officer, version=chosen.version - lag))

    @precondition(lambda self: PublicList.objects.exists())
    @rule(n=some, by=who, earlier=days)
    def post_everywhere(self, n: int, by: int | None, earlier: int) -> None:
        officer = self.officer(by, Role.STREET_PUBLISHER, self.list(n).area_id)
        for board in self.district.boards.values():
            chosen = self.list(n)
            day = self.moment.date() - timedelta(days=earlier % 3)
            self.attempt(
                lambda chosen=chosen, board=board, day=day: post(
                    chosen, by=officer, version=chosen.version, board=board, posted_on=day
                )
            )

    @precondition(lambda self: PublicList.objects.exists())
    @rule(n=some, by=st.one_of(st.just("robot"), who))
    def close(self, n: int, by: int | str | None) -> None:
        chosen = self.list(n)
        officer = (
            Robot("closing") if by == "robot" else self.officer(by, Role.STREET_PUBLISHER, chosen.area_id)
        )
        self.list_act(lambda: close(chosen, by=officer, version=chosen.version))

    @rule(street=st.sampled_from(("101", "102")), by=who)
    def announce(self, street: str, by: int | None) -> None:
        officer = self.officer(by, Role.DISTRICT_ANNOUNCER, "")
        area = self.district.areas[street]
        self.look(lambda: inspect_announcement(area, by=officer, benefit="guarantee"))
        self.list_act(lambda: announce(area, by=officer, benefit="guarantee"))

    @precondition(lambda self: Application.objects.filter(state=State.CLEARED).exists())
    @rule(visitor=who, by=who, announcer=who)
    def decide_and_announce(self, visitor: int | None, by: int | None, announcer: int | None) -> None:
        for case in Application.objects.filter(state=State.CLEARED).select_related("household", "applicant"):
            self.act(case, "visit", visitor, lag=0)
            self.act(cases.fresh(case), "approve", by, lag=0)
            self.announce(case.area[:3], announcer)

    @precondition(lambda self: PublicList.objects.exists())
    @rule(n=some, by=st.one_of(st.just("robot"), some))
    def expire(self, n: int, by: int | str) -> None:
        officer = EXPIRY if by == "robot" else self.people[int(by) % len(self.people)]
        self.list_act(lambda: expire_names(self.list(n), by=officer))

    @rule()
    def tick(self) -> None:
        """What time makes due is done once: a second round finds nothing."""
        with self.now():
            assert [outcome.words for outcome in run_due() if outcome.failed] == []
            last = Event.objects.order_by("-pk").first()
            assert list(run_due()) == []
            assert Event.objects.order_by("-pk").first() == last

    @rule(count=days)
    def wait(self, count: int) -> None:
        self.moment += timedelta(days=count, hours=1)

    # --- what every attempt must keep -----------------------------------------------------------

    def look(self, call: Callable[[], Any]) -> None:
        """The privacy check before a list: an act of its own, whose verdict the next act asks for."""
        with self.now(), quickly(), suppress(Refused):
            call()

    def attempt(self, call: Callable[[], Any]) -> list[Event]:
        """The act's events; each thing moved has exactly one, and a refusal changes nothing."""
        before, last = self.state(), Event.objects.order_by("-pk").first()
        refusals = Refusal.objects.count()
        with self.now():
            try:
                call()
            except Refused as refused:
                assert str(refused)
                assert self.state() == before
                assert Refusal.objects.count() == refusals + 1
                return []
        events = list(Event.objects.filter(pk__gt=last.pk if last else 0).order_by("pk"))
        assert not events or max(Counter(event.subject_code for event in events).values()) == 1
        self.every_change_names_one_of(events, before)
        return events

    def every_change_names_one_of(self, events: list[Event], before: dict[Any, tuple]) -> None:
        """The newest history row of whatever has moved names an act of this attempt."""
        acts = {event.pk for event in events}
        for model in MOVING:
            for row in model.objects.all():
                if before.get(row.code) != (row.version, row.state):
                    assert row.history.order_by("-history_id")[0].event_id in acts

    def list_act(self, call: Callable[[], Any]) -> None:
        """One event for the list or street, and one caused by it for everything that moves with it."""
        events = self.attempt(call)
        assert [event.cause_id for event in events[1:]] == [event.pk for event in events[:1]] * (
            len(events) - 1
        )

    def state(self) -> dict[Any, tuple]:
        rows = [row for model in MOVING for row in model.objects.values_list("code", "version", "state")]
        return {code: tuple(row) for code, *row in rows}

    def now(self) -> Any:
        return clock.moved_to(self.moment)

    def case(self, n: int) -> Application:
        rows = Application.objects.select_related("household", "applicant", "community").order_by("pk")
        return rows[n % rows.count()]

    def list(self, n: int) -> PublicList:
        rows = PublicList.objects.select_related("area").order_by("pk")
        return rows[n % rows.count()]

    def arrived(self, case: Application) -> int:
        events = Event.objects.filter(subject_code=case.code, to_state=case.state).order_by("-pk")
        return events.values_list("pk", flat=True).first() or 0

    def officer(self, by: int | None, role: str, area: str) -> Officer:
        if by is not None:
            return self.people[by % len(self.people)]
        reach = area[:5] if role.startswith("community") else area[:3] if role.startswith("street") else ""
        return self.district.officer(role, reach)
