"""What time makes due: done once, by a named robot, each act for itself; a failure holds nothing up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from relief.applications.models import Application
from relief.applications.reminders import due_reminders, remind
from relief.applications.states import State
from relief.errors import NotAllowed
from relief.officers.models import Role
from relief.publicity.models import ListState, PublicList, PublicRow
from relief.schedule.run import JOBS, Job, run_due, warnings
from relief.trail.models import Event
from relief.trail.verify import differences
from tests import servers
from tests.factories import cases
from tests.factories.district import District, make_district
from tests.factories.stages import DAY, on

OVER = DAY + timedelta(days=7)


@pytest.fixture
def district(db: None) -> District:
    with on(DAY):
        return make_district()


def list_over(district: District) -> PublicList:
    """A list of two cases whose period ended yesterday."""
    with on(DAY):
        for _ in range(2):
            cases.reviewed(district)
        return cases.posted(district, cases.published(district))


def tick() -> list[tuple[str, bool]]:
    return [(outcome.job, outcome.failed) for outcome in run_due()]


def test_a_list_whose_period_is_over_is_closed_by_the_robot_once(district):
    public_list = list_over(district)
    with on(OVER - timedelta(days=1)):
        assert tick() == []
    with on(OVER):
        assert tick() == [("close-lists", False), ("expire-names", False)]
        assert tick() == []
    public_list.refresh_from_db()
    assert public_list.state == ListState.CLOSED
    assert {case.state for case in Application.objects.all()} == {State.CLEARED}
    event = Event.objects.get(act="close-list")
    assert (event.actor_kind, event.actor_name) == ("robot", "list-closer")
    assert list(differences()) == []


def test_a_list_that_does_not_hang_everywhere_stays_open(district):
    with on(DAY):
        cases.reviewed(district)
        cases.published(district)
    with on(DAY + timedelta(days=30)):
        assert ("close-lists", False) not in tick()
    assert PublicList.objects.get().state == ListState.RUNNING


def test_names_are_deleted_when_their_time_is_over(district):
    list_over(district)
    with on(OVER - timedelta(days=1)):
        tick()
        assert PublicRow.objects.exists()
    with on(OVER):
        tick()
        assert not PublicRow.objects.exists()


@pytest.mark.parametrize(
    ("day", "given"),
    [
        # accepted on Monday 2 March: due on Thursday 5 March, the whole case on Tuesday 14 April
        ("2026-03-03", []),
        ("2026-03-04", ["due-soon"]),
        ("2026-03-05", ["due-soon"]),
        ("2026-03-06", ["overdue"]),
        ("2026-04-13", ["limit-soon", "overdue"]),
        ("2026-04-15", ["limit-passed", "overdue"]),
    ],
)
def test_a_deadline_is_reminded_of_once(district, day, given):
    with on(DAY):
        case = cases.accepted(district)
    with on(date.fromisoformat(day)):
        tick()
        assert tick() == []
    reminders = Event.objects.filter(act="remind", subject_code=case.code)
    assert sorted(reminders.values_list("reason", flat=True)) == given
    assert cases.fresh(case).version == case.version


def test_each_due_date_is_reminded_of_for_itself(district):
    with on(DAY):
        case = cases.visited(district, cases.accepted(district), Role.COMMUNITY_EXAMINER)
    with on(date(2026, 3, 4)):
        tick()
        cases.examine(
            case,
            by=district.officer(Role.COMMUNITY_EXAMINER, "10101"),
            version=case.version,
            favourable=True,
            words="属实。",
        )
        tick()
    with on(date(2026, 3, 10)):  # 5 working days from 4 March end on 11 March
        tick()
    said = [row["day"] for row in Event.objects.filter(act="remind").values_list("standards", flat=True)]
    assert said == ["2026-03-05", "2026-03-11"]


def test_only_the_system_reminds(district):
    with on(DAY):
        cases.accepted(district)
    with on(date(2026, 3, 4)):
        [reminder] = due_reminders()
        with pytest.raises(NotAllowed):
            remind(reminder, by=district.officer(Role.STREET_REVIEWER, "101"))


def test_a_failing_act_is_told_and_keeps_nothing_back(district, monkeypatch):
    list_over(district)

    def fails(subject: object) -> object:
        raise RuntimeError("王小英")

    jobs = (Job("broken", lambda: [1], fails, str), Job("unreadable", lambda: [1 / 0], fails, str), *JOBS)
    with on(OVER):
        outcomes = list(run_due(jobs))
        assert [(one.job, one.failed) for one in outcomes] == [
            ("broken", True),
            ("unreadable", True),
            ("close-lists", False),
            ("expire-names", False),
        ]
        assert "RuntimeError" in outcomes[0].words
        assert "王小英" not in outcomes[0].words
        monkeypatch.setattr("relief.schedule.run.JOBS", jobs)
        monkeypatch.setattr("relief.management.commands.tick.run_due", lambda **kw: run_due(jobs, **kw))
        with pytest.raises(CommandError) as failed:
            call_command("tick", stdout=StringIO(), stderr=StringIO())
        assert failed.value.returncode == 1


def test_the_command_says_what_it_did(district):
    public_list = list_over(district)
    said = StringIO()
    with on(OVER):
        call_command("tick", stdout=said)
        call_command("tick", stdout=said)
    assert public_list.number in said.getvalue()
    assert len(said.getvalue().splitlines()) == 3


def test_a_year_nobody_has_entered_warns_in_time(district):
    with on(date(2026, 9, 1)):
        assert warnings() == []
    with on(date(2026, 10, 5)):
        assert len(warnings()) == 1
        assert "2027" in warnings()[0]
    with on(date(2027, 11, 1)):
        assert len(warnings()) == 2


def test_two_ticks_at_once_do_each_act_once(scratch):
    with on(DAY):
        district = make_district()
        list_over(district)
        for _ in range(3):
            cases.accepted(district)
    gun, failed = threading.Barrier(2), []

    def run() -> None:
        try:
            with on(OVER):
                connection.ensure_connection()
                gun.wait(timeout=60)
                failed.extend(outcome.words for outcome in run_due() if outcome.failed)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Event.objects.filter(act="close-list").count() == 1
    assert Event.objects.filter(act="remind", reason="overdue").count() == 3
    assert list(differences()) == []


def test_forever_ends_when_told(scratch):
    command = [sys.executable, "manage.py", "tick", "--forever", "--interval", "0.05"]
    child = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=servers.environment(scratch),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    first = child.stderr.readline()  # an empty district has one thing to say: next year's holidays
    os.kill(child.pid, signal.SIGTERM)
    assert child.wait(timeout=60) == 0
    assert first.strip()
    assert child.stderr.read() == ""
