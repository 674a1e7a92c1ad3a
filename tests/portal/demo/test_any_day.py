"""The demo can be loaded on any day: Mondays, after long holidays, on New Year's Day, on 29 February."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from portal.demo.calendar import Calendar, Diary
from portal.demo.full_ground import FULL
from portal.demo.full_story import RUNNING, full_story
from portal.demo.load import SEED, YEAR, load
from portal.demo.play import play
from portal.demo.stage import ListDays
from portal.demo.story import ListPlan
from relief.applications.models import Application
from relief.publicity.models import PublicList, Response, ResponseKind
from relief.publicity.queries import period_of, running
from relief.trail import clock
from relief.trail.models import Event
from tests import databases
from tests.architecture.sources import python_files, text
from tests.portal.demo.test_demo import STATES
from tests.portal.demo.test_full_demo import STATES as EVERY_STATE

AWKWARD = (
    date(2026, 11, 23),  # a Monday
    date(2026, 10, 8),  # the first working day after eight days off
    date(2026, 2, 24),  # after the Spring Festival
    date(2027, 1, 1),  # make-up days not yet published
    date(2028, 2, 29),
)
#: each costs the minutes of a whole loading: one of them every time, with FULL=1 all
DAYS = [
    pytest.param(day, id=str(day), marks=[] if day == AWKWARD[1] else pytest.mark.full) for day in AWKWARD
]


@pytest.mark.django_db
@pytest.mark.parametrize("since", sorted(set(RUNNING)))
def test_the_running_list_runs_whatever_the_day(since: int) -> None:
    year = Calendar.before(date(2027, 2, 1), since=date(2025, 11, 1)).days
    for number in range(366):
        today = date(2026, 1, 1) + timedelta(days=number)
        calendar = Calendar(today, tuple(day for day in year if day < today))
        days = ListDays.of(ListPlan(running=since), calendar)
        assert days.published <= days.hung < today, today
        assert days.ends >= today + timedelta(days=max(4 - since, 0)), today


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("today", DAYS)
def test_the_whole_demo_loads(today: date, settings, tmp_path: Path) -> None:
    settings.EVIDENCE_ROOT = tmp_path
    with clock.moved_to(clock.at(today, 8)):
        load()
        assert Counter(Application.objects.values_list("state", flat=True)) == STATES
        assert [period_of(row).phase for row in running()] == ["running"]
        assert set(Response.objects.filter(state="open").values_list("kind", flat=True)) == set(ResponseKind)
        assert Event.objects.order_by("-pk")[0].at < clock.now()


@pytest.mark.long
@pytest.mark.full
@pytest.mark.django_db
@pytest.mark.parametrize("today", AWKWARD, ids=str)
def test_the_whole_district_loads(today: date, settings, tmp_path: Path) -> None:
    """With few standing households, who don't depend on the day, and a cheap hash for its accounts.

    Every run loads the district as of today: test_full_demo.py.
    """
    settings.EVIDENCE_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    story = full_story(SEED)
    # some of every community: guarantees of several streets change
    few = replace(story, standing=lambda rng: islice(story.standing(rng), 0, None, 20))
    with clock.moved_to(clock.at(today, 8)):
        load(few)
        assert set(Application.objects.values_list("state", flat=True)) == EVERY_STATE
        assert {period_of(row).phase for row in running()} == {"running", "waiting"}
        assert {row.area_id for row in running()} == set(FULL.streets)
        kinds = set(Response.objects.values_list("kind", "state"))
        assert {(kind, "open") for kind in ResponseKind} <= kinds
        assert Event.objects.order_by("-pk")[0].at < clock.now()


@pytest.mark.long
@pytest.mark.full
def test_the_same_day_and_seed_make_the_same_demo(scratch: str) -> None:
    """All but what must be random: keys, salts, codes."""
    load()
    here = told()
    with databases.pointed_at(databases.demo_template()):
        there = told()
    assert here == there


def told() -> list[tuple]:
    """The demo's facts without its random parts."""
    events = Event.objects.order_by("pk").values_list(
        "act", "at", "actor_name", "area", "from_state", "to_state", "reason", "clause"
    )
    cases = Application.objects.order_by("pk").values_list(
        "number", "state", "community_id", "persons", "income_per_head", "decided_amount", "due_on"
    )
    lists = PublicList.objects.order_by("pk").values_list(
        "number", "state", "title_zh", "entry_count", "person_count", "starts_on", "ends_on"
    )
    return [*events, *cases, *lists]


@pytest.mark.django_db
def test_scripts_are_merged_by_their_moments() -> None:
    acted = []

    def script(name: str, *hours: int) -> Iterator[datetime]:
        for hour in hours:
            yield clock.at(date(2026, 3, 2), hour)
            acted.append((clock.now().hour, name))

    play([script("a", 9, 12), script("b", 10, 11), script("c")], on_day=lambda day: None)
    assert acted == [(9, "a"), (10, "b"), (11, "b"), (12, "a")]
    with pytest.raises(ValueError, match="goes back"):
        play([script("d", 12, 9)], on_day=lambda day: None)


@pytest.mark.django_db
def test_a_diary_moves_through_office_hours_only() -> None:
    calendar = Calendar.before(date(2026, 10, 12), since=date(2026, 9, 1))
    diary = Diary(calendar, date(2026, 9, 30), 9, 5)
    assert diary.on(days=1, hour=10, minute=0).date() == date(2026, 10, 8)
    with pytest.raises(ValueError, match="closed"):
        diary.later(minutes=600)
    assert timedelta(days=365) < YEAR


def test_only_the_commands_know_the_demo() -> None:
    users = [
        name
        for name in python_files("portal", "search", "relief")
        if "portal.demo" in text(name) and not name.startswith(("portal/demo/", "portal/management/"))
    ]
    assert users == []
