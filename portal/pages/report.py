"""Annual report on disclosure of government information (政府信息公开工作年度报告), and its list by year.

Six fixed chapters, the statutory tables in chapters 2 to 4 (国办公开办函〔2021〕30号; Decree 711 art 49, 50).
Year and tables are no language: an English report reads them from the Chinese one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.context import Bureau
from portal.pages.base import TEXT_FEATURES
from portal.pages.chinese import keep_chinese
from portal.pages.metadata import row
from portal.pages.neighbours import Neighbours
from portal.pages.report_data import Download, downloads
from portal.pages.report_years import YearMark, due_on, strip
from portal.pages.source import SourcedPage, SourcePanel
from portal.pages.statutory_checks import blanks, where
from portal.pages.statutory_tables import CHAPTERS, DISPUTES, PROACTIVE, REQUESTS, Words
from portal.pages.table_field import TableField
from portal.pages.table_view import DrawnGrid, draw
from portal.publishing.queries import readable
from portal.templatetags.cap import day
from relief.trail import clock

FIRST_YEAR, LAST_YEAR = 2008, 2099  # the duty to report began with the first disclosure regulation
#: how many blank cells are named in words before "and more"
NAMED = 3

#: the six chapters: their words, the column with the editor's text, the column with the tables
CHAPTER_LIST: tuple[tuple[Words, str, str], ...] = (
    (Words("一、总体情况", "1. Overview"), "overview", ""),
    (Words("二、主动公开政府信息情况", f"2. {PROACTIVE.words.en}"), "proactive_text", "proactive"),
    (Words("三、收到和处理政府信息公开申请情况", f"3. {REQUESTS.words.en}"), "requests_text", "requests"),
    (Words("四、政府信息公开行政复议、行政诉讼情况", f"4. {DISPUTES.words.en}"), "disputes_text", "disputes"),
    (Words("五、存在的主要问题及改进情况", "5. Main problems and improvements"), "problems", ""),
    (Words("六、其他需要报告的事项", "6. Other matters to report"), "other_matters", ""),
)


Reports = dict[int, "AnnualReportPage"]


@dataclass(frozen=True)
class ReportChapter:
    """A chapter as drawn: number, heading, text, tables."""

    number: int
    words: Words
    text: str
    grids: list[DrawnGrid]


class AnnualReportIndexPage(SourcedPage):
    """List of annual reports (年度报告), at `/annual-reports/`: a strip of years that shows its holes."""

    intro = RichTextField(gettext_lazy("introduction"), blank=True, features=TEXT_FEATURES)
    since = models.PositiveSmallIntegerField(
        gettext_lazy("first year to show"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Left empty, the years begin with the first report."),
    )

    SOURCE_FIELDS: ClassVar[tuple[str, ...]] = ("since",)
    content_panels: ClassVar[list[Any]] = [
        *SourcedPage.content_panels,
        FieldPanel("intro"),
        SourcePanel([FieldPanel("since")], heading=gettext_lazy("Metadata")),
    ]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["portal.AnnualReportPage"]
    max_count_per_parent = 1
    shows_changes = False
    template = "pages/annual_reports.html"

    class Meta:
        verbose_name = gettext_lazy("list of annual reports")

    def years(self, reports: Reports, current: int | None = None) -> list[YearMark]:
        """The strip, holes included."""
        urls = {year: report.get_url() or "" for year, report in reports.items()}
        return strip(urls, clock.today(), since=self.facts.since, current=current)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        reports, _chinese = public_reports(self.locale_id)
        context = super().get_context(request, *args, **kwargs)
        return {**context, "reports": reports, "years": self.years(reports)}


def public_reports(locale_id: int) -> tuple[Reports, Reports]:
    """The public reports by year, newest first, and the Chinese ones among or behind them; one query.

    The first in the wanted language, where a report isn't translated the Chinese one.
    """
    texts = [text for _words, text, _table in CHAPTER_LIST]
    pages = list(readable(AnnualReportPage.objects.select_related("locale").defer(*texts)))
    chinese = {
        page.year: page for page in sorted(pages, key=lambda page: -(page.year or 0))
        if page.year and page.locale.language_code == settings.LANGUAGE_CODE
    }  # fmt: skip
    own = {page.translation_key: page for page in pages if page.locale_id == locale_id}
    return {year: own.get(page.translation_key, page) for year, page in chinese.items()}, chinese


def chapter_text(name: str) -> RichTextField:
    """A chapter's text; the words above it in the form are the chapter's heading."""
    return RichTextField(gettext_lazy("text of the chapter"), blank=True, features=TEXT_FEATURES)


def table_column(code: str) -> TableField:
    return TableField(gettext_lazy("statutory tables"), chapter=code)


def chapter_panels() -> list[MultiFieldPanel]:
    """One group a chapter: its table first, which the text explains."""
    return [
        MultiFieldPanel([*_table_panels(table), FieldPanel(text)], heading=words.zh)
        for words, text, table in CHAPTER_LIST
    ]


def _table_panels(table: str) -> list[SourcePanel]:
    return [SourcePanel([FieldPanel(table)], heading=gettext_lazy("statutory tables"))] if table else []


class AnnualReportPage(SourcedPage):
    """The report on one year. Its address is the year; a table is saved only when its sums fit."""

    year = models.PositiveSmallIntegerField(gettext_lazy("year reported on"), null=True, blank=True)
    issuer = models.CharField(gettext_lazy("issued by"), max_length=80, blank=True)
    signed_on = models.DateField(gettext_lazy("signed on"), null=True, blank=True)
    overview = chapter_text("overview")
    proactive = table_column("proactive")
    proactive_text = chapter_text("proactive_text")
    requests = table_column("requests")
    requests_text = chapter_text("requests_text")
    disputes = table_column("disputes")
    disputes_text = chapter_text("disputes_text")
    problems = chapter_text("problems")
    other_matters = chapter_text("other_matters")

    SOURCE_FIELDS: ClassVar[tuple[str, ...]] = ("year", "signed_on", "proactive", "requests", "disputes")
    content_panels: ClassVar[list[Any]] = [
        *SourcedPage.content_panels,
        SourcePanel([FieldPanel("year"), FieldPanel("signed_on")], heading=gettext_lazy("Metadata")),
        FieldPanel("issuer"),
        *chapter_panels(),
    ]
    search_fields: ClassVar[list[Any]] = [
        *SourcedPage.search_fields,
        *(index.SearchField(text) for _words, text, _table in CHAPTER_LIST),
    ]
    parent_page_types: ClassVar[list[str]] = ["portal.AnnualReportIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/annual_report.html"
    is_named_by_content = True

    class Meta:
        verbose_name = gettext_lazy("annual report")

    @property
    def reported_year(self) -> int | None:
        """The year, read from the Chinese report."""
        return self.facts.year

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.reported_year:
            self.slug = str(self.reported_year)
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """One report a year: within 2008 … last year."""
        super().clean()
        if not self.states_facts:
            return
        if self.year is None:
            raise ValidationError({"year": _("Say on which year this is the report.")})
        if not FIRST_YEAR <= self.year <= min(LAST_YEAR, clock.today().year):
            raise ValidationError(
                {"year": _("There can be no report on %(year)s yet.") % {"year": self.year}}
            )
        same = AnnualReportPage.objects.filter(year=self.year, locale_id=self.locale_id).exclude(pk=self.pk)
        if same.exists():
            words = _("There is a report on %(year)s already. Change that one instead.")
            raise ValidationError({"year": words % {"year": self.year}})

    def chapters(self) -> list[ReportChapter]:
        """The six chapters in the form's order, with the numbers of the Chinese report."""
        source = self.facts
        return [
            ReportChapter(
                number,
                words,
                getattr(self, text),
                draw(CHAPTERS[table], getattr(source, table)) if table else [],
            )
            for number, (words, text, table) in enumerate(CHAPTER_LIST, 1)
        ]

    def publish_obstacles(self) -> list[str]:
        """What the report still lacks before it may be published (Decree 711 art 50): texts and numbers."""
        found = list(super().publish_obstacles())
        source = self.facts
        for words, text, table in CHAPTER_LIST:
            if not getattr(self, text).strip():
                found.append(_("“%(chapter)s” has no text; write “none” if so.") % {"chapter": words})
            missing = blanks(CHAPTERS[table], getattr(source, table)) if table else []
            if missing:
                found.append(_blank_words(words, table, missing))
        return found

    def metadata(self) -> list[dict[str, Any]]:
        """The metadata block; empty values are left out when drawn."""
        source = self.facts
        published = self.first_published_at and localtime(self.first_published_at).date()
        due: date | None = due_on(source.year) if source.year else None
        return [
            row(_("Issued by"), self.issuer or Bureau().name, own=bool(self.issuer)),
            row(_("Year reported on"), str(source.year or "")),
            row(_("Signed on"), day(source.signed_on) if source.signed_on else ""),
            row(_("Published on"), day(published) if published else ""),
            row(_("Due on"), day(due) if due else ""),
        ]

    @cached_property
    def files(self) -> list[Download]:
        """The statistics as data."""
        source = self.facts
        tables = {code: getattr(source, code) for code in CHAPTERS}
        address = reverse("pages:annual-report-data", args=[source.year, "csv"]).removesuffix("csv")
        return downloads(source.year, tables, address)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        reports, chinese = public_reports(self.locale_id)
        for report in chinese.values():
            if report.translation_key == self.translation_key:
                keep_chinese(self, report)
        parent = self.get_parent().specific
        if parent.locale_id == self.locale_id:
            parent.locale = self.locale
        if self.states_facts:
            keep_chinese(parent, None)
        context = super().get_context(request, *args, **kwargs)
        years = parent.years(reports, current=self.reported_year)
        files = self.files if self.reported_year in chinese else []
        return {
            **context,
            "metadata": self.metadata(),
            "neighbours": Neighbours(),
            "years": years,
            "chapters": self.chapters(),
            "files": files,
        }


def _blank_words(words: Words, table: str, missing: list[str]) -> str:
    chapter = CHAPTERS[table]
    named = _("; ").join(where(chapter, code) for code in missing[:NAMED])
    return _("“%(chapter)s”: %(count)s numbers are missing, the first: %(cells)s. Write 0 for nothing.") % {
        "chapter": words,
        "count": len(missing),
        "cells": named,
    }
