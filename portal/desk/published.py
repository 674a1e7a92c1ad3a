"""What the desk has published (已公开名单): every list that is or was public, found by words and filters.

Only what a list says of itself is looked through: number, title, street, kind and days. No row, no name.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.desk.frame import at_desk, page
from portal.desk.lists import colour_of
from portal.finder.form import Words
from portal.publicity.filters import FilterForm
from portal.staff_search.find import found
from portal.staff_search.lists import KIND
from relief.officers.models import Officer
from relief.places.models import Area, Level
from relief.publicity.models import ListKind, ListState, PublicList
from relief.publicity.queries import EVER_PUBLIC, PUBLISHED, lists_of, period_of
from search.index import Unavailable
from search.query import TEXT_LIMIT

ROWS = 20
STATES = [(state.value, state.label) for state in (*PUBLISHED, ListState.WITHDRAWN)]


class PublishedFilter(FilterForm):
    """Words and filters; all of them stand in the address, for a list's own words name nobody."""

    q = Words(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of list"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    street = forms.ChoiceField(label=_("Street"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, request: HttpRequest, lists: QuerySet[PublicList]) -> None:
        numbers = lists.order_by().values("area_id").distinct()
        streets = list(Area.objects.filter(number__in=numbers, level=Level.STREET))
        years = [str(day.year) for day in lists.order_by().dates("published_at", "year", order="DESC")]
        super().__init__(
            request,
            kind=list(ListKind.choices),
            state=STATES,
            street=[(area.number, area.name) for area in streets],
            year=[(year, year) for year in years],
        )
        if len(streets) < 2 and not self.value("street"):
            del self.fields["street"]

    def fitting(self, lists: QuerySet[PublicList]) -> list[int]:
        """Keys of the lists that fit: the best first where words are given, else the newest."""
        columns = {"kind": "kind", "state": "state", "street": "area", "year": "published_at__year"}
        chosen = {column: self.value(name) for name, column in columns.items() if self.value(name)}
        lists = lists.filter(**chosen).order_by("-published_at", "-pk")
        words = self.value("q")
        return _best(lists, words[:TEXT_LIMIT]) if words else list(lists.values_list("pk", flat=True))

    @property
    def asked(self) -> str:
        """The words as they are read."""
        return str(self.value("q"))[:TEXT_LIMIT]


@require_safe
@at_desk
def published(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Lists of the officer's areas that are or were public, 20 a page."""
    mine = lists_of(officer).filter(EVER_PUBLIC)
    filters = PublishedFilter(request, mine)
    shown = Paginator(filters.fitting(mine), ROWS).get_page(request.GET.get("page"))
    lists = {one.pk: one for one in mine.filter(pk__in=list(shown))}
    context = {
        "filters": filters,
        "page": shown,
        "rows": [_row(lists[number]) for number in shown if number in lists],
        "limit": TEXT_LIMIT,
    }
    return page(request, officer, "desk/published.html", context, section="lists")


def _best(lists: QuerySet[PublicList], words: str) -> list[int]:
    """The keys of those that hold the words. Without an index, by numbers and titles alone."""
    try:
        places = {number: place for place, number in enumerate(found(KIND, words))}
    except Unavailable:
        names = ("number", "index_number", "document_number", "title_zh", "title_en")
        fits = reduce(or_, (Q(**{f"{name}__icontains": words}) for name in names))
        return list(lists.filter(fits).values_list("pk", flat=True))
    return sorted(lists.filter(pk__in=places).values_list("pk", flat=True), key=places.__getitem__)


def _row(one: PublicList) -> dict[str, Any]:
    over = one.state != ListState.WITHDRAWN and period_of(one).phase == "over"
    return {"list": one, "colour": colour_of(one), "over": over}
