"""The ground of the traps on a stock Wagtail site, set up as its handbook says.

`editor` is in Wagtail's group of editors, `publisher` in its moderators; `reviewer` and `reviewer2` are in a
group of reviewers whose task stands in the workflow of every section. Approval needs the publish right, so
reviewers have it: stock Wagtail offers no other way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.http import HttpResponseForbidden
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.models import (
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageViewRestriction,
    Site,
    TaskState,
    Workflow,
    WorkflowPage,
)

from tests.stock.models import ArticlePage, Contact, IndexPage

EDITED = {
    "date": "2026-01-05",
    "summary": "摘要",
    "seo_title": "",
    "search_description": "",
    "go_live_at": "",
    "expire_at": "",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "1000",
}


def typed(text: str) -> str:
    """What Wagtail's text field posts for one paragraph of plain words."""
    plain = text.removeprefix("<p>").removesuffix("</p>")
    block = {
        "key": "a",
        "text": plain,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return json.dumps({"blocks": [block], "entityMap": {}})


class StockGround:
    """A stock site as the traps need it (`tests.traps.ground.Ground`)."""

    admin = "/admin/"
    refusals = (PermissionDenied, ValidationError)

    # --- persons ----------------------------------------------------------------------------
    def user(self, who: str) -> Any:
        return get_user_model().objects.get(username=who)

    def client(self, who: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(self.user(who))
        return client

    def add_account(self, name: str) -> tuple[str, dict[str, str]]:
        return "/admin/users/new/", _account(name, "climbing-2026")

    def change_account(self, who: str, password: str) -> tuple[str, dict[str, str]]:
        return f"/admin/users/edit/{self.user(who).pk}/", _account(who, password)

    def remove_account(self, who: str) -> None:
        self.client("superuser").post(f"/admin/users/delete/{self.user(who).pk}/")

    # --- pages ------------------------------------------------------------------------------
    def section(self, slug: str) -> Page:
        section = self.draft_section(slug)
        section.save_revision().publish()
        return IndexPage.objects.get(pk=section.pk)

    def draft_section(self, slug: str) -> Page:
        home = Site.objects.get().root_page
        section = home.add_child(instance=IndexPage(title=f"title of {slug}", slug=slug, live=False))
        WorkflowPage.objects.create(workflow=Workflow.objects.get(name="Review"), page=section)
        return section

    def live(self, parent: Page, slug: str, text: str) -> Page:
        page = self.draft(parent, slug, text)
        page.get_latest_revision().publish(user=self.user("publisher"))
        return ArticlePage.objects.get(pk=page.pk)

    def draft(self, parent: Page, slug: str, text: str) -> Page:
        words = {"title": f"title of {slug}", "summary": "摘要", "body": text, "date": date(2026, 1, 5)}
        parent = Page.objects.get(pk=parent.pk)
        page = parent.add_child(
            instance=ArticlePage(slug=slug, live=False, owner=self.user("editor"), **words)
        )
        page.save_revision(user=self.user("editor"), log_action=True)
        return page

    def incomplete(self, parent: Page, slug: str) -> Page:
        address = reverse("wagtailadmin_pages:add", args=["stock", "articlepage", parent.pk])
        form = {**EDITED, "title": "title of unfinished", "slug": slug, "summary": "", "body": "null"}
        self.client("editor").post(address, form)
        return ArticlePage.objects.get(slug=slug)

    def save(self, page: Page, text: str, who: str) -> None:
        newest = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        newest.body = text
        newest.save_revision(user=self.user(who), log_action=True)

    def form(self, page: Page, text: str) -> dict[str, str]:
        screen = self.client("editor").get(f"/admin/pages/{page.pk}/edit/").context
        revision = screen["form"].instance.latest_revision
        loaded = {
            "loaded_revision_id": str(revision.pk),
            "loaded_revision_created_at": revision.created_at.isoformat(),
        }
        return {**EDITED, **loaded, "title": page.title, "slug": page.slug, "body": typed(text)}

    def newest(self, page: Page) -> str:
        return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object().body

    def translation(self, page: Page) -> Page:
        english, home = Locale.objects.get(language_code="en"), Site.objects.get().root_page
        for above in (home, page.get_parent(), page):
            if not above.has_translation(english):
                above.specific.copy_for_translation(english).save_revision().publish()
        return page.get_translation(english)

    def lock(self, page: Page) -> None:
        page.locked, page.locked_by, page.locked_at = True, self.user("editor"), timezone.now()
        page.save()

    def make_private(self, page: Page) -> None:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def rename(self, page: Page, slug: str) -> None:
        newest = Page.objects.get(pk=page.pk).specific
        newest.slug = slug
        newest.save_revision(user=self.user("publisher")).publish(user=self.user("publisher"))

    def take_offline(self, page: Page) -> None:
        self.client("publisher").post(f"/admin/pages/{page.pk}/unpublish/")

    def is_public(self, page: Page) -> bool:
        return Page.objects.get(pk=page.pk).live

    def publish_again(self, page: Page) -> None:
        page.specific.save_revision(user=self.user("publisher")).publish(user=self.user("publisher"))

    def ending(self, parent: Page, slug: str, text: str, moment: datetime) -> Page:
        page = self.live(parent, slug, text)
        page.expire_at = moment
        page.save_revision(user=self.user("publisher")).publish(user=self.user("publisher"))
        return ArticlePage.objects.get(pk=page.pk)

    def links_to(self, page: Page) -> str:
        return self.client("publisher").get(f"/admin/pages/{page.pk}/usage/").content.decode()

    # --- review and publishing --------------------------------------------------------------
    def submit(self, page: Page, text: str) -> None:
        form = {**self.form(page, text), "action-submit": "1"}
        self.client("editor").post(f"/admin/pages/{page.pk}/edit/", form)

    def approve(self, page: Page) -> None:
        task = Page.objects.get(pk=page.pk).current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
        self.client("reviewer").post(address, {"comment": ""})

    def in_review(self, page: Page) -> bool:
        return Page.objects.get(pk=page.pk).workflow_in_progress

    def approvals(self, page: Page) -> int:
        return TaskState.objects.filter(workflow_state__object_id=str(page.pk), status="approved").count()

    def publish(self, page: Page, text: str) -> None:
        fixed = ArticlePage.objects.get(pk=page.pk)
        fixed.body = text
        fixed.save_revision(user=self.user("publisher")).publish(user=self.user("publisher"))

    def plan(self, page: Page, text: str, moment: datetime) -> None:
        newest = ArticlePage.objects.get(pk=page.pk)
        newest.body, newest.go_live_at = text, moment
        newest.save_revision(user=self.user("publisher")).publish(user=self.user("publisher"))

    def plan_and_submit(self, page: Page, planned: str, text: str, moment: datetime) -> None:
        self.submit(page, text)  # once a plan stands, stock locks the page
        self.plan(page, planned, moment)

    def planned(self, page: Page) -> bool:
        return page.revisions.filter(approved_go_live_at__isnull=False).exists()

    def told_of_failure(self, page: Page) -> bool:
        return PageLogEntry.objects.filter(
            page=page, timestamp__gt=timezone.now() - timedelta(hours=1)
        ).exists()

    def run_plans(self) -> None:
        call_command("publish_scheduled", verbosity=0)

    @contextmanager
    def later(self, moment: datetime) -> Iterator[None]:
        with time_machine.travel(moment, tick=True):
            yield

    @contextmanager
    def protected(self, page: Page) -> Iterator[None]:
        def refuse(request: Any, found: Page) -> HttpResponseForbidden | None:
            return HttpResponseForbidden() if found.pk == page.pk else None

        with hooks.register_temporarily("before_delete_page", refuse):
            yield

    @contextmanager
    def watched(self) -> Iterator[list[int]]:
        seen: list[int] = []
        with hooks.register_temporarily("after_publish_page", lambda request, page: seen.append(page.pk)):
            yield seen

    # --- files, settings, search ------------------------------------------------------------
    def upload(self, name: str, content: bytes) -> Any:
        form = {"title": name, "file": ContentFile(content, name), "collection": "1"}
        self.client("publisher").post("/admin/documents/add/", form)
        return get_document_model().objects.get(title=name)

    def file_address(self, document: Any) -> str:
        return document.url

    def replace_file(self, document: Any, content: bytes) -> None:
        form = {"title": document.title, "file": ContentFile(content, document.title), "collection": "1"}
        self.client("publisher").post(f"/admin/documents/edit/{document.pk}/", form)

    def keeps(self, content: bytes) -> bool:
        kept = Path(settings.MEDIA_ROOT).rglob("*")
        return any(path.read_bytes() == content for path in kept if path.is_file())

    def told_of_file(self, document: Any) -> str:
        return told(document)

    def change_hotline(self, hotline: str) -> bool:
        site = Site.objects.get()
        self.client("superuser").post(f"/admin/settings/stock/contact/{site.pk}/", {"hotline": hotline})
        assert Contact.for_site(site).hotline == hotline
        return True

    def told_of_settings(self) -> str:
        return told(Contact.for_site(Site.objects.get()))

    def search(self, words: str) -> str:
        return Client().get("/search/", {"query": words}).content.decode()


def _account(name: str, password: str) -> dict[str, str]:
    """The form of an account that is to be a superuser."""
    names = {"username": name, "first_name": "A", "last_name": "B", "email": "a@example.org"}
    rights = {"is_active": "on", "is_superuser": "on"}
    return {**names, **rights, "password1": password, "password2": password}


def told(subject: Any) -> str:
    """The data of the newest log row about this; the row itself must be there."""
    newest = ModelLogEntry.objects.filter(object_id=str(subject.pk)).latest("pk")
    return json.dumps(newest.data) if newest.data else ""
