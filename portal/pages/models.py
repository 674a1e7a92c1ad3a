"""Wagtail page types. Lists of recipients are no pages: their index pages hold the editor's words only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField

from portal.pages.base import TEXT_FEATURES, PortalPage
from portal.pages.columns import columns_of
from portal.pages.notice import NoticePage
from portal.pages.sections import SectionPage
from portal.publicity.index import index_context, last_ended_line, latest_announcements, running_lines
from relief.publicity.models import ListKind

__all__ = ["AnnouncementIndexPage", "HomePage", "NoticePage", "PublicityIndexPage", "SectionPage"]


class HomePage(PortalPage):
    """Home (首页): running lists, columns of what is new, hotline."""

    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        InlinePanel(
            "columns",
            heading=_("Columns"),
            label=_("column of the home page"),
            help_text=_("Without a column of your own the site shows what is new by type."),
            max_num=8,
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count_per_parent = 1
    subpage_types: ClassVar[list[str]] = [
        "portal.SectionPage",
        "portal.PolicySection",
        "portal.InterpretationSection",
        "portal.ListingPage",
        "portal.PublicityIndexPage",
        "portal.AnnouncementIndexPage",
        "portal.AnnualReportIndexPage",
        "portal.GuideIndexPage",
        "portal.CollectionPage",
        "portal.ProfilePage",
        "portal.DisclosurePage",
    ]
    template = "pages/home.html"
    shows_changes = False

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        lines = running_lines()
        return super().get_context(request, *args, **kwargs) | {
            "running": lines,
            "last_ended": None if lines else last_ended_line(),
            "announcements": latest_announcements(),
            "columns": columns_of(self),
        }


class ListIndexPage(PortalPage):
    """Base of the two index pages: the editor's words above and below what the pipeline lists."""

    intro = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)
    help_text = RichTextField(_("how to respond"), blank=True, features=TEXT_FEATURES)

    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("help_text"),
    ]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    list_kind: ClassVar[str]

    shows_changes = False

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | index_context(request, self.list_kind)


class PublicityIndexPage(ListIndexPage):
    """Index of lists before approval (批前公示), at `/publicity/`."""

    list_kind = ListKind.PRE_APPROVAL
    template = "publicity/index.html"

    class Meta:
        verbose_name = _("index of lists before approval")


class AnnouncementIndexPage(ListIndexPage):
    """Index of announcements after approval (批后公告), at `/announcements/`."""

    list_kind = ListKind.ANNOUNCEMENT
    template = "publicity/index.html"

    class Meta:
        verbose_name = _("index of announcements")
