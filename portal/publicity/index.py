"""The two indexes, `/publicity/` and `/announcements/`: the lists that the address asks for."""

from __future__ import annotations

from collections.abc import Iterable
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
from portal.publicity.feeds import feeds_of
from portal.publicity.filters import FilterForm
from portal.publicity.standing import Standing, standing_of
from relief.places.models import Area, Level
from relief.publicity.models import ListKind, PublicList
from relief.publicity.queries import ended, published, running
from relief.publicity.tally import left_counts
from relief.trail import clock

PER_PAGE = 20


@dataclass(frozen=True)
class Line:
    """One list of an index; `left` counts the rows that have left it."""

    list: PublicList
    url: str
    standing: Standing
    left: int = 0


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
        "lines": lines(page.object_list),
        "last_ended": _last_ended(kind) if not page.object_list else None,
        "feeds": feeds_of(_street(form.value("street"))),
    }


def running_lines(limit: int = 10) -> list[Line]:
    """Lists to which the public may respond today, for the home page."""
    return lines(running()[:limit])


def last_ended_line() -> Line | None:
    return _last_ended(ListKind.PRE_APPROVAL)


def latest_announcements(limit: int = 3) -> list[Line]:
    return lines(published(ListKind.ANNOUNCEMENT)[:limit])


def lines(lists: Iterable[PublicList]) -> list[Line]:
    """One line per list; the rows that left them are counted in one query."""
    shown = list(lists)
    left = left_counts(shown) if shown else {}
    return [
        Line(one, addresses.list_path(one), standing_of(one, count_boards=False), left=left.get(one.pk, 0))
        for one in shown
    ]


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


def _street(number: str) -> Area | None:
    return Area.objects.filter(number=number).first() if number else None


def _last_ended(kind: str) -> Line | None:
    found = lines(ended(kind)[:1])
    return found[0] if found else None


def _year_in_words(year: int) -> str:
    return _("Year %(year)s") % {"year": year}
