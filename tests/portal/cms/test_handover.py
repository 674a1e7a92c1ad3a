"""Handover: everything that somebody answers for goes to another person, or nothing of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import Page

from portal.catalogue.models import CatalogueRow
from portal.catalogue.seed import seed_catalogue
from portal.catalogue.verbs import give_row
from portal.handover.models import Handover
from portal.handover.verb import hand_over, texts_of
from portal.pages.models import NoticePage
from portal.publishing.care import set_next_check
from portal.publishing.models import PageRecord
from portal.publishing.task import ensure_workflows
from relief.errors import Blocked, Invalid, NotAllowed, Stale
from relief.officers.appoint import appoint, appoint_to_section, dismiss
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.trail import clock
from relief.trail.models import Event
from tests.factories.district import SINCE
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

HANDOVER = "/cms/publishing/handover/"
WHY = "调离岗位"


@pytest.fixture
def room(db) -> Newsroom:
    room = make_newsroom()
    ensure_workflows()
    seed_catalogue()
    return room


@pytest.fixture
def successor(room) -> Officer:
    """Another editor of the whole site."""
    officer = room.district.officer(Role.DISTRICT_CHECKER)
    appoint(officer, role=Role.EDITOR, area="000", from_date=SINCE, by=SETUP)
    return officer


def answered_for(officer: Officer) -> set[str]:
    return {page.draft_title for page in texts_of(officer)}


def test_live_texts_drafts_reviews_plans_and_rows_go_to_another_person(room, successor):
    room.published(room.draft("live", title="已发布"))
    room.draft("draft", title="草稿")
    waiting = room.draft("waiting", title="审核中")
    waiting.get_workflow().start(waiting, room.writer.account)
    planned = room.draft("planned", title="定时", publish_at=clock.now() + timedelta(days=2))
    room.released(room.handed_in(planned))
    row = CatalogueRow.objects.get(key="destitute-review")
    give_row(row, by=room.publisher, owner=room.writer, why="分工", version=row.version)
    dismiss(room.writer, by=SETUP, version=room.writer.version)
    client = signed_in(room.publisher)
    shown = client.get(HANDOVER, {"who": room.writer.pk})
    assert {line.title for line in shown.context["lines"]} == {"已发布", "草稿", "审核中", "定时"}
    form = {"which": "all", "taker": successor.pk, "why": WHY, "seen": shown.context["seen"]}
    assert client.post(f"{HANDOVER}?who={room.writer.pk}", form).status_code == 302
    assert answered_for(room.writer) == set()
    assert answered_for(successor) == {"已发布", "草稿", "审核中", "定时"}
    assert CatalogueRow.objects.get(key="destitute-review").owner == successor
    made = Handover.objects.get()
    assert (made.reason, len(made.texts), made.rows) == (WHY, 4, ["destitute-review"])
    acts = Event.objects.filter(cause_id=made.event_id, act="set-text-owner")
    assert acts.count() == 4 and Event.objects.get(pk=made.event_id).subject_code == room.writer.code
    assert WHY in client.get(HANDOVER).content.decode()


def test_the_successor_takes_a_text_back_from_review_and_still_nobody_reviews_their_own(room, successor):
    page = room.draft("waiting")
    page.get_workflow().start(page, room.writer.account)
    hand_over(room.writer, by=room.publisher, taker=successor, why=WHY, texts=[page.pk], rows=[])
    state = NoticePage.objects.get(pk=page.pk).current_workflow_state
    assert state.requested_by == successor.account
    submission = room.record(page).submissions.get()
    assert submission.officer_id == room.writer.pk


def test_only_chosen_rows_go_and_the_others_stay(room, successor):
    one, other = room.draft("one", title="甲"), room.draft("two", title="乙")
    client = signed_in(room.publisher)
    form = {"which": "chosen", "page": [one.pk], "taker": successor.pk, "why": WHY}
    client.post(f"{HANDOVER}?who={room.writer.pk}", form)
    assert answered_for(successor) == {"甲"} and answered_for(room.writer) == {other.title}


def test_who_takes_over_must_hold_a_role_there_or_nothing_is_handed_over(room):
    notice = room.draft("notice", title="通知")
    guest = room.district.officer(Role.DISTRICT_CHECKER)
    section = Page.objects.get(slug="policies", locale__language_code="zh-hans", depth=3)
    key, today = section.translation_key, clock.today()
    appoint_to_section(guest, role=Role.EDITOR, section=key, from_date=today, by=SETUP)
    client = signed_in(room.publisher)
    form = {"which": "all", "taker": guest.pk, "why": WHY, "seen": "1"}
    answer = client.post(f"{HANDOVER}?who={room.writer.pk}", form)
    assert "通知" in str(answer.context["form"].errors["taker"]) and WHY in answer.content.decode()
    assert answered_for(room.writer) == {notice.title} and not Handover.objects.exists()


def test_handover_is_refused_without_reason_when_stale_and_to_others(room, successor):
    page = room.draft()
    given = {"by": room.publisher, "taker": successor, "why": WHY, "texts": [page.pk], "rows": []}
    for wrong, refusal in (
        ({"why": " "}, Invalid),
        ({"taker": room.writer}, Invalid),
        ({"texts": []}, Blocked),
        ({"texts": [page.pk, 1]}, Stale),
        ({"by": room.writer}, NotAllowed),
    ):
        with pytest.raises(refusal):
            hand_over(room.writer, **given | wrong)
    assert not PageRecord.objects.filter(page_id=page.pk).exists()
    assert signed_in(room.writer).get(HANDOVER).status_code == 403
    seen = {"which": "all", "taker": successor.pk, "why": WHY, "seen": "7"}  # one more came meanwhile
    assert signed_in(room.publisher).post(f"{HANDOVER}?who={room.writer.pk}", seen).status_code == 200
    assert not Handover.objects.exists()


def test_due_checks_stand_on_the_start_page_and_in_column_health(room):
    page = room.published(room.draft(title="该核查的通知"))
    kept = room.record(page)
    set_next_check(page, by=room.writer, on=clock.today(), why="到期", version=kept.version)
    start = signed_in(room.writer).get("/cms/").content.decode()
    assert "contents/?check=due&amp;owner=" in start
    health = signed_in(room.writer).get(reverse("catalogue_admin:columns"))
    assert any("该核查的通知" in line["words"] for line in health.context["findings"])


def test_where_an_appointment_ends_a_link_leads_to_the_handover_of_what_is_left(room):
    leaver = room.district.officer(Role.STREET_LEADER)
    key = room.section.translation_key
    made = appoint_to_section(leaver, role=Role.EDITOR, section=key, from_date=clock.today(), by=SETUP)
    client, at = signed_in(room.publisher), reverse("publishing:appointment", args=[made.pk])
    there = f"{HANDOVER}?who={leaver.pk}"
    assert there not in client.get(at).content.decode()  # nothing is left
    for slug in ("one", "two"):
        room.draft(slug, owner=leaver.account)
    assert there not in signed_in(room.writer).get(at).content.decode()  # who hands nothing over
    ends = {"until_date": clock.today().isoformat(), "version": made.version, "why": "调离。"}
    told = client.post(at, ends, follow=True).content.decode()
    assert there in told and f"{leaver.name}仍负责2件" in told
    assert there in client.get(at).content.decode()
    assert len(client.get(there).context["lines"]) == 2
