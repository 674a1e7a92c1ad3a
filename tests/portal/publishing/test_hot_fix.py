"""A hot fix while a plan waits: in whose way it may not come, when the plan says that it won't fire."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import Page

from portal.notifying.found import untold
from portal.notifying.models import Happening
from portal.publishing.approve import release
from portal.publishing.drafts import start_hot_fix, take_up
from portal.publishing.models import PlanState
from portal.publishing.plan import due_plans, open_plan
from portal.publishing.task import start_review
from relief.errors import Blocked, NotAllowed, WrongState
from relief.officers.models import Officer, Role
from relief.trail import clock
from tests.factories.texts import Newsroom, make_newsroom, removed
from tests.portal.cms.staff import signed_in


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def read(page):
    return Page.objects.get(pk=page.pk).specific


def planned(room, by: Officer | None = None):
    """A live page, and a later text of it by `by` that waits for its time."""
    live = room.published()
    later = room.edited(live, title="明年的规定", publish_at=clock.now() + timedelta(days=9))
    if by is not None:
        later.save_revision(user=by.account)
    passed(room, later)
    return live


def passed(room, page):
    """Through its review, by a section editor and a publisher."""
    submission = room.handed_in(page)
    release(submission, by=room.district.officer(Role.SECTION_EDITOR), step="review")
    release(submission, by=room.publisher, step="release")


def corrected(room, page):
    """A hot fix, released before the plan is due."""
    start_hot_fix(read(page), by=room.writer)
    fixed = read(page).get_latest_revision_as_object()
    fixed.body = "<p>取暖补助按人发放。</p>"
    fixed.save_revision(user=room.writer.account)
    passed(room, fixed)


def test_nothing_is_written_over_a_text_in_review(room):
    live = planned(room)
    start_hot_fix(read(live), by=room.writer)
    page = read(live)
    start_review(page, by=room.writer, revision_id=page.latest_revision_id)
    with pytest.raises(WrongState):
        start_hot_fix(read(live), by=room.writer)
    assert read(live).latest_revision_id == page.latest_revision_id


def test_a_locked_page_takes_neither_a_hot_fix_nor_a_text_taken_up(room):
    live = planned(room)
    page = read(live)
    page.locked = True
    page.save(update_fields=["locked"])
    with pytest.raises(Blocked):
        start_hot_fix(read(live), by=room.writer)
    removed(live, room)
    waiting = open_plan(room.record(live))
    with pytest.raises(Blocked):
        take_up(waiting, by=room.writer, version=waiting.version)
    assert open_plan(room.record(live)).state == PlanState.OVERTAKEN
    assert read(live).latest_revision_id == page.latest_revision_id


def test_a_plan_says_at_once_that_it_will_not_fire(room):
    live = planned(room)
    corrected(room, live)
    waiting = open_plan(room.record(live))
    assert (waiting.state, bool(waiting.problem), list(due_plans())) == (PlanState.OVERTAKEN, True, [])
    address = reverse("publishing:planned", args=[waiting.pk])
    told = [one for one in untold() if one.event == Happening.PLAN_OVERTAKEN]
    assert [one.path for one in told] == [address]
    edit = signed_in(room.writer).get(reverse("wagtailadmin_pages:edit", args=[live.pk]))
    shown = edit.content.decode()
    assert address in shown and "&lt;time" not in shown


def test_a_plan_of_a_page_that_is_withdrawn_says_so_at_once(room):
    live = planned(room)
    removed(live, room)
    assert open_plan(room.record(live)).state == PlanState.OVERTAKEN


def test_the_author_of_a_text_taken_up_by_another_does_not_review_it(room):
    author = room.reviewer
    live = planned(room, by=author)
    corrected(room, live)
    waiting = open_plan(room.record(live))
    take_up(waiting, by=room.writer, version=waiting.version)
    again = room.handed_in(room.edited(live))
    with pytest.raises(NotAllowed):
        release(again, by=author, step="review")
    release(again, by=room.district.officer(Role.SECTION_EDITOR), step="review")


@pytest.mark.parametrize("who", ["writer", "reviewer", "publisher"])
def test_plans_offer_what_the_reader_may_do(room, who):
    live = planned(room)
    shown = signed_in(getattr(room, who)).get(reverse("publishing:plans")).content.decode()
    hot_fix = reverse("publishing:hot-fix", args=[live.pk])
    assert (hot_fix in shown, 'name="plan"' in shown) == (who == "writer", who == "publisher")


def test_the_review_of_a_hot_fix_tells_what_its_release_does_to_the_plan(room):
    live = planned(room)
    waiting = open_plan(room.record(live))
    address, review = (
        reverse("publishing:planned", args=[waiting.pk]),
        reverse("publishing:review", args=[live.pk]),
    )
    reviewer = signed_in(room.reviewer)
    assert address not in reviewer.get(review).content.decode()  # the text that is planned
    start_hot_fix(read(live), by=room.writer)
    room.handed_in(read(live))
    assert address in reviewer.get(review).content.decode()
