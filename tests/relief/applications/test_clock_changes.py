"""The clock of a case: stopped, started again, extended (57号 art 22), and what must wait meanwhile."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from relief.applications.clock_changes import SPECIAL, extend_limit, start_clock, stop_clock
from relief.applications.deadlines import arrival, overdue
from relief.applications.models import Application, ClockChange
from relief.applications.queries import queue
from relief.applications.roads import all_roads
from relief.applications.states import State
from relief.decisions.blockers import Outlook, why_not
from relief.decisions.decide import approve, examine, return_for_correction
from relief.errors import Blocked, Invalid, MissingStandard, NotAllowed, Refused, Stale, WrongState
from relief.officers.authority import appointments_of
from relief.officers.models import Role
from relief.publicity.compile import candidates
from relief.standards import rules
from relief.trail import clock
from relief.trail.models import Event
from tests.factories import cases
from tests.factories.district import District, make_district

MONDAY = date(2026, 3, 2)
D = date.fromisoformat
WORDS = "住院，暂时无法入户。"


@pytest.fixture
def district(db: None):
    with clock.moved_to(clock.at(MONDAY)):
        yield make_district()


def on(day: date | str):
    return clock.moved_to(clock.at(D(day) if isinstance(day, str) else day))


@contextmanager
def refused(kind: type[Refused], code: str):
    """The act within is refused, for this reason and no other."""
    with pytest.raises(kind) as told:
        yield
    assert [reason.code for reason in told.value.reasons] == [code]


def reviewer(district: District):
    return district.officer(Role.STREET_REVIEWER, "101")


def stopped(district: District, case: Application, reason: str = "absent") -> Application:
    return stop_clock(case, by=reviewer(district), version=case.version, reason=reason, words=WORDS)


def started(district: District, case: Application) -> Application:
    return start_clock(case, by=reviewer(district), version=case.version, words="已出院。")


@pytest.mark.parametrize(
    ("stop", "start", "due", "limit"),
    [
        # accepted on Monday 2 March: survey to begin within 3 working days (art 15), all within 30 (art 22)
        ("2026-03-03", "2026-03-10", "2026-03-12", "2026-04-21"),  # 5 working days stood still
        ("2026-03-03", "2026-03-03", "2026-03-05", "2026-04-14"),  # started on the same day: none
        ("2026-03-04", "2026-03-09", "2026-03-10", "2026-04-17"),  # Wednesday to Friday: 3, no weekend counts
        ("2026-03-05", "2026-04-07", "2026-04-07", "2026-05-18"),  # 22: 6 April is Tomb-sweeping
        ("2026-03-10", "2026-03-16", "2026-03-05", "2026-04-20"),  # late before it was stopped: stays late
    ],
)
def test_stopped_days_do_not_count(district, stop, start, due, limit):
    case = cases.accepted(district)
    assert (case.due_on, case.limit_on) == (D("2026-03-05"), D("2026-04-14"))
    with on(stop):
        case = stopped(district, case)
        assert (case.due_on, case.limit_on, case.clock_stopped_on) == (
            D("2026-03-05"),
            D("2026-04-14"),
            D(stop),
        )
    with on(start):
        case = started(district, case)
    assert (case.due_on, case.limit_on, case.clock_stopped_on) == (D(due), D(limit), None)
    assert [row.act for row in ClockChange.objects.all()] == ["stop-clock", "start-clock"]


def test_a_second_pause_adds_to_the_first(district):
    case = cases.accepted(district)
    for stop, start in (("2026-03-03", "2026-03-05"), ("2026-03-09", "2026-03-11")):
        with on(stop):
            case = stopped(district, case)
        with on(start):
            case = started(district, case)
    assert (case.due_on, case.limit_on) == (D("2026-03-11"), D("2026-04-20"))


def test_while_it_stands_still_the_case_waits_and_is_not_late(district):
    case = cases.visited(district, cases.accepted(district), Role.COMMUNITY_EXAMINER)
    examiner = district.officer(Role.COMMUNITY_EXAMINER, "10101")
    with on("2026-03-03"):
        case = stopped(district, case)
    with on("2026-03-20"):
        with refused(WrongState, "clock-stopped"):
            examine(case, by=examiner, version=case.version, favourable=True, words="属实。")
        [prospect] = Outlook(case, appointments_of(examiner)).steps({"examine"})
        assert prospect.reasons == why_not(case, "examine", examiner)
        assert not queue(examiner, "todo").exists()
        assert queue(examiner, "waiting").exists()
        assert not Application.objects.filter(overdue(clock.today())).exists()
        case = started(district, case)
        assert queue(examiner, "todo").exists()
        examine(case, by=examiner, version=case.version, favourable=True, words="属实。")


def test_what_was_late_before_stays_late(district):
    case = cases.accepted(district)
    with on("2026-03-10"):
        stopped(district, case)
    with on("2026-03-12"):
        assert Application.objects.filter(overdue(clock.today())).exists()
        assert not Application.objects.filter(overdue(clock.today(), "limit_on")).exists()


def test_it_can_be_returned_meanwhile_and_keeps_its_limit(district):
    case = cases.reviewed(district)
    with on("2026-03-04"):
        case = stopped(district, case, "evidence")
        assert case not in candidates(district.areas["101"], "guarantee")
    with on("2026-03-06"):
        case = return_for_correction(case, by=reviewer(district), version=case.version, words="补充材料。")
        assert (case.state, case.clock_stopped_on) == (State.ACCEPTED, D("2026-03-04"))
        assert case.limit_on == D("2026-04-14")
    with on("2026-03-10"):
        case = started(district, case)
    # due 3 working days after 6 March, of which 9 March stood still; the limit moved by 4 days
    assert (case.due_on, case.limit_on) == (D("2026-03-12"), D("2026-04-20"))


def test_a_case_on_a_list_is_not_stopped_but_extended(district):
    cases.reviewed(district)
    cases.posted(district, cases.published(district))
    case = Application.objects.get()
    with refused(WrongState, "on-a-list"):
        stopped(district, case)
    case = extend_limit(
        case, by=reviewer(district), version=case.version, reason="objection", words="有异议。"
    )
    assert case.limit_on == D("2026-05-08")  # 45 working days; 6 April, 1 to 5 May are holidays
    assert (case.limit_standard, case.limit_days) == (SPECIAL, 45)
    event = Event.objects.get(act="extend-limit")
    assert (event.clause, event.reason, event.standards) == (
        "57-22",
        "objection",
        {SPECIAL: "45 (2021-07-01)"},
    )
    with refused(Blocked, "extended-already"):
        extend_limit(case, by=reviewer(district), version=case.version, reason="objection", words="再延。")


def test_an_extension_while_stopped_counts_from_the_start(district):
    case = cases.accepted(district)
    with on("2026-03-03"):
        case = stopped(district, case)
        case = extend_limit(
            case, by=reviewer(district), version=case.version, reason="hard-survey", words="情况复杂。"
        )
        assert case.limit_on == D("2026-04-14")
    with on("2026-03-05"):
        assert started(district, case).limit_on == D("2026-05-11")  # two days more: 9 May works, 11 May


def test_what_is_late_is_not_extended(district):
    case = cases.accepted(district)
    with on("2026-04-15"), refused(Blocked, "limit-passed"):
        extend_limit(
            case, by=reviewer(district), version=case.version, reason="hard-survey", words="情况复杂。"
        )


def test_the_district_keeps_the_clock_once_the_case_lies_there(district):
    case = cases.cleared(district)
    with on(MONDAY + timedelta(days=8)):
        with pytest.raises(NotAllowed):
            stopped(district, case)
        by = district.officer(Role.DISTRICT_APPROVER)
        case = stop_clock(case, by=by, version=case.version, reason="proceedings", words="诉讼未决。")
        with refused(WrongState, "clock-stopped"):
            approve(case, by=by, version=case.version)
        case = start_clock(case, by=by, version=case.version, words="已判决。")
        assert approve(case, by=by, version=case.version).state == State.APPROVED


def test_refused_in_words(district):
    case = cases.submitted(district)
    with pytest.raises(WrongState):
        stopped(district, case)
    case = cases.accepted(district)
    with refused(WrongState, "clock-runs"):
        started(district, case)
    with pytest.raises(NotAllowed):
        stop_clock(
            case,
            by=district.officer(Role.STREET_REVIEWER, "102"),
            version=case.version,
            reason="absent",
            words="x",
        )
    with pytest.raises(Invalid):
        stopped(district, case, "because")
    with pytest.raises(Invalid):
        stop_clock(case, by=reviewer(district), version=case.version, reason="absent", words=" ")
    with pytest.raises(Stale):
        stop_clock(case, by=reviewer(district), version=case.version + 1, reason="absent", words="x")
    case = stopped(district, case)
    with refused(WrongState, "clock-stopped"):
        stopped(district, case)
    assert ClockChange.objects.count() == 1


@pytest.mark.parametrize(
    ("step", "state"),
    [
        pytest.param(step, state, id=f"{road.key}-{step.act}-{state}")
        for road in all_roads()
        for step in road.steps
        for state in step.targets
        if step.due_at(state)
    ],
)
@pytest.mark.django_db
def test_a_missing_deadline_rule_stops_the_act_in_words(step, state):
    with pytest.raises(MissingStandard, match=step.due_at(state)):
        arrival(step, state)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["days.accept", "days.start-survey", "days.whole-case", SPECIAL])
def test_an_act_without_its_deadline_rule_changes_nothing(monkeypatch, name):
    monkeypatch.setattr(rules, "STANDARDS", [row for row in rules.STANDARDS if row[0] != name])
    with on(MONDAY):
        district = make_district.anew()
        with pytest.raises(MissingStandard, match=name):
            case = cases.accepted(district)
            extend_limit(
                case,
                by=reviewer(district),
                version=case.version,
                reason="objection",
                words="有异议。",
            )
    assert not ClockChange.objects.exists()
    assert not Event.objects.filter(standards__has_key=name).exists()
