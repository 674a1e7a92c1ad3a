"""The ground of the traps on our portal: the same persons as officers, the same acts by verbs and screens.

A section is a column of the site, a page a notice, which takes two steps of review: `reviewer`, `publisher`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError
from django.db.models.signals import post_save
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page, PageViewRestriction

from portal.pages.models import HomePage, NoticePage, SectionPage
from portal.pages.seed import CHINESE, ENGLISH, add_live, translated
from portal.publishing.approve import next_step
from portal.publishing.models import Approval, PageState, PlanState, PublicChange
from portal.publishing.move import move
from portal.publishing.plan import open_plan
from portal.publishing.submit import newest_submission, record_of
from portal.publishing.withdraw import withdraw
from relief.errors import Refused
from relief.officers.models import Account, Officer
from relief.trail import clock
from tests.portal.pages.texts import policy
from tests.traps.ground import answer
from tests.traps.our_site import EDITED, WORDS, account_form, site, typed


class OurGround:
    """Our portal as the traps need it (`tests.traps.ground.Ground`)."""

    admin = "/cms/"
    refusals = (Refused, PermissionDenied, ValidationError, ProtectedError, CommandError)

    def __init__(self) -> None:
        self.officers: dict[str, Officer] = site()
        self.home = HomePage.objects.get(locale__language_code=CHINESE)

    # --- persons ----------------------------------------------------------------------------
    def account(self, who: str) -> Account:
        if who == "superuser":  # nobody is: made for whoever would try
            known = Account.objects.filter(username=who).first()
            return known or Account.objects.create_superuser(who, password="kept-by-the-bureau")
        return self.officers[who].account

    def client(self, who: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(self.account(who))
        return client

    def add_account(self, name: str) -> tuple[str, dict[str, str]]:
        return "/cms/users/new/", account_form(name, "climbing-2026")

    def change_account(self, who: str, password: str) -> tuple[str, dict[str, str]]:
        return f"/cms/users/edit/{self.account(who).pk}/", account_form(who, password)

    def remove_account(self, who: str) -> None:
        self.account(who).delete()

    # --- pages ------------------------------------------------------------------------------
    def section(self, slug: str) -> Page:
        section = SectionPage(title=f"title of {slug}", slug=slug, locale=self.home.locale)
        add_live(HomePage.objects.get(pk=self.home.pk), section)
        return SectionPage.objects.get(pk=section.pk)

    def draft_section(self, slug: str) -> Page:
        home = HomePage.objects.get(pk=self.home.pk)
        section = SectionPage(title=f"title of {slug}", slug=slug, locale=home.locale, live=False)
        home.add_child(instance=section)
        section.save_revision(user=self.account("editor"))
        return section

    def live(self, parent: Page, slug: str, text: str) -> Page:
        page = NoticePage(title=f"title of {slug}", slug=slug, body=text, locale=self.home.locale, **WORDS)
        add_live(Page.objects.get(pk=parent.pk), page)
        return NoticePage.objects.get(pk=page.pk)

    def draft(self, parent: Page, slug: str, text: str) -> Page:
        page = NoticePage(title=f"title of {slug}", slug=slug, body=text, locale=self.home.locale, **WORDS)
        page.live, page.owner = False, self.account("editor")
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision(user=self.account("editor"), log_action=True)
        return page

    def incomplete(self, parent: Page, slug: str) -> Page:
        address = reverse("wagtailadmin_pages:add", args=["portal", "noticepage", parent.pk])
        form = {**EDITED, "title": "title of unfinished", "slug": slug, "issuer": "", "body": "null"}
        self.client("editor").post(address, form)
        return NoticePage.objects.get(slug=slug)

    def save(self, page: Page, text: str, who: str) -> None:
        newest = NoticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        newest.body = text
        newest.save_revision(user=self.account(who), log_action=True)

    def form(self, page: Page, text: str) -> dict[str, str]:
        screen = self.client("editor").get(f"/cms/pages/{page.pk}/edit/").context
        revision = screen["form"].instance.latest_revision
        loaded = {
            "loaded_revision_id": str(revision.pk),
            "loaded_revision_created_at": revision.created_at.isoformat(),
        }
        return {**EDITED, **loaded, "title": page.title, "slug": page.slug, "body": typed(text)}

    def newest(self, page: Page) -> str:
        return NoticePage.objects.get(pk=page.pk).get_latest_revision_as_object().body

    def translation(self, page: Page) -> Page:
        english = Locale.objects.get(language_code=ENGLISH)
        translated(page.get_parent().specific, {}, english)
        return translated(page, {}, english)

    def lock(self, page: Page) -> None:
        page.locked, page.locked_by, page.locked_at = True, self.account("editor"), clock.now()
        page.save()

    def make_private(self, page: Page) -> None:
        """There is no hiding of what was public: withdrawing is the only means."""
        with suppress(Refused):
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        self.take_offline(page)

    def rename(self, page: Page, slug: str) -> None:
        """By the form an editor gets nowhere; the publisher's act renames it."""
        form = {**self.form(page, "<p>改址</p>"), "slug": slug, "action-submit": "1"}
        self.client("editor").post(f"/cms/pages/{page.pk}/edit/", form)
        kept = record_of(page)
        words = {"reason_zh": "改址", "reason_en": "renamed"}
        parent = page.get_parent()
        move(kept, by=self.officers["publisher"], slug=slug, parent=parent, version=kept.version, **words)

    def take_offline(self, page: Page) -> None:
        words = {"reason_zh": "内容有误", "reason_en": "mistaken"}
        state = record_of(page)
        withdraw(state, by=self.officers["publisher"], way="removed", version=state.version, **words)

    def is_public(self, page: Page) -> bool:
        state = record_of(page)
        return state is not None and state.state == PageState.PUBLIC

    def publish_again(self, page: Page) -> None:
        self.submit(page, "<p>再次公开</p>")
        self.approve(page)

    def ending(self, parent: Page, slug: str, text: str, moment: datetime) -> Page:
        """A policy, which stands in the section of policies alone; its last day is the one before."""
        last = (localtime(moment) - timedelta(days=1)).date()
        return policy(self.home, slug, title=f"title of {slug}", ends_on=last, body=[("paragraph", text)])

    def links_to(self, page: Page) -> str:
        return self.client("publisher").get(reverse("publishing:withdraw", args=[page.pk])).content.decode()

    # --- review and publishing --------------------------------------------------------------
    def submit(self, page: Page, text: str) -> None:
        form = {**self.form(page, text), "action-submit": "1"}
        self.client("editor").post(f"/cms/pages/{page.pk}/edit/", form)

    def approve(self, page: Page) -> None:
        for who in ("reviewer", "publisher"):
            submission = newest_submission(page.pk)
            due = next_step(submission) if submission else None
            if due is None:
                return
            form = {"decision": "pass", "submission": submission.pk, "step": due.code, "comment": ""}
            self.client(who).post(reverse("publishing:review", args=[page.pk]), form)

    def in_review(self, page: Page) -> bool:
        return Page.objects.get(pk=page.pk).workflow_in_progress

    def approvals(self, page: Page) -> int:
        return Approval.objects.filter(submission__record__page_id=page.pk).count()

    def publish(self, page: Page, text: str) -> None:
        if self.planned(page):
            self.client("editor").post(reverse("publishing:hot-fix", args=[page.pk]))
        self.submit(page, text)
        self.approve(page)

    def plan(self, page: Page, text: str, moment: datetime) -> None:
        when = localtime(moment).strftime("%Y-%m-%d %H:%M")
        form = {**self.form(page, text), "publish_at": when, "action-submit": "1"}
        self.client("editor").post(f"/cms/pages/{page.pk}/edit/", form)
        self.approve(page)
        assert self.planned(page)

    def plan_and_submit(self, page: Page, planned: str, text: str, moment: datetime) -> None:
        self.plan(page, planned, moment)
        self.submit(page, text)

    def planned(self, page: Page) -> bool:
        state = record_of(page)
        return state is not None and open_plan(state) is not None

    def told_of_failure(self, page: Page) -> bool:
        plan = open_plan(record_of(page))
        return plan is not None and plan.state == PlanState.FAILED and plan.problem != ""

    def run_plans(self) -> None:
        with suppress(CommandError):
            call_command("publish_scheduled", verbosity=0)

    @contextmanager
    def later(self, moment: datetime) -> Iterator[None]:
        with clock.moved_to(moment):
            yield

    def protected(self, page: Page) -> Any:
        """No rule needs to be planted: nobody deletes what was public."""
        return nullcontext()

    @contextmanager
    def watched(self) -> Iterator[list[int]]:
        """Who watches reads the lines of public history."""
        seen: list[int] = []

        def note(instance: PublicChange, **_more: Any) -> None:
            seen.append(instance.record.page_id)

        post_save.connect(note, sender=PublicChange)
        try:
            yield seen
        finally:
            post_save.disconnect(note, sender=PublicChange)

    # --- files, settings, search ------------------------------------------------------------
    def upload(self, name: str, content: bytes) -> Any:
        form = {"title": name, "file": ContentFile(content, name), "collection": "1"}
        self.client("editor").post("/cms/documents/add/", form)
        return get_document_model().objects.get(title=name)

    def file_address(self, document: Any) -> str:
        return document.url

    def replace_file(self, document: Any, content: bytes) -> None:
        form = {"title": document.title, "file": ContentFile(content, document.title), "collection": "1"}
        self.client("editor").post(f"/cms/documents/edit/{document.pk}/", form)

    def keeps(self, content: bytes) -> bool:
        found = Path(settings.MEDIA_ROOT).rglob("*")
        return any(path.read_bytes() == content for path in found if path.is_file())

    def told_of_file(self, document: Any) -> str:
        versions = document.versions.order_by("number")
        return " → ".join(version.sha256 for version in versions) if len(versions) > 1 else ""

    def change_hotline(self, hotline: str) -> bool:
        """On the screen of the site's settings; the public reads it at once."""
        client, address = self.client("publisher"), reverse("publishing:site")
        shown = client.get(address).context["form"]
        form = {**shown.initial, "hotline": hotline, "why": "号码调整。", "act": "change"}
        client.post(address, form)
        assert hotline in answer("/verify/").content.decode()
        return True

    def told_of_settings(self) -> str:
        """The rows of the history: each setting, from → to."""
        shown = self.client("publisher").get(reverse("publishing:site")).context["steps"]
        return " ".join(f"{one['before']} {one['after']}" for step in shown for one in step["changes"])

    def search(self, words: str) -> str:
        """What leads a stranger to pages: home page, the section's list and the site map."""
        sections = [page.get_url() for page in SectionPage.objects.live()]
        pages = [Client().get(address).content.decode() for address in ("/", "/sitemap.xml", *sections)]
        return "\n".join(pages)
