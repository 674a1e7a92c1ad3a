"""A newsroom for tests: the site's pages, who writes, reviews and releases, and a text on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page

from portal.pages.models import HomePage, NoticePage, SectionPage
from portal.publishing import act
from portal.publishing.approve import next_step, release
from portal.publishing.models import PageRecord, Submission
from portal.publishing.submit import submit
from portal.publishing.withdraw import withdraw
from relief.officers.models import Officer, Role
from tests.factories.district import District, make_district
from tests.factories.kept import kept
from tests.factories.pages import seeded


@dataclass
class Newsroom:
    """Who does what, and where: every role reaches the whole site."""

    district: District
    homes: dict[str, HomePage]

    @property
    def writer(self) -> Officer:
        return self.district.officer(Role.EDITOR)

    @property
    def reviewer(self) -> Officer:
        return self.district.officer(Role.REVIEWER)

    @property
    def publisher(self) -> Officer:
        return self.district.officer(Role.PUBLISHER)

    @property
    def section(self) -> SectionPage:
        return SectionPage.objects.child_of(self.homes["zh-hans"]).get(slug="notices")

    def draft(self, slug: str = "heating", **words: Any) -> NoticePage:
        """A notice that was never public, written by the writer."""
        page = NoticePage(
            **{
                "title": "关于冬季取暖补助的通知",
                "slug": slug,
                "body": "<p>取暖补助按户发放。</p>",
                "issuer": "明河区民政局",
                "signed_on": "2026-11-02",
                "locale": Locale.objects.get(language_code="zh-hans"),
                "owner": self.writer.account,
                "live": False,
                **words,
            }
        )
        self.section.add_child(instance=page)
        page.save_revision(user=self.writer.account)
        return page

    def edited(self, page: Page, **words: Any) -> Any:
        """A new draft of a page, saved by the writer, with notes for the public."""
        newest: Any = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
        notes = {"change_kind": "substantive", "change_note_zh": "更正。", "change_note_en": "Corrected."}
        for name, value in (notes | words).items():
            setattr(newest, name, value)
        newest.save_revision(user=self.writer.account)
        return newest

    def handed_in(self, page: Any) -> Submission:
        return submit(page.specific.get_latest_revision(), by=self.writer)

    def released(self, submission: Submission) -> Submission:
        """Pass every step, each by its own officer."""
        while (step := next_step(submission)) is not None:
            by = self.publisher if step.code == "release" else self.reviewer
            release(submission, by=by, step=step.code)
        return submission

    def published(self, page: Any | None = None) -> Any:
        """A page, drafted anew when none is given, taken through its review until it is public."""
        page = page or self.draft()
        self.released(self.handed_in(page))
        return Page.objects.get(pk=page.pk).specific

    def record(self, page: Page) -> PageRecord:
        return PageRecord.objects.get(page_id=page.pk)


@kept
def make_newsroom() -> Newsroom:
    homes = seeded()
    return Newsroom(make_district(), homes)


def published_anew(page: Any) -> Any:
    """Take the page as it stands in memory through a review of its own."""
    room = newsroom()
    return room.published(room.edited(page, body=page.body))


def removed(page: Any, room: Newsroom | None = None) -> PageRecord:
    """Withdraw a page so that only the reason is shown."""
    room = room or newsroom()
    record = room.record(page)
    return withdraw(
        record,
        by=room.publisher,
        way="removed",
        reason_zh="误发。",
        reason_en="By mistake.",
        version=record.version,
    )


def saved(page: Any) -> Any:
    """Write a live page past its review: for tests that ask how a page looks, not how it came about."""
    with act.opened():
        page.save()
    return page


def taken_down(page: Any) -> None:
    """Take a page offline past the act, as no officer can: it is a draft again."""
    with act.opened():
        page.unpublish()


def newsroom() -> Newsroom:
    """The newsroom of a site that is seeded already."""
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    return Newsroom(make_district(), homes)
