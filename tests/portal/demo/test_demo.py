"""The demo as it stands after loading: whole, in the order of time, proved, and private."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.demo.corrections import TOO_LOW
from portal.demo.district import PASSWORD
from portal.demo.photos import HEIGHT, WIDTH
from portal.demo.small_ground import SEATS
from portal.demo.small_story import CASES, HOUSEHOLDS
from portal.publicity.addresses import list_path
from relief.applications.models import Application
from relief.applications.states import State
from relief.awards.models import Adjustment, Award, AwardPeriod, AwardStatus, ImportBatch
from relief.confidential.pictures import looks_apart
from relief.households.models import Household
from relief.ledger.models import Publication
from relief.officers.models import Account, Appointment, Role
from relief.publicity.board_lines import Task, board_lines, open_tasks, to_look_after
from relief.publicity.board_photo import SAME_LOOK
from relief.publicity.correctable import CorrectionReason
from relief.publicity.correction_models import Correction, CorrectionState
from relief.publicity.disclose import WITHHELD, WITHHELD_ON_REQUEST
from relief.publicity.document import digest_holds
from relief.publicity.evidence_models import BoardEvidence, BoardPhoto, BoardStep, Supplement
from relief.publicity.models import (
    ListKind,
    ListState,
    Posting,
    PublicList,
    PublicRow,
    Response,
    ResponseKind,
    ResponseState,
)
from relief.publicity.queries import names_visible, period_of, running, visible_rows
from relief.standards.legal_clock import add_working_days
from relief.trail import clock
from relief.trail.models import Event, Refusal
from relief.trail.verify import differences, missing_guards
from tests.portal.demo.private import forms_of, particulars, stored_bytes
from tests.privacy.needles import Needles

STATES = {
    State.DRAFT: 1, State.SUBMITTED: 2, State.RETURNED: 1, State.ACCEPTED: 2, State.EXAMINED: 2,
    State.REVIEWED: 2, State.IN_PUBLICITY: 5, State.UNDER_REINVESTIGATION: 1, State.CLEARED: 3,
    State.APPROVED: 2, State.REFUSED: 2, State.ANNOUNCED: 7,
}  # fmt: skip


def lists(kind: str) -> list[PublicList]:
    return list(PublicList.objects.filter(kind=kind).order_by("pk"))


def test_sixty_households_came_by_import_and_thirty_by_the_counter(scratch_demo: str) -> None:
    assert ImportBatch.objects.get().households == HOUSEHOLDS == 60
    assert Household.objects.count() == HOUSEHOLDS + len(CASES) == 90
    assert AwardPeriod.objects.exclude(import_batch=None).count() == 60
    imported = AwardPeriod.objects.exclude(import_batch=None).values("award__household")
    assert not Application.objects.filter(household__in=imported).exists()


def test_cases_stand_in_every_state_that_the_acts_reach(scratch_demo: str) -> None:
    assert Counter(Application.objects.values_list("state", flat=True)) == STATES
    assert set(Application.objects.filter(state=State.CLEARED).values_list("recommended", flat=True)) == {
        True,
        False,
    }
    first = min(Event.objects.filter(act="open-draft").values_list("at", flat=True))
    assert first > clock.now() - timedelta(days=366)
    assert Award.objects.count() == 60 + STATES[State.ANNOUNCED]


def test_four_lists_running_closed_announced_and_forgotten(scratch_demo: str) -> None:
    forgotten, announced, closed, current = lists(ListKind.PRE_APPROVAL)
    assert [row.state for row in (forgotten, announced, closed, current)] == [
        ListState.ANNOUNCED,
        ListState.ANNOUNCED,
        ListState.CLOSED,
        ListState.RUNNING,
    ]
    assert forgotten.names_deleted_on and not PublicRow.objects.filter(public_list=forgotten).exists()
    for over in (announced, closed):
        assert PublicRow.objects.filter(public_list=over).exists() and not visible_rows(over).exists()
    assert list(running()) == [current]
    period = period_of(current)
    assert (period.phase, period.days) == ("running", 7) and 3 <= period.left <= 5
    assert WITHHELD in {row.row["name"] for row in visible_rows(current)}


def test_both_announcements_opened_awards_and_the_later_still_shows_names(scratch_demo: str) -> None:
    early, late = lists(ListKind.ANNOUNCEMENT)
    assert not names_visible(early) and early.names_deleted_on
    assert names_visible(late) and visible_rows(late).count() == late.entry_count
    for announcement in (early, late):
        entries = announcement.entries.all()
        assert all(entry.pre_approval_id for entry in entries)
        assert AwardPeriod.objects.filter(source_entry__in=entries).count() == announcement.entry_count


def test_each_kind_of_response_waits_somewhere_and_others_are_answered(scratch_demo: str) -> None:
    """Open ones on the running list, each in another queue; answered ones on the lists before."""
    responses = Response.objects.all()
    waiting = responses.filter(state=ResponseState.OPEN)
    assert {one.public_list.state for one in waiting} == {ListState.RUNNING}
    assert {(one.kind, one.handler) for one in waiting} == {
        (ResponseKind.NOT_ELIGIBLE, "101"),
        (ResponseKind.LEFT_OUT, "10102"),
        (ResponseKind.WRONG_DATA, "101"),
        (ResponseKind.WITHHOLD_NAME, "000"),
    }
    assert set(responses.exclude(state=ResponseState.OPEN).values_list("kind", "state")) == {
        (ResponseKind.LEFT_OUT, ResponseState.UPHELD),
        (ResponseKind.LEFT_OUT, ResponseState.REJECTED),
        (ResponseKind.WRONG_DATA, ResponseState.UPHELD),
        (ResponseKind.WRONG_DATA, ResponseState.REJECTED),
        (ResponseKind.WITHHOLD_NAME, ResponseState.UPHELD),
        (ResponseKind.WITHHOLD_NAME, ResponseState.REJECTED),
    }
    escalated = responses.get(escalated_on__isnull=False)
    assert escalated.state == ResponseState.REJECTED and escalated.escalation_answered_on is None


def test_what_was_said_rightly_is_corrected_by_two_persons(scratch_demo: str, client: Client) -> None:
    """A name that went, and an amount whose row is shown anew: both editions stay public."""
    withheld, amount = Correction.objects.order_by("pk")
    assert [one.state for one in (withheld, amount)] == [CorrectionState.APPROVED] * 2
    assert withheld.rows.get().reason == CorrectionReason.NAME_WITHHELD
    (current,) = running()
    assert amount.public_list == current and current.edition == 2
    places = current.entries.filter(row_number=amount.rows.get().row_number).order_by("edition")
    old, new = (Decimal(place.public_row.row["amount"]) for place in places)
    assert new == old + TOO_LOW
    page = client.get(f"{list_path(current)}corrections/2/")
    assert page.status_code == 200 and amount.note_zh in page.content.decode()
    announced = lists(ListKind.ANNOUNCEMENT)[-1]
    assert WITHHELD_ON_REQUEST in {row.row["name"] for row in visible_rows(announced)}


def test_sheets_came_down_after_each_list_but_one(scratch_demo: str) -> None:
    """One is left for the newcomer; one list was missing from a board and hung longer; one was looked at."""
    (left,) = open_tasks(board_lines(to_look_after(PublicList.objects.all())))
    assert (left.task, left.public_list.state) == (Task.TAKE_DOWN, ListState.CLOSED)
    extended = Supplement.objects.get()
    assert extended.public_list == lists(ListKind.PRE_APPROVAL)[1]
    assert extended.public_list.ends_on == extended.ends_after > extended.ended_before
    seen = BoardEvidence.objects.get(step=BoardStep.SEEN)
    assert [seen.public_list] == list(running())
    posted = Posting.objects.get(public_list=seen.public_list, board=seen.board)
    assert posted.officer_id != seen.officer_id


def test_photos_of_a_board_are_two_pictures(scratch_demo: str) -> None:
    """Pinned up and spot-checked: the second is no copy of the first."""
    photos = list(BoardPhoto.objects.order_by("pk"))
    assert len(photos) == 2
    assert looks_apart(photos[0].look, photos[1].look) > SAME_LOOK
    assert {(photo.width, photo.height) for photo in photos} == {(WIDTH, HEIGHT)}


def test_standing_guarantees_change_end_and_are_listed_each_month(scratch_demo: str) -> None:
    """Each month's standing list takes the names off the last one's; who has ended stands on none."""
    announced = Adjustment.objects.exclude(entry=None)
    assert Counter(announced.values_list("kind", flat=True)) == {"changed": 3, "ended": 2}
    assert {one.entry.public_list for one in announced} == set(lists(ListKind.CHANGES))
    assert Adjustment.objects.filter(entry=None).count() == 1, "one waits for the announcer"
    gone = announced.filter(kind="ended").values("award")
    assert set(Award.objects.filter(pk__in=gone).values_list("status", flat=True)) == {AwardStatus.ENDED}
    *earlier, current = lists(ListKind.STANDING)
    assert earlier and not any(names_visible(one) for one in earlier)
    assert names_visible(current) and visible_rows(current).count() == current.entry_count >= 55
    assert all(one.replaces == before for before, one in pairwise([*earlier, current]))


def test_every_list_proves_itself_and_the_trail_is_whole(scratch_demo: str) -> None:
    assert all(digest_holds(public_list) for public_list in PublicList.objects.all())
    assert list(differences()) == []
    assert missing_guards() == []
    assert list(Publication.objects.order_by("seq").values_list("seq", flat=True)) == list(
        range(1, Publication.objects.count() + 1)
    )


def test_the_order_of_history_is_the_order_of_time(scratch_demo: str) -> None:
    moments = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments) and moments[-1] < clock.now()
    for model in (Application, PublicList, Household):
        dates = list(model.history.order_by("history_id").values_list("history_date", flat=True))  # type: ignore[attr-defined]
        assert dates == sorted(dates)


def test_officers_act_in_office_hours_on_working_days(scratch_demo: str) -> None:
    moments = {
        moment.astimezone(clock.SHANGHAI)
        for moment in Event.objects.filter(actor_kind="officer")
        .exclude(act="post")
        .values_list("at", flat=True)
    }
    days = {moment.date() for moment in moments}
    assert [day for day in days if add_working_days(day - timedelta(days=1), 1).day != day] == []
    assert all(9 <= moment.hour < 17 for moment in moments)


def test_every_role_is_held_and_everybody_can_sign_in(scratch_demo: str) -> None:
    """All but the street's approver: here the district confirms."""
    held = set(Appointment.objects.values_list("role", flat=True))
    assert set(Role.values) - held == {Role.STREET_APPROVER}
    accounts = Account.objects.in_bulk([seat.username for seat in SEATS], field_name="username")
    assert all(accounts[seat.username].check_password(PASSWORD) for seat in SEATS)
    assert not any(account.is_superuser for account in accounts.values())


def test_refusals_are_on_record(scratch_demo: str) -> None:
    reasons = {tuple(refusal.reasons) for refusal in Refusal.objects.all()}
    assert {("four-eyes",), ("district-visit",)} <= reasons


def test_nothing_private_stands_in_the_database_in_clear(scratch_demo: str) -> None:
    texts = particulars()
    assert len(texts["person.id-number"]) > 150 and all(n.startswith("99") for n in texts["person.id-number"])
    forms = {form: purpose for purpose, each in texts.items() for text in each for form in forms_of(text)}
    assert {forms[found] for found in Needles(forms).found_in(stored_bytes(scratch_demo))} == set()


def test_it_loads_once(scratch_demo: str) -> None:
    before = Event.objects.count()
    with pytest.raises(CommandError):
        call_command("load_demo", scale="small", verbosity=0)
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_it_loads_only_with_demo(settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo", scale="small", verbosity=0)
    assert not Event.objects.exists()


def test_accounts_are_printed_with_their_password(scratch_demo: str, capsys) -> None:
    call_command("demo_accounts")
    printed = capsys.readouterr().out
    assert PASSWORD in printed and all(seat.username in printed for seat in SEATS)
