"""The screens of planned texts: the list, giving one up, an overtaken one beside what is live."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import Page

from portal.publishing.drafts import start_hot_fix
from portal.publishing.plan import fire, open_plan
from relief.trail import clock
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def test_plans_are_listed_and_given_up(room):
    page = room.draft(publish_at=clock.now() + timedelta(days=2))
    room.released(room.handed_in(page))
    publisher = signed_in(room.publisher)
    address = reverse("publishing:plans")
    assert page.title in publisher.get(address).content.decode()
    waiting = open_plan(room.record(page))
    signed_in(room.writer).post(address, {"plan": waiting.pk, "version": waiting.version})
    assert open_plan(room.record(page)) is not None  # not for who writes
    publisher.post(address, {"plan": waiting.pk, "version": waiting.version})
    assert open_plan(room.record(page)) is None


def test_an_overtaken_plan_shows_both_texts_and_is_taken_up_as_a_draft(room):
    live = room.published()
    later = room.edited(live, title="明年的规定", publish_at=clock.now() + timedelta(days=9))
    room.released(room.handed_in(later))
    start_hot_fix(Page.objects.get(pk=live.pk).specific, by=room.writer)
    fixed = Page.objects.get(pk=live.pk).specific.get_latest_revision_as_object()
    fixed.body = "<p>取暖补助按人发放。</p>"
    fixed.save_revision(user=room.writer.account)
    room.released(room.handed_in(fixed))
    plan = fire(open_plan(room.record(live)))
    address = reverse("publishing:planned", args=[plan.pk])
    shown = signed_in(room.reviewer).get(address).content.decode()
    since, would = shown.split("cms-diff")[1:]
    assert "<del>户</del><ins>人</ins>" in since and "明年" not in since
    assert "明年" in would and "<del>人</del><ins>户</ins>" in would
    for officer in (room.reviewer, room.publisher):
        signed_in(officer).post(address, {"version": plan.version})
        assert open_plan(room.record(live)) is not None
    answer = signed_in(room.writer).post(address, {"version": plan.version})
    assert answer.status_code == 302 and open_plan(room.record(live)) is None
    draft = Page.objects.get(pk=live.pk).specific.get_latest_revision_as_object()
    assert (draft.title, draft.publish_at) == ("明年的规定", None)
    assert Page.objects.get(pk=live.pk).title == live.title
    assert signed_in(room.writer).get(address).status_code == 404
