"""The contents view: every text of the officer's sections, whatever its state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from copy import copy
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, Table
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page

from portal.cms.contents.acts import ACTS, MOST
from portal.cms.contents.filters import ContentsFilter
from portal.cms.contents.lines import OFFICIAL, Line, lines_of
from portal.pages.above import HOME_DEPTH
from portal.pages.finding import having
from portal.publishing.authority import officer_behind, reach_of
from portal.publishing.care import with_care
from portal.staff_search.find import found
from portal.staff_search.index import family
from portal.templatetags.cap import moment
from search.index import Unavailable

#: what a spreadsheet program would take for a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Cell(Column):
    """A column with a template of its own."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, accessor=lambda line: line, **kwargs)
        self.cell_template_name = f"cms/contents/{template}_cell.html"


class Select(BaseColumn):
    """The checkbox of a row; that of the head chooses all rows of the screen."""

    header_template_name = "cms/contents/select_head.html"
    cell_template_name = "cms/contents/select_cell.html"


class Contents(ReportView):
    """All pages on which the officer holds a role of the site. Nothing is left out for its dates or state."""

    page_title = _("All texts")
    header_icon = "list-ul"
    template_name = "cms/contents/index.html"
    results_template_name = "cms/contents/results.html"
    index_url_name = "publishing:contents"
    index_results_url_name = "publishing:contents-results"
    table_classname = "listing"
    filterset_class = ContentsFilter
    model = Page
    is_searchable = True
    default_ordering = "-changed_at"
    no_results_message = _("Nothing fits. Drop a filter, or write the first text.")
    export_filename = "contents"
    columns = [
        Select("select"),
        Cell("title", "title", label=_("Title"), sort_key="title"),
        Column("number", label=_("Document number"), classname="cms-nowrap"),
        Cell("validity", "validity", label=_("Validity")),
        Cell("state", "state", label=_("State")),
        Cell("check", "check", label=_("Next check"), sort_key="check_on"),
        Column("owner", label=_("Owner"), classname="cms-nowrap", accessor=lambda line: line.owner or ""),
        Column(
            "changed",
            label=_("Last public change"),
            accessor=lambda line: moment(line.changed_at),
            sort_key="changed_at",
        ),
    ]
    list_export = [
        "title", "kind", "language", "number", "validity", "states_in_words", "next_check_on", "owner",
        "changed_at",
    ]  # fmt: skip
    export_headings = {
        "title": _("Title"),
        "kind": _("Type"),
        "language": _("Language"),
        "number": _("Document number"),
        "validity": _("Validity"),
        "states_in_words": _("State"),
        "next_check_on": _("Next check"),
        "owner": _("Owner"),
        "changed_at": _("Last public change"),
    }

    @cached_property
    def reach(self) -> Any:
        return reach_of(officer_behind(self.request.user))

    def get_base_queryset(self) -> Any:
        pages = Page.objects.filter(self.reach.within(), depth__gte=HOME_DEPTH)
        return with_care(pages).select_related("locale", "content_type")

    def order_queryset(self, queryset: Any) -> Any:
        """Empty values last either way; the key settles what is equal."""
        name = self.ordering.lstrip("-")
        by = F(name).desc(nulls_last=True) if self.ordering.startswith("-") else F(name).asc(nulls_last=True)
        return queryset.order_by(by, "-pk")

    def search_queryset(self, queryset: Any) -> Any:
        """By the words of a text and of its draft, and by the 文号 that its Chinese page states.

        Without an index by those of its titles and by the 文号 alone.
        """
        words = self.search_query
        if not words:
            return queryset
        with suppress(Unavailable):
            return queryset.filter(pk__in=found(family(Page), words))
        number = having(OFFICIAL, "document_number", document_number__icontains=words)
        return queryset.filter(Q(title__icontains=words) | Q(draft_title__icontains=words) | number)

    def get_table(self, object_list: Any) -> Table:
        self.lines = lines_of(list(object_list), self.reach)
        return super().get_table(self.lines)

    def decorate_paginated_queryset(self, object_list: Any) -> list[Line]:
        return self.lines

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(*args, **kwargs),
            "acts": [(key, one.label) for key, one in ACTS.items()],
            "bulk_url": reverse("publishing:bulk"),
            "most": MOST,
        }

    def to_row_dict(self, item: Line) -> Any:
        row = super().to_row_dict(item)
        row["validity"] = item.validity.label if item.validity else ""
        row["owner"] = item.owner.name if item.owner else ""
        row["next_check_on"] = item.next_check_on.isoformat() if item.next_check_on else ""
        row["changed_at"] = f"{localtime(item.changed_at):%Y-%m-%d %H:%M}" if item.changed_at else ""
        return {name: _plain(value) for name, value in row.items()}

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.export_headings[field])

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        """With the mark by which spreadsheet programs know UTF-8."""
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)


def fitting(request: HttpRequest, query: str) -> list[int]:
    """Numbers of the texts on every page of the view at this address, `MOST` and one more at most.

    What is asked is asked again, as the officer who sends the request may see it now.
    """
    asked = copy(request)
    asked.method, asked.GET = "GET", QueryDict(query[:2000])
    view = Contents()
    view.setup(asked)
    return list(view.get_queryset().values_list("pk", flat=True)[: MOST + 1])


def _plain(value: Any) -> str:
    """Words that no program takes for a formula."""
    words = str(value)
    return f"'{words}" if words.startswith(FORMULA) else words
