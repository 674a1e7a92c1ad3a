"""A page that is withdrawn while a text of it is reviewed or planned comes back by no accident."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal.publishing.approve import approve, release
from portal.publishing.drafts import take_up
from portal.publishing.models import PageState, PlanState
from portal.publishing.plan import fire, open_plan
from portal.publishing.task import start_review
from portal.publishing.withdraw import withdraw
from relief.errors import WrongState
from relief.trail import clock
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

WAYS = ["superseded", "removed"]


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def leave(room: Newsroom, page, way: str):
    kept = room.record(page)
    words = {"reason_zh": "误发。", "reason_en": "By mistake."}
    return withdraw(kept, by=room.publisher, way=way, version=kept.version, **words)


@pytest.mark.parametrize("way", WAYS)
def test_no_step_of_a_review_brings_a_withdrawn_page_back(room, way):
    live = room.published()
    submission = room.handed_in(room.edited(live, body="<p>新文本</p>"))
    approve(submission, by=room.reviewer, step="review")
    gone = leave(room, live, way)
    with pytest.raises(WrongState) as told:
        release(submission, by=room.publisher, step="release")
    assert [one.code for one in told.value.reasons] == ["withdrawn"]
    kept = room.record(live)
    assert (kept.state, kept.reason_zh, kept.live_revision_id) == (way, "误发。", gone.live_revision_id)


@pytest.mark.parametrize("way", WAYS)
def test_a_plan_of_a_withdrawn_page_does_not_fire_and_says_why(room, way):
    live = room.published()
    planned = room.edited(live, title="明年的规定", publish_at=clock.now() + timedelta(days=9))
    room.released(room.handed_in(planned))
    leave(room, live, way)
    told = fire(open_plan(room.record(live)))
    assert (told.state, room.record(live).state) == (PlanState.OVERTAKEN, way) and told.problem
    take_up(told, by=room.writer, version=told.version)
    taken = room.published(type(live).objects.get(pk=live.pk))
    assert taken.title == "明年的规定", "nothing of it was lost"


def test_who_hands_it_in_anew_after_the_withdrawal_brings_it_back(room):
    live = room.published()
    room.handed_in(room.edited(live, body="<p>新文本</p>"))
    leave(room, live, "removed")
    again = room.published(room.edited(live, body="<p>恢复</p>"))
    assert room.record(again).state == PageState.PUBLIC


def test_the_reviewer_is_told_on_the_screen_and_sends_it_back(room):
    live = room.published()
    draft = room.edited(live, body="<p>新文本</p>")
    submission = start_review(draft, by=room.writer, revision_id=draft.latest_revision_id)
    leave(room, live, "removed")
    client, screen = signed_in(room.reviewer), reverse("publishing:review", args=[live.pk])
    form = {"decision": "pass", "submission": submission.pk, "step": "review", "comment": ""}
    assert "送审之后，网页已撤回" in client.post(screen, form).content.decode()
    assert client.post(screen, form | {"decision": "back", "comment": "已撤回"}).status_code == 302
    assert room.record(live).state == PageState.REMOVED
