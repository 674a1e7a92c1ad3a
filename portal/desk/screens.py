"""The monitor of big screens (大屏幕监控): what each shows, when it was last heard, whom to call."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.desk.frame import at_desk, page
from portal.publicity.filters import FilterForm
from portal.publicity.screen_options import preview_of
from relief.officers.models import Officer
from relief.places.models import Area, Level
from relief.publicity.models import ListState, PublicList
from relief.publicity.screen_models import Screen
from relief.publicity.screens import SILENT, ScreenState, screens_of, stations_of
from relief.trail import clock

ROWS = 20
TROUBLES = {"differs": _("code differs"), "silent": _("silent for more than 10 minutes")}
COLOURS = {
    ScreenState.OK: "green",
    ScreenState.OFFLINE: "yellow",
    ScreenState.UNCHECKED: "yellow",
    ScreenState.MISMATCH: "red",
    ScreenState.OVER: "grey",
}


class ScreenFilter(FilterForm):
    """By street and by what is wrong."""

    street = forms.ChoiceField(label=_("Street"), required=False)
    trouble = forms.ChoiceField(label=_("Only with"), required=False)

    def __init__(self, request: HttpRequest, screens: list[Screen]) -> None:
        numbers = {one.area_id[:3] for one in screens}
        streets = Area.objects.filter(number__in=numbers, level=Level.STREET).order_by("number")
        super().__init__(
            request,
            street=[(area.number, area.name) for area in streets],
            trouble=list(TROUBLES.items()),
        )

    def fits(self, row: dict[str, Any]) -> bool:
        street, trouble = self.value("street"), self.value("trouble")
        return row["screen"].area_id.startswith(street) and (not trouble or bool(row[trouble]))


@require_safe
@at_desk
def screens(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Screens of the officer's areas, 20 a page, those in trouble first; a fixed number of queries."""
    mine = list(screens_of(officer))
    filters = ScreenFilter(request, mine)
    rows = [row for row in _rows(mine) if filters.fits(row)]
    rows.sort(key=lambda row: (not row["differs"], not row["silent"], row["screen"].area_id))
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": shown, "rows": list(shown)}
    return page(request, officer, "desk/screens.html", context, section="lists")


def _rows(found: list[Screen]) -> list[dict[str, Any]]:
    """Each screen with its list, its station, and whether the code it drew is the list's."""
    lists = {one.number: one for one in PublicList.objects.filter(number__in={s.list_number for s in found})}
    stations = stations_of({one.area_id for one in found})
    silent_since = clock.now() - SILENT
    rows = []
    for one in found:
        state, public_list = ScreenState(one.state), lists.get(one.list_number)
        differs, silent = _differs(one, public_list), one.last_seen < silent_since
        rows.append(
            {
                "screen": one,
                "list": public_list,
                "state": state.label,
                "differs": differs,
                "silent": silent,
                "colour": "red" if differs else "yellow" if silent else COLOURS[state],
                "station": stations.get(one.area_id),
                "preview": preview_of(one.path),
            }
        )
    return rows


def _differs(screen: Screen, public_list: PublicList | None) -> bool:
    """Whether what it drew last is not the list as it stands: another code, or a list withdrawn since."""
    if screen.state == ScreenState.MISMATCH:
        return True
    if public_list is None:
        return False
    return screen.check_code != public_list.check_code or public_list.state == ListState.WITHDRAWN
