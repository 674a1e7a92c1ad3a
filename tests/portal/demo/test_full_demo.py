"""The whole district as it stands after loading: its figures, every state, every proof, its public pages."""

from __future__ import annotations

import resource
import sys
from collections import Counter

import pytest
from django.test import Client

from portal.demo.full_ground import FULL
from portal.demo.full_story import HOUSEHOLDS, MISSING, PERSONS, WITHDRAWN, full_story
from portal.demo.load import SEED
from portal.publicity.addresses import list_path
from portal.publicity.index import PER_PAGE
from relief.applications.models import Application, ClockChange, KinDeclaredBy
from relief.applications.road_57 import ROAD_57
from relief.applications.states import State
from relief.awards.models import Adjustment, AwardPeriod, ImportBatch
from relief.confidential.blind import subjects_with
from relief.decisions.models import CrossCheck, DemocraticReview, HitKind, RegisterHit
from relief.households.models import Household, Person
from relief.ledger.models import Publication
from relief.places.models import Area, Board, Level, Station
from relief.publicity.board_lines import Task, board_lines, open_tasks, to_look_after
from relief.publicity.correctable import CorrectionReason
from relief.publicity.correction_models import Correction, CorrectionState
from relief.publicity.document import digest_holds
from relief.publicity.evidence_models import BoardEvidence, BoardPhoto, BoardStep, Supplement
from relief.publicity.models import (
    ListKind,
    ListState,
    PublicList,
    Response,
    ResponseChannel,
    ResponseKind,
    ResponseState,
)
from relief.publicity.queries import ended, names_visible, running
from relief.publicity.withdraw_list import WithdrawalReason
from relief.trail import clock
from relief.trail.models import Event, Refusal
from relief.trail.verify import differences, missing_guards
from tests.portal.demo.private import particulars

pytestmark = pytest.mark.long
STORY = full_story(SEED)
#: every state of rule set 57号
STATES = {state for step in ROAD_57.steps for state in (*step.from_states, *step.targets)}
#: cases that a station opens for who was left out
LEADS = sum(said.leads for plan in STORY.cases for said in plan.said)
MEMORY_MB = 1500


def test_the_district_is_the_real_ones_size(scratch_full: str) -> None:
    assert Area.objects.filter(level=Level.STREET).count() == 7
    assert Area.objects.filter(level=Level.COMMUNITY).count() == 45
    assert Station.objects.count() == 52 and Board.objects.count() >= 45
    batch = ImportBatch.objects.get()
    assert (batch.households, batch.persons) == (HOUSEHOLDS, PERSONS) == (4601, 8880)
    imported = AwardPeriod.objects.filter(import_batch=batch)
    assert set(imported.values_list("award__community", flat=True)) == set(FULL.communities)
    assert not imported.filter(amount__lte=0).exists()
    assert Household.objects.count() == HOUSEHOLDS + len(STORY.cases) + LEADS
    assert Person.objects.count() > PERSONS + len(STORY.cases) + LEADS


def test_nobody_is_in_it_twice(scratch_full: str) -> None:
    numbers = particulars()["person.id-number"]
    assert len(numbers) == Person.objects.count()
    assert all(len(subjects) == 1 for subjects in subjects_with("id-number", numbers).values())
    names = [seat.name for seat in FULL.seats]
    assert len(names) == len(set(names))


def test_cases_stand_in_every_state_in_every_street(scratch_full: str) -> None:
    cases = Application.objects.all()
    assert cases.count() == len(STORY.cases) + LEADS >= 300
    assert set(cases.values_list("state", flat=True)) == STATES
    assert {community[:3] for community in cases.values_list("community", flat=True)} == set(FULL.streets)
    assert cases.filter(due_on__lt=clock.today()).count() >= 20, "late and still shown as late"
    assert cases.filter(state=State.CLEARED, recommended=False).exists()
    assert set(cases.values_list("road_key", flat=True)) == {"57", "57-delegated"}


def test_everything_beside_the_straight_road_has_happened(scratch_full: str) -> None:
    cases = Application.objects.all()
    assert set(cases.exclude(kin_declared_by=None).values_list("kin_declared_by", flat=True)) == set(
        KinDeclaredBy
    )
    assert cases.filter(complaint_registered=True, state=State.ANNOUNCED).exists()
    assert cases.filter(complaint_registered=True, state=State.CLEARED).exists()
    assert cases.filter(clock_stopped_on__isnull=False).exists()
    assert {"stop-clock", "start-clock", "extend-limit"} <= set(
        ClockChange.objects.values_list("act", flat=True)
    )
    states = set(Response.objects.values_list("state", flat=True))
    assert {
        ResponseState.OPEN,
        ResponseState.UPHELD,
        ResponseState.REJECTED,
        ResponseState.WITHDRAWN,
    } <= states
    assert DemocraticReview.objects.exists()
    hits = set(RegisterHit.objects.values_list("kind", "open"))
    assert {(HitKind.DEATH, True), (HitKind.DEATH, False), (HitKind.STAFF_KIN, False)} <= hits
    assert CrossCheck.objects.filter(result="mismatch").exclude(explanation=None).exists()
    assert {("four-eyes",), ("district-visit",)} <= {tuple(each.reasons) for each in Refusal.objects.all()}


def test_every_kind_of_response_is_upheld_refused_and_open(scratch_full: str) -> None:
    """Through the website, at the counter, by telephone and by letter; one about a member of staff."""
    three = (ResponseState.OPEN, ResponseState.UPHELD, ResponseState.REJECTED)
    found = set(Response.objects.values_list("kind", "state"))
    assert {(kind, state) for kind in ResponseKind for state in three} <= found
    assert set(Response.objects.values_list("channel", flat=True)) == set(ResponseChannel)
    assert Response.objects.filter(about_staff=True, state=ResponseState.OPEN).exists()
    leads = Response.objects.exclude(lead_case=None)
    assert leads.count() == LEADS >= 2 and all(one.kind == ResponseKind.LEFT_OUT for one in leads)
    turned = Response.objects.exclude(escalated_on=None)
    assert set(turned.values_list("escalation_upheld", flat=True)) == {None, True, False}
    late = Response.objects.filter(state=ResponseState.OPEN, due_on__lt=clock.today())
    assert late.exists(), "late and still shown as late"


def test_rows_are_corrected_for_each_reason(scratch_full: str, client: Client) -> None:
    """An amount on a running list, names on lists that are through; each edition has its page."""
    made = Correction.objects.filter(state=CorrectionState.APPROVED)
    reasons = set(made.values_list("rows__reason", flat=True))
    assert {CorrectionReason.ENTERED_WRONGLY, CorrectionReason.NAME_WITHHELD} <= reasons
    lists = {one.public_list for one in made}
    assert {ListState.RUNNING, ListState.ANNOUNCED} <= {one.state for one in lists}
    pages = [f"{list_path(one.public_list)}corrections/{one.edition}/" for one in made]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_a_list_was_extended_and_one_withdrawn_and_made_anew(scratch_full: str, client: Client) -> None:
    extended = Supplement.objects.get().public_list
    assert extended.state == ListState.ANNOUNCED and extended.area_id == MISSING[1]
    gone = PublicList.objects.get(kind=ListKind.PRE_APPROVAL, state=ListState.WITHDRAWN)
    assert gone.withdrawal_reason == WithdrawalReason.NOT_SHOWN and gone.area_id == WITHDRAWN[1]
    anew = PublicList.objects.get(
        kind=ListKind.PRE_APPROVAL, area=gone.area, batch=gone.batch, revision=gone.revision + 1
    )
    assert anew.state == ListState.ANNOUNCED
    page = client.get(list_path(gone))
    assert page.status_code == 200 and gone.note_zh in page.content.decode()


def test_sheets_came_down_but_two(scratch_full: str) -> None:
    tasks = open_tasks(board_lines(to_look_after(PublicList.objects.all())))
    late = [line for line in tasks if line.task == Task.TAKE_DOWN]
    assert len(late) == 2 and all(line.public_list.state == ListState.CLOSED for line in late)
    assert BoardEvidence.objects.filter(step=BoardStep.SEEN).exists()
    assert BoardPhoto.objects.exists()


def test_changes_endings_and_standing_lists_are_announced(scratch_full: str) -> None:
    made = Counter(Adjustment.objects.exclude(entry=None).values_list("kind", flat=True))
    assert made["changed"] >= 20 and made["ended"] >= 10
    assert Adjustment.objects.filter(entry=None).exists(), "some wait for the announcer"
    assert PublicList.objects.filter(kind=ListKind.CHANGES).count() == sum(
        bool(plan.announced) for plan in STORY.changes
    )
    *earlier, current = PublicList.objects.filter(kind=ListKind.STANDING).order_by("pk")
    assert earlier and not any(names_visible(one) for one in earlier)
    assert names_visible(current) and current.entry_count >= 300


def test_lists_of_every_street_at_every_stage(scratch_full: str) -> None:
    lists = PublicList.objects.filter(kind=ListKind.PRE_APPROVAL)
    withdrawn = sum(plan.withdrawn for plan in STORY.lists.values())
    assert lists.count() == len(STORY.lists) + withdrawn >= 34
    for state in (ListState.RUNNING, ListState.CLOSED, ListState.ANNOUNCED):
        assert lists.filter(state=state).exists(), state
    streets = set(PublicList.objects.values_list("area__number", flat=True))
    assert streets == set(FULL.streets)
    assert {row.area.number for row in running()} == set(FULL.streets)
    assert len({row.ends_on for row in running()}) >= 4, "they end on different days"
    assert any(row.ends_on is None for row in running()), "one waits for a board"
    assert all(digest_holds(public_list) for public_list in PublicList.objects.all())


def test_the_trail_is_whole(scratch_full: str) -> None:
    assert list(differences()) == []
    assert missing_guards() == []
    assert list(Publication.objects.order_by("seq").values_list("seq", flat=True)) == list(
        range(1, Publication.objects.count() + 1)
    )
    moments = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments) and moments[-1] < clock.now()


def test_loading_takes_no_more_memory_than_a_small_machine_has(scratch_full: str) -> None:
    """The process that has loaded or copied it, at its highest."""
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit < MEMORY_MB


def test_its_public_pages_open(scratch_full: str, client: Client) -> None:
    over = ended().count()
    assert over > PER_PAGE, "the index has more than one page"
    pages = ["/", "/en/", "/publicity/", "/en/publicity/", "/announcements/"]
    pages += [f"/publicity/?state=ended&page={page}" for page in range(1, 2 + over // PER_PAGE)]
    pages += [f"/publicity/?state=ended&street={street}" for street in FULL.streets]
    pages += [list_path(public_list) for public_list in PublicList.objects.exclude(number=None)]
    broken = {page: status for page in pages if (status := client.get(page).status_code) != 200}
    assert broken == {}
