"""The two indexes, `/publicity/` and `/announcements/`: the lists that the address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.publicity import addresses
from portal.publicity.filters import FilterForm
from portal.publicity.standing import Standing, standing_of
from relief.places.models import Area, Level
from relief.publicity.models import ListKind, PublicList
from relief.publicity.queries import ended, published, running
from relief.trail import clock

PER_PAGE = 20


@dataclass(frozen=True)
class Line:
    """One list of an index."""

    list: PublicList
    url: str
    standing: Standing


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


class ListFilter(FilterForm):
    """By state (the tab), street, year and month of publication."""

    state = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=[("ended", "")])
    street = forms.ChoiceField(label=gettext_lazy("Street"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    month = forms.ChoiceField(label=gettext_lazy("Month"), required=False)

    def apply(self, lists: QuerySet[PublicList]) -> QuerySet[PublicList]:
        if street := self.value("street"):
            lists = lists.filter(area__number=street)
        if year := self.value("year"):
            lists = lists.filter(published_at__year=int(year))
        if month := self.value("month"):
            lists = lists.filter(published_at__month=int(month))
        return lists


def index_context(request: HttpRequest, kind: str) -> dict[str, Any]:
    """What an index page shows below the editor's words."""
    form = list_filter(request, kind)
    lists = form.apply(_lists(kind, form.value("state")))
    page = Paginator(lists, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "form": form,
        "page": page,
        "kind": kind,
        "state": form.value("state") or ("running" if kind == ListKind.PRE_APPROVAL else ""),
        "tabs": tabs(kind, form.value("state")),
        "lines": [line(public_list) for public_list in page],
        "last_ended": _last_ended(kind) if not page.object_list else None,
    }


def running_lines(limit: int = 6) -> list[Line]:
    """Lists to which the public may respond today, for the home page."""
    return [line(public_list) for public_list in running()[:limit]]


def last_ended_line() -> Line | None:
    return _last_ended(ListKind.PRE_APPROVAL)


def latest_announcements(limit: int = 3) -> list[Line]:
    return [line(public_list) for public_list in published(ListKind.ANNOUNCEMENT)[:limit]]


def line(public_list: PublicList) -> Line:
    standing = standing_of(public_list, count_boards=False)
    return Line(public_list, addresses.list_path(public_list), standing)


def list_filter(request: HttpRequest, kind: str) -> ListFilter:
    """The filter over the streets there are and the years in which a list was published."""
    streets = Area.objects.filter(level=Level.STREET).order_by("number")
    years = published(kind).order_by().datetimes("published_at", "year", order="DESC", tzinfo=clock.SHANGHAI)
    return ListFilter(
        request,
        street=[(area.number, area.name) for area in streets],
        year=[(str(moment.year), _year_in_words(moment.year)) for moment in years],
        month=[(str(month), str(words)) for month, words in MONTHS.items()],
    )


def tabs(kind: str, state: str) -> list[Tab]:
    """公示中 / 已结束 / 批后公告."""
    lists = addresses.section_path(ListKind.PRE_APPROVAL)
    announcements = addresses.section_path(ListKind.ANNOUNCEMENT)
    before = kind == ListKind.PRE_APPROVAL
    return [
        Tab(_("Open to objections"), lists, before and state != "ended"),
        Tab(_("Ended"), f"{lists}?state=ended", before and state == "ended"),
        Tab(_("Announcements"), announcements, not before),
    ]


def _lists(kind: str, state: str) -> QuerySet[PublicList]:
    if kind == ListKind.ANNOUNCEMENT:
        return ended(kind) if state == "ended" else published(kind)
    return ended(kind).select_related("area") if state == "ended" else running()


def _last_ended(kind: str) -> Line | None:
    last = ended(kind).first()
    return line(last) if last else None


def _year_in_words(year: int) -> str:
    return _("Year %(year)s") % {"year": year}
