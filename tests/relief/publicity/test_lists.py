"""Lists: what is disclosed, compiled, published, posted, closed, expired; and what is refused."""

from datetime import date, timedelta

import pytest

from relief.decisions.decide import return_for_correction
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.ledger.models import Publication
from relief.officers.appoint import appoint
from relief.officers.models import Role
from relief.places.models import Board
from relief.places.set_up import SETUP
from relief.publicity.close import close
from relief.publicity.compile import candidates
from relief.publicity.disclose import WITHHELD
from relief.publicity.document import digest_holds, list_document, verify
from relief.publicity.expire import due_for_expiry, expire_names
from relief.publicity.models import Entry, ListState, PublicList, PublicRow
from relief.publicity.post import post
from relief.publicity.publish import publish
from relief.publicity.queries import names_visible, period_of, visible_rows
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from relief.trail.verify import differences
from tests.factories import cases
from tests.factories.district import SINCE, District, make_district
from tests.factories.gate import inspect_and_publish

DAY = date(2026, 3, 2)


@pytest.fixture
def district(db: None):
    with clock.moved_to(clock.at(DAY)):
        yield make_district()


def compiled(district: District, batch: str = "2026-01", **kwargs) -> PublicList:
    return cases.compiled(district, batch=batch, **kwargs)


def published(district: District, public_list: PublicList) -> PublicList:
    by = district.officer(Role.STREET_PUBLISHER, "101")
    return inspect_and_publish(public_list, by=by)


def on(day: date):
    return clock.moved_to(clock.at(day))


@pytest.mark.parametrize(("born", "shown"), [(date(2008, 3, 2), "masked"), (date(2008, 3, 3), WITHHELD)])
def test_whole_years_count_on_the_day_of_publication(district, born, shown):
    cases.reviewed(district, births=(born,))
    published(district, compiled(district))
    name = PublicRow.objects.get().row["name"]
    assert (name == WITHHELD) == (shown == WITHHELD)


# --- compile and publish ------------------------------------------------------------------------


def test_compiling_twice_gives_the_same_list_other_cases_a_new_one(district):
    cases.reviewed(district)
    first = compiled(district)
    assert compiled(district).pk == first.pk
    cases.reviewed(district, "10102")
    second = compiled(district)
    first.refresh_from_db()
    assert (first.state, second.revision, second.entry_count) == (ListState.WITHDRAWN, 2, 2)


@pytest.mark.parametrize("batch", ["", "  ", "2026/01", "x" * 13, "a\x00", "\ud800"])
def test_a_batch_has_a_plain_name(district, batch):
    cases.reviewed(district)
    with pytest.raises(Invalid):
        compiled(district, batch)


def test_a_list_without_cases_is_refused(district):
    with pytest.raises(Blocked) as refused:
        compiled(district)
    assert refused.value.reasons[0].code == "no-cases"


def test_a_case_changed_meanwhile_asks_for_a_new_list(district):
    case = cases.reviewed(district)
    public_list = compiled(district)
    by = district.officer(Role.STREET_REVIEWER, "101")
    case = cases.fresh(case)
    return_for_correction(case, by=by, version=case.version, words="请补充。")
    with pytest.raises(Stale) as refused:
        published(district, public_list)
    assert refused.value.reasons[0].code == "case-changed"
    assert not Entry.objects.exists()


def test_a_list_is_published_once_by_a_second_person(district):
    cases.reviewed(district)
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    appoint(reviewer, role=Role.STREET_PUBLISHER, area="101", from_date=SINCE, by=SETUP)
    public_list = compiled(district)
    with pytest.raises(NotAllowed) as refused:
        publish(public_list, by=reviewer, version=public_list.version)
    assert refused.value.reasons[0].code == "four-eyes"
    done = published(district, public_list)
    with pytest.raises(Stale):
        published(district, public_list)
    with pytest.raises(WrongState):
        published(district, done)
    assert [row.kind for row in Publication.objects.all()] == ["list"]
    assert done.number == "gs-101-2026-001"
    assert done.index_number and done.document_number.endswith("〔2026〕1号")


def test_a_list_of_the_whole_district_has_its_cases_and_its_number(district):
    cases.reviewed(district)
    cases.reviewed(district, "10201")
    assert len(candidates(district.areas["000"], "guarantee")) == 2
    assert len(candidates(district.areas["101"], "guarantee")) == 1
    assert PublicList._meta.get_field("number").max_length >= len("gs-10101-2026-1000")


# --- posting, period, closing -------------------------------------------------------------------


def test_the_period_begins_when_every_board_is_evidenced(district):
    cases.reviewed(district)
    cases.reviewed(district, "10102")
    running = published(district, compiled(district))
    by = district.officer(Role.STREET_PUBLISHER, "101")
    assert (period_of(running).phase, running.starts_on) == ("waiting", None)
    post(running, by=by, version=running.version, board=district.boards["10101"], posted_on=DAY)
    running.refresh_from_db()
    assert running.starts_on is None
    with on(DAY + timedelta(days=2)):
        later = DAY + timedelta(days=1)
        post(running, by=by, version=running.version, board=district.boards["10102"], posted_on=later)
        running.refresh_from_db()
        assert (running.starts_on, running.ends_on) == (later, date(2026, 3, 9))
        assert (period_of(running).phase, period_of(running).day, period_of(running).left) == (
            "running",
            2,
            6,
        )
    assert [row.kind for row in Publication.objects.all()] == ["list", "period"]


def test_working_days_where_the_setting_asks(district):
    enter_standard(
        "publicity.counting",
        kind=Kind.CHOICE,
        value="working",
        from_date=date(2026, 1, 1),
        clause=Clause.objects.get(key="local"),
    )
    cases.reviewed(district)
    running = cases.posted(district, published(district, compiled(district)))
    assert (running.starts_on, running.ends_on) == (DAY, date(2026, 3, 10))


def test_a_community_without_a_board_begins_with_the_web(district):
    for board in Board.objects.all():
        event = record("retire-board", board, actor=SETUP.actor())
        set_if(board, board.version, {"in_use": False}, event)
    cases.reviewed(district)
    running = published(district, compiled(district))
    assert (running.starts_on, running.ends_on) == (DAY, date(2026, 3, 8))
    assert [row.kind for row in Publication.objects.all()] == ["list", "period"]


@pytest.mark.parametrize(
    ("board", "day", "refusal", "code"),
    [
        ("10201", DAY, Invalid, "not-listed"),
        ("10101", DAY + timedelta(days=1), Invalid, "future-day"),
        ("10101", DAY - timedelta(days=1), Invalid, "before-publishing"),
    ],
)
def test_a_posting_that_can_not_be(district, board, day, refusal, code):
    cases.reviewed(district)
    running = published(district, compiled(district))
    by = district.officer(Role.STREET_PUBLISHER, "101")
    with pytest.raises(refusal) as refused:
        post(running, by=by, version=running.version, board=district.boards[board], posted_on=day)
    assert refused.value.reasons[0].code == code


def test_a_list_closes_after_its_last_day_and_not_before(district):
    case = cases.reviewed(district)
    running = published(district, compiled(district))
    by = district.officer(Role.STREET_PUBLISHER, "101")
    with on(date(2026, 3, 20)), pytest.raises(Blocked) as refused:
        close(running, by=by, version=running.version)
    assert refused.value.reasons[0].code == "boards-missing"
    running = cases.posted(district, running)
    with on(date(2026, 3, 8)), pytest.raises(Blocked) as refused:
        close(running, by=Robot("closing"), version=running.version)
    assert refused.value.reasons[0].code == "period-running"
    with on(date(2026, 3, 9)):
        closed = close(running, by=Robot("closing"), version=running.version)
        with pytest.raises(WrongState):
            close(closed, by=by, version=closed.version)
    case = cases.fresh(case)
    assert (closed.state, case.state, case.forwarded_on) == ("closed", "cleared", date(2026, 3, 9))
    assert list(differences()) == []


# --- names in time ------------------------------------------------------------------------------


def test_names_go_when_read_and_the_digest_stays(district):
    cases.reviewed(district)
    running = cases.posted(district, published(district, compiled(district)))
    for day, visible in ((date(2026, 3, 8), True), (date(2026, 3, 9), False)):
        with on(day):
            assert names_visible(running) == visible
            assert len(list_document(running)["rows"]) == visible
            assert visible_rows(running).exists() == visible
    with on(date(2026, 3, 8)):
        assert due_for_expiry() == []
        with pytest.raises(Blocked):
            expire_names(running)
    with on(date(2026, 3, 9)):
        with pytest.raises(NotAllowed):
            expire_names(running, by=district.officer(Role.STREET_PUBLISHER, "101"))
        assert due_for_expiry() == [running]
        gone = expire_names(running)
        with pytest.raises(Blocked):
            expire_names(gone)
        assert due_for_expiry() == []
    assert not PublicRow.objects.exists()
    assert digest_holds(gone)
    assert verify(gone.number, gone.check_code).answer == "match"


@pytest.mark.parametrize(
    ("number", "typed", "answer"),
    [
        ("gs-101-2026-001", "digest", "match"),
        (" GS-101-2026-001 ", "code", "match"),
        ("gs-101-2026-001", "2222-2222", "mismatch"),
        ("gs-101-2026-001", "", "mismatch"),
        ("gs-101-2026-002", "code", "unknown"),
        ("gs-101-2026-001\x00", "code", "unknown"),
        ("\ud800", "code", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_what_a_check_answers(district, number, typed, answer):
    cases.reviewed(district)
    running = published(district, compiled(district))
    typed = {"digest": running.digest.upper(), "code": running.check_code.lower()}.get(typed, typed)
    assert verify(number, typed).answer == answer
