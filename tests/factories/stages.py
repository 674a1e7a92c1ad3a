"""Lists at every stage of their life in public, with the day on which to look at them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from relief.decisions.decide import approve
from relief.officers.models import Role
from relief.publicity.expire import expire_names
from relief.publicity.models import ListState, PublicList, PublicRow
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from tests.factories import cases
from tests.factories.district import District, make_district
from tests.factories.kept import kept

DAY = date(2026, 3, 2)
MINOR = date(2015, 6, 1)


def on(day: date, hour: int = 9) -> AbstractContextManager[None]:
    return clock.moved_to(clock.at(day, hour))


@dataclass
class Stage:
    """A list, the day of the reader, and what may be seen of names then."""

    list: PublicList
    day: date
    names: bool
    words: str
    rows: list[dict[str, object]]

    @property
    def path(self) -> str:
        section = "publicity" if self.list.kind == "gs" else "announcements"
        return f"/{section}/{self.list.number}/"


def rows_of(public_list: PublicList) -> list[dict[str, object]]:
    return list(
        PublicRow.objects.filter(public_list=public_list).order_by("pk").values_list("row", flat=True)
    )


@kept
def published(district: District, size: int = 3, batch: str = "2026-01") -> PublicList:
    """A list of `size` households of two communities, the last applicant of three or more a minor."""
    for index in range(size):
        births = (MINOR,) if size > 2 and index == size - 1 else (date(1960, 3, 5),) * (1 + index % 3)
        cases.reviewed(district, ("10101", "10102")[index % 2], births=births)
    return cases.published(district, batch=batch)


@kept
def waiting(district: District) -> Stage:
    with on(DAY):
        found = published(district)
        return Stage(found, DAY, True, "Being posted: the period has not begun", rows_of(found))


@kept
def running(district: District, size: int = 3) -> Stage:
    with on(DAY):
        found = cases.posted(district, published(district, size))
    return Stage(
        found, DAY + timedelta(days=2), True, "The period has 7 days; today is day 3.", rows_of(found)
    )


def last_day(district: District) -> Stage:
    stage = running(district)
    stage.day, stage.words = DAY + timedelta(days=6), "Open to objections: today is the last day"
    return stage


@kept
def over(district: District) -> Stage:
    """The day after the last, before anybody has closed the list: names are gone by reading alone."""
    stage = running(district)
    return Stage(stage.list, DAY + timedelta(days=7), False, "The period has ended", stage.rows)


@kept
def closed(district: District) -> Stage:
    stage = over(district)
    cases.closed(district, stage.list)
    stage.list.refresh_from_db()
    return stage


@kept
def announced(district: District) -> Stage:
    before = closed(district)
    day = DAY + timedelta(days=9)
    with on(day):
        for entry in before.list.entries.all():
            case = cases.Application.objects.get(pk=entry.application_id)
            approve(cases.fresh(case), by=district.officer(Role.DISTRICT_APPROVER), version=case.version)
        found = cases.announced(district)
    return Stage(found, day, True, "Decided and announced", rows_of(found))


@kept
def decided(district: District) -> Stage:
    stage = announced(district)
    earlier = PublicList.objects.get(kind="gs")
    words = "The period has ended; all cases are decided"
    return Stage(earlier, stage.day, False, words, rows_of(earlier))


@kept
def expired(district: District) -> Stage:
    stage = announced(district)
    assert stage.list.names_until is not None
    day = stage.list.names_until + timedelta(days=1)
    return Stage(stage.list, day, False, "The names are no longer shown", stage.rows)


@kept
def deleted(district: District) -> Stage:
    """After the job: no row is left in the database."""
    stage = expired(district)
    with on(stage.day):
        stage.list = expire_names(stage.list)
    return stage


@kept
def withdrawn(district: District) -> Stage:
    """No verb withdraws yet; the page must know the state all the same."""
    stage = running(district)
    with on(stage.day):
        stage.list = taken_back(stage.list)
    return Stage(stage.list, stage.day, False, "This list was withdrawn", stage.rows)


def taken_back(public_list: PublicList) -> PublicList:
    """A published list that is withdrawn, without a word why."""
    with transaction.atomic():
        event = record("withdraw-list", public_list, actor=Robot("test").actor(), area=public_list.area_id)
        return set_if(public_list, public_list.version, {"state": ListState.WITHDRAWN}, event)


STAGES: dict[str, Callable[[District], Stage]] = {
    made.__name__: made
    for made in (waiting, running, last_day, over, closed, announced, decided, expired, deleted, withdrawn)
}


def ground() -> District:
    """A district as it stood on the first day."""
    with on(DAY):
        return make_district()
