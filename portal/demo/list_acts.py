"""The life of one list: compiled, published by a second person, hung, closed, announced, names deleted."""

from __future__ import annotations

from datetime import timedelta

from portal.demo.calendar import Diary
from portal.demo.ground import DISTRICT
from portal.demo.play import Script
from portal.demo.stage import Stage, refused
from portal.demo.story import ListPlan
from relief.awards.announce import announce, inspect_announcement
from relief.decisions.register_match import match_registers
from relief.officers.models import Officer, Role
from relief.places.models import Area
from relief.publicity.close import close
from relief.publicity.compile import compile_list
from relief.publicity.expire import expire_names
from relief.publicity.gate import inspect_list
from relief.publicity.models import ListKind, PublicList
from relief.publicity.post import missing_boards, post
from relief.publicity.publish import publish
from relief.trail import clock
from relief.trail.actor import Robot

BENEFIT = "guarantee"
NIGHT = Robot("close-lists")


def list_script(stage: Stage, number: int, plan: ListPlan) -> Script:
    """All acts on one list before approval, its announcement included."""
    days = stage.lists[number]
    diary = Diary(stage.calendar, days.published, 9, 40)
    yield diary.now
    street = stage.district.areas[plan.street]
    compiler = stage.district.all_in(Role.STREET_REVIEWER, plan.street)[-1]
    publisher = _publisher(stage, plan)
    match_registers(street, by=compiler)
    yield diary.later(minutes=10)
    compiled = compile_list(
        street, by=compiler, benefit=BENEFIT, batch=_batch(street), only=stage.on_list[number]
    )
    if plan.self_publishing:
        yield diary.later(minutes=35)
        refused(lambda: publish(compiled, by=compiler, version=compiled.version))
    yield diary.at(days.published, 13, 20)
    inspect_list(compiled, by=publisher)
    publish(compiled, by=publisher, version=compiled.version)
    stage.public_lists[number] = compiled.pk
    yield from _hang(stage, number, compiled, diary)
    if days.closed is None:
        return
    yield clock.at(days.ends + timedelta(days=1), 0, 10) if plan.by_robot else clock.at(days.closed, 9, 10)
    running = _fresh(compiled)
    close(running, by=NIGHT if plan.by_robot else publisher, version=running.version)
    yield from _forget(compiled, plan)
    if days.announced is None:
        return
    yield clock.at(days.announced, 10, 15)
    announcer = stage.district.all_in(Role.DISTRICT_ANNOUNCER, DISTRICT)[-1]
    inspect_announcement(street, by=announcer, benefit=BENEFIT, only=stage.on_list[number])
    announced = announce(street, by=announcer, benefit=BENEFIT, only=stage.on_list[number])
    yield from _forget(announced, plan)


def _publisher(stage: Stage, plan: ListPlan) -> Officer:
    """The second person: who publishes and does nothing else."""
    return stage.district.all_in(Role.STREET_PUBLISHER, plan.street)[-1]


def _hang(stage: Stage, number: int, public_list: PublicList, diary: Diary) -> Script:
    """The same afternoon on every listed board; the last one possibly on a later day, or not yet."""
    plan = stage.story.lists[number]
    boards = missing_boards(_fresh(public_list))
    minutes = min(30, 200 // len(boards))
    for board in boards[: len(boards) - plan.unposted]:
        yield diary.later(minutes=minutes)
        if board == boards[-1] and stage.lists[number].hung > diary.now.date():
            yield diary.at(stage.lists[number].hung, 10, 30)
        current = _fresh(public_list)
        post(
            current,
            by=_publisher(stage, plan),
            version=current.version,
            board=board,
            posted_on=clock.today(),
        )


def _forget(public_list: PublicList, plan: ListPlan) -> Script:
    """In the night after the last day with names the robot deletes them, where the story lets it."""
    if plan.deleted:
        names_until = _fresh(public_list).names_until
        assert names_until is not None
        yield max(clock.at(names_until + timedelta(days=1), 0, 20), clock.now())
        expire_names(_fresh(public_list))


def _batch(street: Area) -> str:
    """Year and the list's number in it: 2026-03."""
    year = clock.today().year
    of_the_year = PublicList.objects.filter(
        kind=ListKind.PRE_APPROVAL, area=street, batch__startswith=f"{year}-"
    )
    earlier = of_the_year.count()
    return f"{year}-{earlier + 1:02d}"


def _fresh(public_list: PublicList) -> PublicList:
    return PublicList.objects.select_related("area").get(pk=public_list.pk)
