"""Wagtail page types. Lists of recipients are no pages: their index pages hold the editor's words only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from portal.pages.addresses import feed_address
from portal.pages.base import TEXT_FEATURES, PortalPage
from portal.pages.columns import columns_of
from portal.pages.finding import listable_types, specifics
from portal.publicity.index import index_context, last_ended_line, latest_announcements, running_lines
from portal.templatetags.cap import day
from relief.publicity.models import ListKind

PER_PAGE = 20


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


class SectionPage(PortalPage):
    """Section (栏目) that lists its pages, newest first."""

    intro = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)

    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage", "portal.SectionPage"]
    subpage_types: ClassVar[list[str]] = ["portal.NoticePage", "portal.SectionPage", "portal.ListingPage"]
    template = "pages/section.html"

    class Meta:
        verbose_name = _("section")

    def pages(self) -> Any:
        """Live pages of the section with something of their own to say, newest first."""
        found = Page.objects.child_of(self).live().public().type(*listable_types().values())
        return found.order_by("-first_published_at", "-pk")

    def subsections(self) -> models.QuerySet[SectionPage]:
        return SectionPage.objects.child_of(self).live().public()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        results = Paginator(self.pages(), PER_PAGE).get_page(request.GET.get("page"))
        lines = specifics(results.object_list)
        context = super().get_context(request, *args, **kwargs)
        more = {"results": results, "lines": lines, "feed": feed_address(self)}
        return {**context, **more, "subsections": self.subsections()}


class NoticePage(PortalPage):
    """Notice (通知公告) with the metadata that readers and inspectors look for."""

    body = RichTextField(_("text"), features=TEXT_FEATURES)
    issuer = models.CharField(_("issued by"), max_length=80)
    index_number = models.CharField(_("index number"), max_length=32, blank=True)
    document_number = models.CharField(_("document number"), max_length=40, blank=True)
    signed_on = models.DateField(_("signed on"))

    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("issuer"),
                FieldPanel("index_number"),
                FieldPanel("document_number"),
                FieldPanel("signed_on"),
            ],
            heading=_("Metadata"),
        ),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [*PortalPage.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["portal.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/notice.html"

    class Meta:
        verbose_name = _("notice")

    def metadata(self) -> list[dict[str, str]]:
        """The metadata block in the customary order; empty values are left out when drawn."""
        published = self.first_published_at and localtime(self.first_published_at).date()
        return [
            {"label": gettext("Index number"), "value": self.index_number},
            {"label": gettext("Issued by"), "value": self.issuer},
            {"label": gettext("Document number"), "value": self.document_number},
            {"label": gettext("Signed on"), "value": day(self.signed_on)},
            {"label": gettext("Published on"), "value": day(published) if published else ""},
        ]


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
