"""Notices (通知公告): news of the bureau, some with a last day."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.pages.anchors import contents, settle_anchors
from portal.pages.base import TEXT_FEATURES
from portal.pages.body import body_html
from portal.pages.deadlines import deadline_of
from portal.pages.fields import BodyField
from portal.pages.metadata import row
from portal.pages.official import OfficialPage
from portal.pages.source import SourcePanel
from portal.templatetags.cap import day


class NoticePage(OfficialPage):
    """Notice (通知公告). `body` is its running text; `blocks` hold what needs more: tables, attachments."""

    body = RichTextField(_("text"), features=TEXT_FEATURES, blank=True)
    blocks = BodyField(_("more: articles, tables, attachments"), blank=True)
    deadline = models.DateField(
        _("deadline"), null=True, blank=True, help_text=_("The last day; readers see how many are left.")
    )

    SOURCE_FIELDS: ClassVar[tuple[str, ...]] = (*OfficialPage.SOURCE_FIELDS, "deadline")
    content_panels: ClassVar[list[Any]] = [
        *OfficialPage.content_panels,
        FieldPanel("issuer"),
        SourcePanel(
            [
                FieldPanel("index_number"),
                FieldPanel("topic"),
                FieldPanel("signed_on"),
                FieldPanel("document_number"),
                FieldPanel("deadline"),
            ],
            heading=_("Metadata"),
        ),
        FieldPanel("origin"),
        FieldPanel("body"),
        FieldPanel("blocks"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *OfficialPage.search_fields,
        index.SearchField("body"),
        index.SearchField("blocks"),
    ]
    parent_page_types: ClassVar[list[str]] = ["portal.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/notice.html"

    class Meta:
        verbose_name = _("notice")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        settle_anchors(self.blocks)
        super().full_clean(*args, **kwargs)

    def more_metadata(self) -> list[dict[str, Any]]:
        last = self.facts.deadline
        return [row(gettext("Closing date"), day(last) if last else "")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "deadline": deadline_of(self.facts.deadline),
            "contents": contents(self.blocks),
            "blocks": body_html(self.blocks, self.language),
        }
