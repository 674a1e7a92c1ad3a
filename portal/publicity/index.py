"""The two indexes, `/publicity/` and `/announcements/`: the lists that the address asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

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
from portal.publicity.standing import CLOSED, OPEN, Standing, standing_of
from relief.applications.benefits import benefits
from relief.places.models import Area, Level
from relief.publicity.models import ListKind, PublicList
from relief.publicity.queries import ended, ended_or_withdrawn, ever_public, in_names_time, published, running
from relief.publicity.tally import left_counts
from relief.trail import clock

PER_PAGE = 20


ANNOUNCEMENTS = (ListKind.ANNOUNCEMENT, ListKind.CHANGES, ListKind.STANDING)
RUNNING, ENDED = "running", "ended"
#: what stands where a tab has no list yet
NOTHING: dict[tuple[str, str], Any] = {
    (ListKind.PRE_APPROVAL, RUNNING): gettext_lazy("No list is open to objections at present."),
    (ListKind.ANNOUNCEMENT, ""): gettext_lazy("Nothing has been announced yet."),
    (ListKind.CHANGES, ""): gettext_lazy("No change and no ending has been announced yet."),
    (ListKind.STANDING, ""): gettext_lazy("No standing list has been published yet."),
}


@dataclass(frozen=True)
class Line:
    """One list of an index; `left` counts the rows that have left it; `respond_url` while one can respond.

    `late_until`: the list's period is over, but rows with days of their own are open until then.
    """

    list: PublicList
    url: str
    standing: Standing
    left: int = 0
    respond_url: str = ""
    late_until: date | None = None


@dataclass(frozen=True)
class Tab:
    """A kind of list, for a list before approval by its state too, as the reader chooses it."""

    label: Any
    kind: str
    state: str = ""
    url: str = ""
    current: bool = False


TABS = (
    Tab(gettext_lazy("Open to objections"), ListKind.PRE_APPROVAL, RUNNING),
    Tab(gettext_lazy("Ended"), ListKind.PRE_APPROVAL, ENDED),
    Tab(gettext_lazy("Approvals"), ListKind.ANNOUNCEMENT),
    Tab(gettext_lazy("Changes and endings"), ListKind.CHANGES),
    Tab(gettext_lazy("Standing lists"), ListKind.STANDING),
)
#: filters that a reader keeps when changing the tab
KEPT = ("street", "benefit")


class ListFilter(FilterForm):
    """By kind and state (the tab), street, benefit, year and month of publication."""

    kind = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(kind.value, "") for kind in ANNOUNCEMENTS]
    )
    state = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=[(ENDED, "")])
    street = forms.ChoiceField(label=gettext_lazy("Street"), required=False)
    benefit = forms.ChoiceField(label=gettext_lazy("Benefit"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    month = forms.ChoiceField(label=gettext_lazy("Month"), required=False)

    def apply(self, lists: QuerySet[PublicList]) -> QuerySet[PublicList]:
        if street := self.value("street"):
            lists = lists.filter(area__number=street)
        if benefit := self.value("benefit"):
            lists = lists.filter(benefit=benefit)
        if year := self.value("year"):
            lists = lists.filter(published_at__year=int(year))
        if month := self.value("month"):
            lists = lists.filter(published_at__month=int(month))
        return lists


def index_context(request: HttpRequest, section_kind: str) -> dict[str, Any]:
    """What an index page shows below the editor's words."""
    form = list_filter(request, section_kind)
    kind, state = _chosen(form, section_kind)
    lists = form.apply(_lists(kind, state))
    page = Paginator(lists, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "form": form,
        "page": page,
        "kind": kind,
        "state": state,
        "tabs": tabs(form, kind, state),
        "lines": lines(page.object_list),
        "nothing": NOTHING.get((kind, state), _("No list has ended yet.")),
        "last_ended": _last_ended(kind) if not page.object_list and state == RUNNING else None,
        "feeds": feeds_of(_street(form.value("street"))),
    }


def _chosen(form: ListFilter, section_kind: str) -> tuple[str, str]:
    """The kind and state that the address asks for; a section shows its own kinds only."""
    if section_kind == ListKind.PRE_APPROVAL:
        return section_kind, form.value("state") or RUNNING
    return form.value("kind") or section_kind, form.value("state")


def running_lines(limit: int = 10) -> list[Line]:
    """Lists to which the public may respond today, for the home page."""
    return lines(running()[:limit])


def last_ended_line() -> Line | None:
    return _last_ended(ListKind.PRE_APPROVAL)


def latest_announcements(limit: int = 3) -> list[Line]:
    """The newest of all that is announced, whatever its kind."""
    return lines(published(*ANNOUNCEMENTS)[:limit])


def lines(lists: Iterable[PublicList]) -> list[Line]:
    """One line per list; the rows that left them are counted in one query."""
    shown = list(lists)
    left = left_counts(shown) if shown else {}
    return [_line(one, left.get(one.pk, 0)) for one in shown]


def _line(one: PublicList, left: int) -> Line:
    standing = standing_of(one, count_boards=False)
    late = None
    if one.kind == ListKind.PRE_APPROVAL and one.edition and standing.phase == CLOSED and in_names_time(one):
        late = one.names_until
    responds = one.kind == ListKind.PRE_APPROVAL and (standing.phase in OPEN or late is not None)
    to = addresses.respond_path(one) if responds else ""
    return Line(one, addresses.list_path(one), standing, left=left, respond_url=to, late_until=late)


def list_filter(request: HttpRequest, section_kind: str) -> ListFilter:
    """The filter over streets, benefits that are published, and the years in which a list was."""
    streets = Area.objects.filter(level=Level.STREET).order_by("number")
    kinds = (section_kind,) if section_kind == ListKind.PRE_APPROVAL else ANNOUNCEMENTS
    years = (
        published(*kinds).order_by().datetimes("published_at", "year", order="DESC", tzinfo=clock.SHANGHAI)
    )
    return ListFilter(
        request,
        street=[(area.number, area.name) for area in streets],
        benefit=[(one.key, str(one.label)) for one in benefits() if one.discloses],
        year=[(str(moment.year), _year_in_words(moment.year)) for moment in years],
        month=[(str(month), str(words)) for month, words in MONTHS.items()],
    )


def tabs(form: ListFilter, kind: str, state: str) -> list[Tab]:
    """公示中 / 已结束 / 批后公告 / 变更和终止公告 / 长期公示."""
    kept = {name: value for name, value in form.chosen.items() if name in KEPT}
    return [
        replace(tab, url=_tab_url(tab, kept), current=tab.kind == kind and tab.state in (state, ""))
        for tab in TABS
    ]


def _tab_url(tab: Tab, kept: dict[str, str]) -> str:
    """The section's page; its first tab needs no filter."""
    asked = dict(kept)
    if tab.state == ENDED:
        asked["state"] = ENDED
    if tab.kind in (ListKind.CHANGES, ListKind.STANDING):
        asked["kind"] = tab.kind
    return addresses.section_path(tab.kind) + (f"?{urlencode(asked)}" if asked else "")


def _lists(kind: str, state: str) -> QuerySet[PublicList]:
    if state == ENDED:
        return ended_or_withdrawn(kind)
    return running() if state == RUNNING else ever_public(kind)


def _street(number: str) -> Area | None:
    return Area.objects.filter(number=number).first() if number else None


def _last_ended(kind: str) -> Line | None:
    found = lines(ended(kind)[:1])
    return found[0] if found else None


def _year_in_words(year: int) -> str:
    return _("Year %(year)s") % {"year": year}
