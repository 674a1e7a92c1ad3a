"""Nobody gets past the review by Wagtail's screens, bulk acts, commands, API or code; no superuser either."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageViewRestriction, Revision, TaskState

from portal.pages.models import SectionPage
from portal.pages.seed import add_live
from portal.publishing.models import BinnedDraft, PublicChange
from portal.publishing.plan import cancel, open_plan
from portal.publishing.schedule import EMPTY_BIN
from portal.publishing.task import ensure_workflows
from relief.errors import NotAllowed
from relief.officers.models import Account, Role
from relief.schedule.run import run_due
from relief.trail import clock
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

ROLES = (Role.EDITOR, Role.SECTION_EDITOR, Role.REVIEWER, Role.PUBLISHER)


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def superuser() -> Client:
    client = Client()
    client.force_login(Account.objects.create_superuser("root", password="sunshine-demo-1"))
    return client


def fingerprint() -> list[Any]:
    """What is public and where: no act of these tests may change it."""
    rows = Page.objects.filter(depth__gte=2).order_by("pk")
    return [
        *rows.filter(live=True).values_list("pk", "live_revision_id", "path", "slug", "title", "alias_of_id"),
        PageViewRestriction.objects.count(),
        PublicChange.objects.count(),
        Page.objects.filter(live=True).count(),
    ]


def screens(live: Page, draft: Page, section: Page) -> list[tuple[str, dict[str, Any]]]:
    """Every screen of Wagtail that publishes, unpublishes, deletes, moves, hides, reorders or copies."""
    at = reverse
    elsewhere = section.get_parent().pk
    bulk = "/cms/bulk/wagtailcore/page/{}/?id={}"
    return [
        (at("wagtailadmin_pages:unpublish", args=[live.pk]), {"include_descendants": "on"}),
        (at("wagtailadmin_pages:delete", args=[live.pk]), {}),
        (at("wagtailadmin_pages:delete", args=[section.pk]), {"confirm_site_name": section.title}),
        (at("wagtailadmin_pages:move_confirm", args=[live.pk, elsewhere]), {}),
        (at("wagtailadmin_pages:set_page_position", args=[live.pk]) + "?position=0", {}),
        (
            at("wagtailadmin_pages:copy", args=[live.pk]),
            {"new_title": "抄本", "new_slug": "copy", "new_parent_page": section.pk, "publish_copies": "on"},
        ),
        (
            at("wagtailadmin_pages:copy", args=[live.pk]),
            {"new_title": "别名", "new_slug": "alias", "new_parent_page": section.pk, "alias": "on"},
        ),
        (at("wagtailadmin_pages:set_privacy", args=[live.pk]), {"restriction_type": "login"}),
        (at("wagtailadmin_pages:revisions_unschedule", args=[live.pk, live.live_revision_id]), {}),
        (bulk.format("publish", draft.pk), {"include_descendants": "on"}),
        (bulk.format("unpublish", live.pk), {"include_descendants": "on"}),
        (bulk.format("delete", live.pk), {}),
        (bulk.format("move", live.pk), {"chooser": elsewhere}),
        *(
            (
                f"/cms/api/main/pages/{page.pk}/action/{action}/",
                {"destination_page_id": elsewhere},
            )
            for page, action in (
                (draft, "publish"),
                (live, "unpublish"),
                (live, "delete"),
                (live, "move"),
                (live, "create_alias"),
                (live, "copy"),
            )
        ),
    ]


@pytest.mark.parametrize("who", [*ROLES, "superuser"])
def test_no_screen_of_wagtail_changes_what_is_public(room, who):
    live, draft = room.published(), room.draft("draft")
    client = superuser() if who == "superuser" else signed_in(room.district.officer(who))
    before = fingerprint()
    for address, form in screens(live, draft, room.section):
        answer = client.post(address, form)
        assert answer.status_code < 500, address
        assert fingerprint() == before, address


@pytest.mark.parametrize("who", [Role.EDITOR, "superuser"])
def test_the_edit_view_publishes_and_reverts_nothing(room, who):
    live = room.published()
    changed = room.edited(live, title="改过的标题")
    client = superuser() if who == "superuser" else signed_in(room.district.officer(who))
    first = Revision.objects.for_instance(live).order_by("pk").first()
    before = fingerprint()
    body = '{"blocks":[],"entityMap":{}}'
    form = {
        "title": "直接发布", "slug": live.slug, "summary": "", "body": body, "issuer": "明河区民政局",
        "index_number": "", "document_number": "", "signed_on": "2026-11-02",
        "blocks-count": "0", "seo_title": "",
        "search_description": "", "change_kind": "minor", "change_note_zh": "", "change_note_en": "",
        "publish_at": "", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "action-publish": "1", "go_live_at": "2020-01-01 00:00",
    }  # fmt: skip
    for name, args in (("edit", [changed.pk]), ("revisions_revert", [live.pk, first.pk])):
        answer = client.post(reverse(f"wagtailadmin_pages:{name}", args=args), form)
        assert answer.status_code in (200, 302, 405)
        assert fingerprint() == before, name


WAYS: dict[str, Callable[[Page, Page, Page], object]] = {
    "publish a revision": lambda live, draft, section: draft.get_latest_revision().publish(),
    "unpublish": lambda live, draft, section: live.unpublish(),
    "save live": lambda live, draft, section: _saved(draft, live=True),
    "save a live text": lambda live, draft, section: _saved(live, title="悄悄改了"),
    "save another revision as live": lambda live, draft, section: _saved(live, live_revision=None),
    "save a bare page": lambda live, draft, section: _saved(Page.objects.get(pk=live.pk), title="悄悄改了"),
    "save one column": lambda live, draft, section: _saved(live, ["title"], title="悄悄改了"),
    "delete": lambda live, draft, section: live.delete(),
    "delete as a bare page": lambda live, draft, section: Page.objects.get(pk=live.pk).delete(),
    "delete by queryset": lambda live, draft, section: Page.objects.filter(pk=live.pk).delete(),
    "delete the parent": lambda live, draft, section: section.delete(),
    "delete the live revision": lambda live, draft, section: live.live_revision.delete(),
    "delete all revisions": lambda live, draft, section: Revision.objects.for_instance(live).delete(),
    "move": lambda live, draft, section: live.move(section.get_parent(), pos="last-child"),
    "move the section": lambda live, draft, section: section.move(section.get_parent(), pos="first-child"),
    "alias": lambda live, draft, section: CreatePageAliasAction(live, update_slug="alias").execute(
        skip_permission_checks=True
    ),
    "copy live": lambda live, draft, section: live.copy(update_attrs={"slug": "copy"}, keep_live=True),
    "hide": lambda live, draft, section: PageViewRestriction(page=live, restriction_type="login").save(),
    "hide a draft": lambda live, draft, section: PageViewRestriction(
        page=draft, restriction_type="password", password="x"
    ).save(),
    "a new live page": lambda live, draft, section: section.add_child(
        instance=type(live)(title="新", slug="new", issuer="x", signed_on="2026-11-02", body="x", live=True)
    ),
}


def _saved(page: Any, update_fields: list[str] | None = None, **values: Any) -> None:
    for name, value in values.items():
        setattr(page, name, value)
    page.save(**({"update_fields": update_fields} if update_fields else {}))


@pytest.mark.parametrize("way", WAYS)
def test_no_code_changes_what_is_public_outside_the_act(room, way):
    live, draft = room.published(), room.draft("draft")
    before = fingerprint()
    with pytest.raises((NotAllowed, ProtectedError)):
        WAYS[way](live, draft, room.section)
    assert fingerprint() == before


def test_approving_the_task_past_the_review_screen_publishes_nothing(room):
    ensure_workflows()
    page = room.draft()
    page.get_workflow().start(page, room.writer.account)
    state = page.current_workflow_task_state
    root = Account.objects.create_superuser("root", password="sunshine-demo-1")
    state.approve(user=root)  # the first of two steps, as a clerk of Wagtail's would
    with pytest.raises(NotAllowed):
        Page.objects.get(pk=page.pk).current_workflow_task_state.approve(user=root)
    assert not Page.objects.get(pk=page.pk).live
    assert TaskState.objects.filter(status="in_progress").exists()


@pytest.mark.parametrize("command", ["purge_revisions", "move_pages"])
def test_commands_of_wagtail_that_would_are_closed(room, command):
    room.published()
    before = fingerprint()
    with pytest.raises(CommandError):
        call_command(command, *(["1", "2"] if command == "move_pages" else []))
    assert fingerprint() == before


def test_bookkeeping_of_a_live_page_is_not_in_the_way(room):
    live = room.published()
    room.edited(live, title="新的草稿")
    fresh = Page.objects.get(pk=live.pk)
    fresh.locked = True
    fresh.save(update_fields=["locked"])
    assert Page.objects.get(pk=live.pk).has_unpublished_changes


def test_a_deleted_draft_lies_in_the_bin_and_comes_back_under_another_parent(room):
    from portal.publishing.bin import restore

    draft = room.draft("draft", title="没发过的稿子")
    draft.delete()
    kept = BinnedDraft.objects.get()
    back = restore(kept, parent=room.section, user=room.writer.account)
    assert (back.title, back.live, back.slug) == ("没发过的稿子", False, "draft")
    assert not BinnedDraft.objects.exists()


def test_the_schedule_forgets_a_deleted_draft_after_thirty_days_and_not_before(room):
    room.draft("draft", title="没发过的稿子").delete()
    for days, left in ((30, 1), (31, 0)):
        with clock.moved_to(clock.now() + timedelta(days=days)):
            words = [outcome.words for outcome in run_due((EMPTY_BIN,))]
        assert BinnedDraft.objects.count() == left
        assert any("没发过的稿子" in one for one in words) == (left == 0)


def test_a_text_in_review_is_not_deleted(room):
    page = room.draft()
    page.get_workflow().start(page, room.writer.account)
    with pytest.raises(NotAllowed):
        page.delete()


def test_a_draft_whose_plan_waits_stays_where_it_is_until_the_plan_is_given_up(room):
    page = room.draft(publish_at=clock.now() + timedelta(hours=2))
    room.released(room.handed_in(page))
    elsewhere = SectionPage(title="另一栏目", slug="elsewhere", locale=room.section.locale)
    add_live(room.section.get_parent(), elsewhere)
    address = f"/cms/pages/{page.pk}/delete/"
    told = signed_in(room.writer).post(address, follow=True).content.decode()
    assert "等待定时发布" in told and Page.objects.filter(pk=page.pk).exists()
    with pytest.raises(NotAllowed):
        Page.objects.get(pk=page.pk).move(elsewhere, pos="last-child")
    waiting = open_plan(room.record(page))
    cancel(waiting, by=room.publisher, version=waiting.version)
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=elsewhere.pk), pos="last-child")
    signed_in(room.writer).post(address)
    assert not Page.objects.filter(pk=page.pk).exists() and BinnedDraft.objects.count() == 1


def test_a_text_in_review_is_not_moved_by_code_either(room):
    page = room.draft()
    page.get_workflow().start(page, room.writer.account)
    with pytest.raises(NotAllowed):
        Page.objects.get(pk=page.pk).move(room.section.get_parent(), pos="last-child")
