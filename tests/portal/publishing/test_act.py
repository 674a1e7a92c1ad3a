"""The act: a text goes live by review alone, exactly as reviewed, with its Event, history and journal row."""

from datetime import timedelta

import pytest
from wagtail.models import Page, Revision

from portal.publishing.approve import approve, release
from portal.publishing.models import Approval, PageState, Plan, PlanState, PublicChange
from portal.publishing.plan import cancel, fire, open_plan
from portal.publishing.publish import publish
from portal.publishing.submit import submit
from portal.publishing.withdraw import withdraw
from relief.errors import Blocked, Invalid, NotAllowed, Refused, Stale, WrongState
from relief.ledger.models import Publication
from relief.officers.models import Role
from relief.trail import clock
from relief.trail.models import Event, Refusal
from tests.factories.texts import Newsroom, make_newsroom


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def test_a_reviewed_text_goes_live_with_one_event_one_change_and_one_row_of_the_journal(room):
    page = room.draft()
    submission = room.handed_in(page)
    events, rows = Event.objects.count(), Publication.objects.count()
    approve(submission, by=room.reviewer, step="review")
    assert not Page.objects.get(pk=page.pk).live
    release(submission, by=room.publisher, step="release")
    live = Page.objects.get(pk=page.pk)
    record = room.record(page)
    assert live.live and live.live_revision_id == submission.revision_id == record.live_revision_id
    assert record.state == PageState.PUBLIC and len(record.digest) == 64
    newest = Publication.objects.order_by("-seq").first()
    assert (newest.kind, newest.ref, newest.digest) == ("page", str(record.code), record.digest)
    assert Publication.objects.count() == rows + 1
    acts = list(Event.objects.order_by("pk").values_list("act", flat=True))[events:]
    assert acts == ["approve-text", "approve-text", "publish-text"]
    change = PublicChange.objects.get(record=record)
    assert (change.kind, change.note_zh, change.event_id) == ("first", "", newest.event_id)
    assert live.first_published_at == change.at
    assert record.history.first().event_id == newest.event_id


@pytest.mark.parametrize(
    ("role", "step"),
    [
        (Role.EDITOR, "review"),  # who wrote it, and holds no such role
        (Role.PUBLISHER, "review"),
        (Role.AUDITOR, "review"),
        (Role.REVIEWER, "release"),  # not due yet
    ],
)
def test_a_step_is_passed_by_its_role_and_in_its_order(room, role, step):
    submission = room.handed_in(room.draft())
    with pytest.raises((NotAllowed, WrongState)):
        release(submission, by=room.district.officer(role), step=step)
    assert not Approval.objects.exists()
    assert Refusal.objects.filter(act="release-text").exists()


def test_who_touched_the_text_since_it_was_public_approves_nothing(room):
    page = room.draft()
    theirs = room.edited(page).save_revision(user=room.reviewer.account)
    submission = submit(theirs, by=room.writer)
    with pytest.raises(NotAllowed) as refused:
        approve(submission, by=room.reviewer, step="review")
    assert refused.value.reasons[0].code == "own-text"
    live = room.published(room.draft("other"))
    changed = room.edited(live, title="关于提前发放取暖补助的通知")
    assert approve(room.handed_in(changed), by=room.reviewer, step="review")


def test_one_officer_does_not_pass_both_steps(room):
    from tests.portal.cms.staff import also

    also(room.publisher, Role.REVIEWER, "000")
    submission = room.handed_in(room.draft())
    approve(submission, by=room.publisher, step="review")
    with pytest.raises(NotAllowed) as refused:
        release(submission, by=room.publisher, step="release")
    assert refused.value.reasons[0].code == "two-steps"


def test_the_reviewed_revision_goes_live_not_the_latest(room):
    page = room.draft()
    submission = room.handed_in(page)
    approve(submission, by=room.reviewer, step="review")
    room.edited(page, body="<p>偷换的内容</p>")
    with pytest.raises(WrongState) as refused:
        release(submission, by=room.publisher, step="release")
    assert refused.value.reasons[0].code == "text-changed"
    assert not Page.objects.get(pk=page.pk).live


def test_a_revision_altered_after_it_was_handed_in_is_not_published(room):
    page = room.draft()
    submission = room.handed_in(page)
    approve(submission, by=room.reviewer, step="review")
    revision = Revision.objects.get(pk=submission.revision_id)
    revision.content["title"] = "偷换的标题"
    revision.save()
    with pytest.raises(WrongState):
        release(submission, by=room.publisher, step="release")


def test_publishing_without_the_review_is_refused_also_to_who_releases(room):
    submission = room.handed_in(room.draft())
    with pytest.raises(NotAllowed) as refused:
        publish(submission, by=room.publisher)
    assert refused.value.reasons[0].code == "review-missing"


def test_a_substantive_change_needs_its_note_in_both_languages(room):
    live = room.published()
    silent = room.edited(live, body="<p>改了</p>", change_note_en="")
    with pytest.raises(Blocked):
        room.handed_in(silent)
    room.published(room.edited(live, body="<p>改了</p>", change_note_zh="增加内容。", change_note_en="More."))
    assert [(c.kind, c.note_zh) for c in room.record(live).changes.all()] == [
        ("first", ""),
        ("substantive", "增加内容。"),
    ]


def test_an_address_that_was_public_stays(room):
    live = room.published()
    with pytest.raises(NotAllowed) as refused:
        room.edited(live, slug="other")
    assert "address-stays" in [reason.code for reason in refused.value.reasons]


def test_two_texts_from_one_base_the_second_is_told(room):
    live = room.published()
    first = room.handed_in(room.edited(live, title="第一稿"))
    approve(first, by=room.reviewer, step="review")
    second = submit(room.edited(live, title="第二稿").get_latest_revision(), by=room.writer)
    approve(second, by=room.reviewer, step="review")
    release(second, by=room.publisher, step="release")
    with pytest.raises(WrongState):
        release(first, by=room.publisher, step="release")
    assert Page.objects.get(pk=live.pk).title == "第二稿"


def test_withdrawn_texts_keep_their_address_and_say_why(room):
    live = room.published()
    record = room.record(live)
    words = {"reason_zh": "已有新规定。", "reason_en": "There is a newer rule."}
    with pytest.raises(Invalid):
        withdraw(
            record, by=room.publisher, way="removed", reason_zh="", reason_en="x", version=record.version
        )
    with pytest.raises(NotAllowed):
        withdraw(record, by=room.writer, way="removed", version=record.version, **words)
    old = withdraw(record, by=room.publisher, way="superseded", version=record.version, **words)
    with pytest.raises(Stale):
        withdraw(old, by=room.publisher, way="removed", version=record.version, **words)
    gone = withdraw(old, by=room.publisher, way="removed", version=old.version, **words)
    assert gone.state == PageState.REMOVED
    assert Page.objects.get(pk=live.pk).live  # the address goes on answering
    assert [c.kind for c in gone.changes.all()] == ["first", "superseded", "removed"]
    again = room.published(room.edited(live, body="<p>恢复</p>"))
    assert room.record(again).state == PageState.PUBLIC


def test_a_plan_fires_at_its_time_and_not_before(room):
    due = clock.now().replace(microsecond=0) + timedelta(hours=2)
    page = room.draft(publish_at=due)
    room.released(room.handed_in(page))
    waiting = open_plan(room.record(page))
    assert waiting.due_at == due and not Page.objects.get(pk=page.pk).live
    done = fire(waiting)
    assert done.state == PlanState.DONE and Page.objects.get(pk=page.pk).live
    event = Event.objects.filter(act="publish-text").last()
    assert (event.actor_kind, event.actor_name) == ("robot", "publishing-schedule")


def test_a_plan_that_fails_stays_says_why_and_is_tried_again(room):
    page = room.draft(publish_at=clock.now() + timedelta(hours=2))
    room.released(room.handed_in(page))
    Page.objects.filter(pk=page.pk).update(locked=True)
    with pytest.raises(Refused):
        fire(open_plan(room.record(page)))
    waiting = open_plan(room.record(page))
    assert (waiting.state, waiting.tries) == (PlanState.FAILED, 1) and waiting.problem
    Page.objects.filter(pk=page.pk).update(locked=False)
    assert fire(waiting).state == PlanState.DONE


def test_the_same_obstacle_to_a_plan_is_noted_once_a_day_though_it_is_tried_every_minute(room):
    page = room.draft(publish_at=clock.now() + timedelta(hours=2))
    room.released(room.handed_in(page))
    Page.objects.filter(pk=page.pk).update(locked=True)
    today = clock.today()
    for days, minute, noted in ((1, 0, 1), (1, 1, 1), (2, 0, 2), (2, 1, 2)):
        moment = clock.at(today + timedelta(days=days), 9, minute)
        with clock.moved_to(moment), pytest.raises(Refused):
            fire(open_plan(room.record(page)))
        assert Event.objects.filter(act="plan-failed").count() == noted
        assert open_plan(room.record(page)).tries == noted


def test_a_plan_whose_base_is_no_longer_live_does_not_fire(room):
    from portal.publishing.drafts import start_hot_fix

    live = room.published()
    planned = room.edited(live, title="明年的规定", publish_at=clock.now() + timedelta(days=9))
    room.released(room.handed_in(planned))
    start_hot_fix(Page.objects.get(pk=live.pk).specific, by=room.writer)
    fixed = Page.objects.get(pk=live.pk).specific.get_latest_revision_as_object()
    assert fixed.title == live.title
    fixed.body = "<p>更正电话</p>"
    fixed.save_revision(user=room.writer.account)
    room.released(room.handed_in(fixed))
    told = fire(open_plan(room.record(live)))
    assert told.state == PlanState.OVERTAKEN and told.problem
    assert Page.objects.get(pk=live.pk).title == live.title
    cancelled = cancel(told, by=room.publisher, version=told.version)
    assert cancelled.state == PlanState.CANCELLED and Plan.objects.count() == 1


def test_a_second_plan_waits_for_the_first(room):
    page = room.draft(publish_at=clock.now() + timedelta(hours=2))
    room.released(room.handed_in(page))
    other = room.edited(page, title="又一稿", publish_at=clock.now() + timedelta(hours=3))
    with pytest.raises(WrongState):
        room.released(room.handed_in(other))
