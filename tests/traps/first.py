"""Traps 1 to 8: review, locks, plans, records, files, hooks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db.models.signals import pre_save
from django.utils import timezone
from wagtail.models import Page, Revision

from tests.traps.ground import Ground, Wish, answer, ask, bulk, reads, there, tried


def review_cannot_be_bypassed(ground: Ground) -> Iterator[Wish]:
    """Trap 1: the contents view's bulk act publishes what another group reviews."""
    for who in ("publisher", "superuser"):
        page = ground.live(ground.section(f"s-{who}"), "policy", "<p>旧文本</p>")
        ground.submit(page, "<p>未审文本</p>")
        assert ground.in_review(page) and reads(page, "旧文本")
        bulk(ground, who, "publish", page)
        yield f"a text under review is not published by the bulk act ({who})", not reads(page, "未审文本")
        yield f"nor does its review end ({who})", ground.in_review(page)


def locks_hold(ground: Ground) -> Iterator[Wish]:
    """Trap 2: deleting and moving ask neither lock nor review, nor does what hangs below."""
    section, elsewhere = ground.section("here"), ground.section("elsewhere")
    moved, deleted = (ground.live(section, slug, "<p>锁定</p>") for slug in ("moved", "deleted"))
    for page in (moved, deleted):
        ground.lock(page)
    ask(ground, "publisher", moved, f"move/{elsewhere.pk}/confirm/")
    yield "a locked page is not moved", Page.objects.get(pk=moved.pk).get_parent().pk == section.pk
    ask(ground, "publisher", deleted, "delete/")
    yield "a locked page is not deleted", there(deleted)

    reviewed = ground.live(section, "reviewed", "<p>旧文本</p>")
    ground.submit(reviewed, "<p>送审文本</p>")
    bulk(ground, "publisher", "delete", reviewed)
    yield "a page in review is not deleted", there(reviewed)

    below = ground.live(ground.draft_section("unfinished"), "below", "<p>已公开</p>")
    tried(ground, below.get_parent().specific.delete)
    yield "a draft section doesn't take live pages along when it is deleted", there(below)


def what_was_reviewed_is_published(ground: Ground) -> Iterator[Wish]:
    """Trap 3: approval publishes the newest version, not the one that was read."""
    page = ground.live(ground.section("rules"), "policy", "<p>旧文本</p>")
    ground.submit(page, "<p>送审文本</p>")
    tried(ground, ground.save, page, "<p>审后加入</p>", "reviewer2")
    tried(ground, ground.approve, page)
    yield "no word becomes public that was added after submission", not reads(page, "审后加入")


def plans_are_kept(ground: Ground) -> Iterator[Wish]:
    """Trap 4: a failed plan is lost and takes others along; hot fixes cancel plans, plans cancel reviews."""
    section = ground.section("plans")
    morning = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)
    bad, good, fixed, under_review = (
        ground.live(section, slug, "<p>旧文本</p>") for slug in ("bad", "good", "fixed", "under-review")
    )
    ground.plan(fixed, "<p>新文本</p>", morning + timedelta(days=5))
    assert ground.planned(fixed)
    ground.publish(fixed, "<p>改一个错字</p>")
    assert reads(fixed, "改一个错字")
    yield "a hot fix doesn't cancel the plan that waits", ground.planned(fixed)

    ground.plan(bad, "<p>新文本</p>", morning)
    ground.plan(good, "<p>新文本</p>", morning + timedelta(hours=1))
    ground.plan_and_submit(under_review, "<p>新文本</p>", "<p>另一文本</p>", morning + timedelta(days=5))
    assert ground.in_review(under_review)
    with ground.later(morning + timedelta(hours=2)), failing(bad):
        with answering_for_itself():
            ground.run_plans()
        yield "one plan that fails doesn't keep the next from firing", reads(good, "新文本")
        yield "a plan that failed stands", ground.planned(bad)
        yield "that it failed is told", ground.told_of_failure(bad)
    with ground.later(morning + timedelta(days=6)):
        ground.run_plans()
        yield "it is tried again", reads(bad, "新文本")
        yield "a plan that fires doesn't end a running review", ground.in_review(under_review)


def versions_are_not_purged(ground: Ground) -> Iterator[Wish]:
    """Trap 5: Wagtail's command deletes the version that is live, and approvals with it."""
    page = ground.live(ground.section("rules"), "policy", "<p>旧文本</p>")
    ground.submit(page, "<p>批准文本</p>")
    ground.approve(page)
    ground.save(page, "<p>再改</p>", "editor")
    page = Page.objects.get(pk=page.pk)
    live, approvals = page.live_revision_id, ground.approvals(page)
    assert live and approvals and live != page.latest_revision_id
    tried(ground, call_command, "purge_revisions")
    yield "the version that is live stays", Revision.objects.filter(pk=live).exists()
    yield "approvals stay", ground.approvals(page) == approvals


def records_outlive_their_subject(ground: Ground) -> Iterator[Wish]:
    """Trap 6: versions go with their page; who wrote them goes with the account."""
    page = ground.live(ground.section("rules"), "policy", "<p>曾经公开</p>")
    address = f"{ground.admin}pages/{page.pk}/history/"
    assert ground.client("editor2").get(address).status_code == 200
    ask(ground, "publisher", page, "delete/")
    versions = Revision.objects.filter(object_id=str(page.pk), base_content_type__model="page")
    yield "versions of what was public stay", versions.exists()
    history = ground.client("editor2").get(address)
    yield "whoever edited it still reads its history", history.status_code == 200

    other = ground.draft(ground.section("others"), "draft", "<p>草稿</p>")
    ground.save(other, "<p>编辑所写</p>", "editor")
    version = Revision.objects.filter(object_id=str(other.pk)).latest("pk")
    assert version.user_id
    tried(ground, ground.remove_account, "editor")
    version.refresh_from_db()
    yield "a version says who wrote it, also when they have left", version.user_id is not None


def files_wait_and_stay(ground: Ground) -> Iterator[Wish]:
    """Trap 7: documents are public on upload; a newer file destroys the older."""
    document = ground.upload("plan.txt", b"first edition of the file")
    reply = answer(ground.file_address(document))
    yield "a file that no live page carries is not public", reply.status_code != 200
    assert ground.keeps(b"first edition of the file")
    ground.replace_file(document, b"second edition of the file")
    assert ground.keeps(b"second edition of the file")
    yield "a file that was replaced is kept", ground.keeps(b"first edition of the file")
    yield "the log says what was replaced by what", ground.told_of_file(document) != ""


def rules_hold_on_every_way(ground: Ground) -> Iterator[Wish]:
    """Trap 8: the documented hooks don't run for bulk acts, nor publishing hooks for approvals."""
    section = ground.section("rules")
    page = ground.live(section, "kept", "<p>不得删除</p>")
    with ground.protected(page):
        ask(ground, "publisher", page, "delete/")
        assert there(page)
        bulk(ground, "publisher", "delete", page)
        yield "what may not be deleted singly isn't deleted in bulk", there(page)

    page = ground.live(section, "watched", "<p>旧文本</p>")
    ground.submit(page, "<p>批准文本</p>")
    with ground.watched() as published:
        ground.approve(page)
        assert reads(page, "批准文本")
        yield "who watches publishing sees what an approval published", page.pk in published


class Planted(RuntimeError):
    """The fault that a trap plants."""


@contextmanager
def failing(page: Page) -> Iterator[None]:
    """Within this the page can't be saved."""

    def fail(instance: Page, **_more: Any) -> None:
        if instance.pk == page.pk:
            raise Planted("planted fault")

    pre_save.connect(fail, sender=page.specific_class)
    try:
        yield
    finally:
        pre_save.disconnect(fail, sender=page.specific_class)


@contextmanager
def answering_for_itself() -> Iterator[None]:
    """A run may end with the planted fault: what it left behind is judged."""
    try:
        yield
    except Planted:
        return
