"""The monitor of all lists (公示监控): days left, boards, objections; filters stand in the address."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.desk.frame import at_desk, held_by, page
from portal.desk.lists import colour_of
from portal.publicity.filters import FilterForm
from relief.officers.models import Officer, Role
from relief.places.models import Area, Level
from relief.publicity.models import ListKind, ListState, PublicList
from relief.publicity.monitor import in_trouble, watch
from relief.publicity.queries import lists_of, period_of
from relief.trail import clock

ROWS = 20
TABS = {"open": _("Under way"), "ended": _("Ended"), "all": _("All")}
UNDER_WAY = (ListState.COMPILED, ListState.RUNNING)
TROUBLES = {
    "boards": _("boards missing"),
    "late": _("late to close"),
    "again": _("cases under re-investigation"),
    "words": _("open objections"),
}


class MonitorFilter(FilterForm):
    """By tab, street, kind and trouble."""

    tab = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=list(TABS.items()))
    street = forms.ChoiceField(label=_("Street"), required=False)
    kind = forms.ChoiceField(label=_("Kind of list"), required=False)
    trouble = forms.ChoiceField(label=_("Only with"), required=False)

    def __init__(self, request: HttpRequest, lists: QuerySet[PublicList]) -> None:
        numbers = lists.order_by().values("area_id").distinct()
        streets = list(Area.objects.filter(number__in=numbers, level=Level.STREET))
        super().__init__(
            request,
            street=[(area.number, area.name) for area in streets],
            kind=list(ListKind.choices),
            trouble=list(TROUBLES.items()),
        )
        if len(streets) < 2 and not self.value("street"):
            del self.fields["street"]
        self.chosen_tab = self.value("tab") or "open"

    def apply(self, lists: QuerySet[PublicList]) -> QuerySet[PublicList]:
        """Lists under way by their last day, all others newest first."""
        if street := self.value("street"):
            lists = lists.filter(area=street)
        if kind := self.value("kind"):
            lists = lists.filter(kind=kind)
        if trouble := self.value("trouble"):
            lists = lists.filter(in_trouble(trouble, clock.today()))
        if self.chosen_tab == "open":
            return lists.filter(state__in=UNDER_WAY).order_by(F("ends_on").asc(nulls_last=True), "pk")
        if self.chosen_tab == "ended":
            lists = lists.exclude(state__in=UNDER_WAY)
        return lists.order_by("-pk")


@require_safe
@at_desk
def lists(request: HttpRequest, officer: Officer) -> HttpResponse:
    """All lists of the officer's areas, 20 a page, in a fixed number of queries."""
    mine = lists_of(officer)
    filters = MonitorFilter(request, mine)
    shown = Paginator(filters.apply(mine), ROWS).get_page(request.GET.get("page"))
    roles = {one.role for one in held_by(request)}
    context = {
        "tab": filters.chosen_tab,
        "tabs": [{"key": key, "label": label} for key, label in TABS.items()],
        "filters": filters,
        "page": shown,
        "rows": _rows(list(shown)),
        "can_compile": Role.STREET_REVIEWER in roles,
        "can_announce": Role.DISTRICT_ANNOUNCER in roles,
        "form": None,
    }
    return page(request, officer, "desk/lists.html", context, section="lists")


def _rows(found: list[PublicList]) -> list[dict[str, Any]]:
    seen = watch(found)
    return [
        {
            "list": one,
            "period": period_of(one),
            "colour": colour_of(one),
            "watch": seen[one.pk],
            "running": one.state == ListState.RUNNING,
        }
        for one in found
    ]
