"""The life of one list: compiled, published by a second person, hung, closed, announced, names deleted."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, datetime, timedelta

from portal.demo.at_boards import fresh, hang, publisher_of, taken_down
from portal.demo.calendar import Diary
from portal.demo.ground import DISTRICT
from portal.demo.play import Script
from portal.demo.stage import Stage, refused
from portal.demo.story import ListPlan
from portal.demo.wording_responses import NOT_SHOWN_NOTE
from relief.awards.announce import announce, inspect_announcement
from relief.decisions.register_match import match_registers
from relief.officers.models import Role
from relief.places.models import Area
from relief.publicity.close import close
from relief.publicity.compile import compile_list
from relief.publicity.expire import expire_names
from relief.publicity.gate import inspect_list
from relief.publicity.models import ListKind, PublicList
from relief.publicity.publish import publish
from relief.publicity.withdraw_list import WithdrawalReason, withdraw_list
from relief.trail import clock
from relief.trail.actor import Robot

BENEFIT = "guarantee"
NIGHT = Robot("close-lists")
#: moments to be slept until; then the list that was published
Publishing = Generator[datetime, None, PublicList]


def list_script(stage: Stage, number: int, plan: ListPlan) -> Script:
    """All acts on one list before approval, its announcement included."""
    days = stage.lists[number]
    batch = ""
    if days.first:
        batch = yield from _withdrawn(stage, number, plan, days.first)
    compiled = yield from _published(stage, number, plan, days.published, batch)
    stage.public_lists[number] = compiled.pk
    diary = Diary(stage.calendar, days.published, 13, 20)
    yield from hang(stage, number, compiled, diary, left_bare=plan.unposted)
    if days.closed is None:
        return
    yield clock.at(days.ends + timedelta(days=1), 0, 10) if plan.by_robot else clock.at(days.closed, 9, 10)
    running = fresh(compiled)
    by = NIGHT if plan.by_robot else publisher_of(stage, plan)
    close(running, by=by, version=running.version)
    yield from taken_down(stage, number, compiled, days.closed, 11)
    yield from _forget(compiled, plan)
    if days.announced is None:
        return
    yield clock.at(days.announced, 10, 15)
    street = stage.district.areas[plan.street]
    announcer = stage.district.all_in(Role.DISTRICT_ANNOUNCER, DISTRICT)[-1]
    inspect_announcement(street, by=announcer, benefit=BENEFIT, only=stage.on_list[number])
    announced = announce(street, by=announcer, benefit=BENEFIT, only=stage.on_list[number])
    yield from _forget(announced, plan)


def _published(stage: Stage, number: int, plan: ListPlan, day: date, batch: str) -> Publishing:
    """Matched and compiled in the morning, checked and published by the second person after lunch."""
    diary = Diary(stage.calendar, day, 9, 40)
    yield diary.now
    street, publisher = stage.district.areas[plan.street], publisher_of(stage, plan)
    compiler = stage.district.all_in(Role.STREET_REVIEWER, plan.street)[-1]
    match_registers(street, by=compiler)
    yield diary.later(minutes=10)
    cases = stage.on_list[number]
    compiled = compile_list(street, by=compiler, benefit=BENEFIT, batch=batch or _batch(street), only=cases)
    if plan.self_publishing:
        yield diary.later(minutes=35)
        refused(lambda: publish(compiled, by=compiler, version=compiled.version))
    yield diary.at(day, 13, 20)
    inspect_list(compiled, by=publisher)
    return publish(compiled, by=publisher, version=compiled.version)


def _withdrawn(stage: Stage, number: int, plan: ListPlan, day: date) -> Generator[datetime, None, str]:
    """A first publication that never hung on its last board: the district withdraws it. Returns its batch."""
    published = yield from _published(stage, number, plan, day, "")
    yield from hang(stage, number, published, Diary(stage.calendar, day, 13, 20), left_bare=1)
    withdrawn_on = stage.lists[number].withdrawn_on
    assert withdrawn_on is not None
    yield clock.at(withdrawn_on, 10, 20)
    note_zh, note_en = NOT_SHOWN_NOTE
    now = fresh(published)
    withdraw_list(
        now,
        by=stage.district.all_in(Role.DISTRICT_ANNOUNCER, DISTRICT)[-1],
        version=now.version,
        reason_class=WithdrawalReason.NOT_SHOWN,
        note_zh=note_zh,
        note_en=note_en,
    )
    yield from taken_down(stage, number, published, withdrawn_on, 11)
    return published.batch


def _forget(public_list: PublicList, plan: ListPlan) -> Script:
    """In the night after the last day with names the robot deletes them, where the story lets it."""
    if plan.deleted:
        names_until = fresh(public_list).names_until
        assert names_until is not None
        yield max(clock.at(names_until + timedelta(days=1), 0, 20), clock.now())
        expire_names(fresh(public_list))


def _batch(street: Area) -> str:
    """Year and the list's number in it: 2026-03."""
    year = clock.today().year
    of_the_year = PublicList.objects.filter(
        kind=ListKind.PRE_APPROVAL, area=street, batch__startswith=f"{year}-"
    )
    earlier = of_the_year.count()
    return f"{year}-{earlier + 1:02d}"
