"""`kill -9` in the middle of publishing, closing, approving and importing leaves nothing half done.

Every round kills another process at another moment of the act's usual time; what was left undone is then done
by hand, so that each round goes the whole way. The journal stays gapless throughout.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter
from typing import Any

import pytest

from relief.applications.models import Application
from relief.applications.states import State
from relief.awards.models import Award, ImportBatch
from relief.awards.standing_import import StandingFile, check_standing_file, import_standing_households
from relief.decisions.check_import import import_results
from relief.decisions.decide import approve
from relief.decisions.models import CheckBatch, CrossCheck, Opinion
from relief.households.id_number import make_demo_id
from relief.ledger.models import Publication
from relief.officers.models import Role
from relief.publicity.close import close
from relief.publicity.models import ListState, PublicList
from relief.publicity.publish import publish
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.models import Event
from relief.trail.verify import differences
from tests.factories import cases
from tests.factories.crowd import crowd
from tests.factories.district import District, make_district
from tests.factories.files import CHECKS, answer, digest, marked
from tests.factories.gate import inspected
from tests.processes import Apart, kind_of
from tests.relief.households.tables import HEADERS, head, line, xlsx

START = clock.at(date(2026, 3, 2))
AFTER = START + timedelta(days=10)
SIZE = 12
ROBOT = Robot("standing-import")


@pytest.fixture
def district(scratch: str) -> District:
    with clock.moved_to(START):
        return make_district()


class Killing:
    """Kills each kind of act at another moment every time; the first of a kind runs through and is timed."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.chance = random.Random(57)
        self.usual: dict[str, float] = {}

    def round(self, number: int) -> None:
        with clock.moved_to(START):
            crowd(self.district, SIZE)
            public_list = cases.compiled(self.district, batch=f"2026-{number:03d}")
            publisher = self.district.officer(Role.STREET_PUBLISHER, "101")
            inspected(public_list, by=publisher)
            self.kill("publish", lambda: publish(public_list, by=publisher, version=public_list.version))
            public_list = self.finished(public_list, published, publish)
            public_list = cases.posted(self.district, public_list)
        with clock.moved_to(AFTER):
            self.kill("close", lambda: close(public_list, by=publisher, version=public_list.version))
            public_list = self.finished(public_list, closed, close)
            waiting = list(Application.objects.filter(state=State.CLEARED).select_related("household"))
            self.kill("approve", lambda: self.approve(waiting))
            self.approve([case for case in waiting if not approved(case)])
            file = standing_file(number)
            self.kill("import", lambda: import_standing_households(file, by=ROBOT, benefit="guarantee"))
            if not imported(file, number):
                import_standing_households(file, by=ROBOT, benefit="guarantee")
                assert imported(file, number)
            self.kill_checks()
        assert list(differences()) == []

    def kill_checks(self) -> None:
        """Answers of the cross-check for cases in survey, brought in by file."""
        surveyed = crowd(self.district, SIZE, state=State.EXAMINED)
        day = clock.today().isoformat()
        content = marked(CHECKS, *(answer(str(case.number), day=day) for case in surveyed))
        facts = {"by": self.district.officer(Role.DISTRICT_CHECKER), "digest": digest(content)}
        self.kill("checks", lambda: import_results(content, **facts))
        if not checked(surveyed, facts["digest"]):
            import_results(content, **facts)
            assert checked(surveyed, facts["digest"])

    def kill(self, kind: str, act: Callable[[], Any]) -> None:
        process = Apart(lambda: kind_of(act))
        if kind in self.usual:
            process.killed_after(self.chance.uniform(0, self.usual[kind]))
        else:
            began = perf_counter()
            process.go()
            assert process.answer() == "done"
            self.usual[kind] = perf_counter() - began
        numbers = list(Publication.objects.values_list("seq", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))

    def finished(
        self, public_list: PublicList, done: Callable[[PublicList], bool], act: Callable[..., PublicList]
    ) -> PublicList:
        """The list after the act: done in the killed process, or now."""
        public_list.refresh_from_db()
        if not done(public_list):
            by = self.district.officer(Role.STREET_PUBLISHER, "101")
            public_list = act(public_list, by=by, version=public_list.version)
            assert done(public_list)
        return public_list

    def approve(self, waiting: list[Application]) -> None:
        by = self.district.officer(Role.DISTRICT_APPROVER)
        for case in waiting:
            approve(case, by=by, version=case.version)


def published(public_list: PublicList) -> bool:
    """Whether the list is public in every table; raises when it is half public."""
    moved = cases_of(public_list, State.IN_PUBLICITY)
    acts = Event.objects.filter(subject_code=public_list.code, act="publish-list").count()
    rows = (public_list.entries.count(), public_list.public_rows.count(), public_list.postings.count())
    journal = Publication.objects.filter(ref=public_list.number or "none", kind="list").count()
    there = (public_list.state, moved, acts, *rows, journal)
    assert there in {
        (ListState.RUNNING, SIZE, 1, SIZE, SIZE, 1, 1),
        (ListState.COMPILED, 0, 0, 0, 0, 0, 0),
    }, there
    return bool(acts)


def closed(public_list: PublicList) -> bool:
    """Whether the list is closed and all its cases forwarded; raises when only some are."""
    acts = Event.objects.filter(subject_code=public_list.code, act="close-list").count()
    journal = Publication.objects.filter(ref=public_list.number, kind="close").count()
    there = (public_list.state, cases_of(public_list, State.CLEARED), acts, journal)
    assert there in {(ListState.CLOSED, SIZE, 1, 1), (ListState.RUNNING, 0, 0, 0)}, there
    return bool(acts)


def cases_of(public_list: PublicList, state: str) -> int:
    chosen = public_list.selections.values("application_id")
    return Application.objects.filter(pk__in=chosen, state=state).count()


def approved(case: Application) -> bool:
    """Whether the case is approved with its opinion and act; raises when one of them is missing."""
    now = Application.objects.get(pk=case.pk)
    acts = Event.objects.filter(subject_code=case.code, act="approve").count()
    opinions = Opinion.objects.filter(application=case, act="approve").count()
    there = (now.state, now.decided_on is not None, acts, opinions)
    assert there in {(State.APPROVED, True, 1, 1), (State.CLEARED, False, 0, 0)}, there
    return bool(acts)


def standing_file(number: int) -> StandingFile:
    """A file of households that nobody has brought in yet."""
    rows = [
        head(
            household=str(n),
            community="东园社区",
            id_number=make_demo_id(date(1940, 1, 1) + timedelta(days=number), n),
            account=f"6222{number:03d}{n:012d}",
        )
        for n in range(SIZE)
    ]
    return check_standing_file(xlsx(["名册"], HEADERS, *(line(row) for row in rows)), by=ROBOT)


def imported(file: StandingFile, earlier: int) -> bool:
    """Whether the file's households are all there with their awards; raises when only some are."""
    batches = ImportBatch.objects.filter(file_sha256=file.sha256).count()
    there = Award.objects.exclude(periods__import_batch=None).count() - earlier * SIZE
    assert (batches, there) in {(1, SIZE), (0, 0)}, (batches, there)
    return bool(batches)


def checked(surveyed: list[Application], file_digest: str) -> bool:
    """Whether every case of the file has its answer; raises when only some have."""
    batches = CheckBatch.objects.filter(file_digest=file_digest).count()
    answers = CrossCheck.objects.filter(application__in=surveyed).count()
    touched = Application.objects.filter(pk__in=[case.pk for case in surveyed], version=2).count()
    assert (batches, answers, touched) in {(1, SIZE, SIZE), (0, 0, 0)}, (batches, answers, touched)
    return bool(batches)


def rounds_of_killing(district: District, rounds: int) -> None:
    killing = Killing(district)
    for number in range(rounds):
        killing.round(number)


def test_what_is_killed_leaves_nothing_half_done(district):
    rounds_of_killing(district, rounds=3)


@pytest.mark.long
@pytest.mark.once("sqlite")
def test_what_is_killed_again_and_again_leaves_nothing_half_done(district, full_counts):
    rounds_of_killing(district, rounds=101 if full_counts else 21)
