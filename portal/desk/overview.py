"""Pages for leaders (领导概览): counts by place and stage, never a name; the same counts as a table."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.desk.frame import at_desk, held_by, page
from portal.publicity.downloads import BOM, harmless
from portal.publicity.filters import FilterForm
from relief.applications.overview import COMMUNITY, STREET, Cell, cells, paces
from relief.applications.queries import NO_CASES
from relief.applications.states import State
from relief.officers.authority import acting
from relief.officers.models import SITE_ROLES, Appointment, Officer, Role, ScopeKind
from relief.places.models import DISTRICT, Area, Level
from relief.places.scope import contains, within_any
from relief.publicity.monitor import list_counts
from relief.publicity.queries import lists_of
from relief.trail import clock


class PlaceFilter(FilterForm):
    """Which street's communities; all streets of the officer when none is chosen."""

    street = forms.ChoiceField(label=gettext_lazy("Street"), required=False)


@dataclass
class Line:
    """The counts of one place, or of all together."""

    number: str
    name: str
    stages: dict[str, int] = field(default_factory=dict)
    open: int = 0
    late: int = 0
    stopped: int = 0
    linked: bool = False

    def add(self, cell: Cell) -> None:
        self.stages[cell.state] = self.stages.get(cell.state, 0) + cell.open
        self.open += cell.open
        self.late += cell.late
        self.stopped += cell.stopped

    def url(self, **filters: str) -> str:
        """The queue cut to this place; empty where the officer reads no cases."""
        if not self.linked:
            return ""
        place = {"community" if len(self.number) == COMMUNITY else "street": self.number}
        query = {"tab": "open", **(place if self.number != DISTRICT else {}), **filters}
        return f"{reverse('desk:queue')}?{urlencode(query)}"


@dataclass
class Overview:
    """What an officer may count: the areas, the lines and their sum."""

    filters: PlaceFilter
    states: list[State]
    lines: list[Line]
    total: Line
    scopes: list[str]


@require_safe
@at_desk
def overview(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Cases by place and stage, the pace of each stage, and the lists under way."""
    seen = _seen(request, officer)
    pace = paces(seen.scopes)
    context = {
        "filters": seen.filters,
        "states": seen.states,
        "lines": [_drawn(line, seen.states) for line in seen.lines],
        "total": _drawn(seen.total, seen.states),
        "stages": [
            {"label": state.label, "open": seen.total.stages.get(state, 0), "pace": pace.get(state)}
            for state in State
            if state in pace or state in seen.total.stages
        ],
        "lists": list_counts(lists_of(officer), clock.today()),
        "csv_url": reverse("desk:overview-csv") + seen.filters.query,
        "today": clock.today(),
        "form": None,
    }
    return page(request, officer, "desk/overview.html", context, section="overview")


@require_safe
@at_desk
def counts_csv(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The counts of the page for the same place, as UTF-8 with BOM."""
    seen = _seen(request, officer)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="cases-{clock.today().isoformat()}.csv"'
    answer.write(BOM)
    write = csv.writer(answer)
    heads = [_("Area number"), _("Area"), *(str(state.label) for state in seen.states)]
    write.writerow([*heads, _("Open"), _("Late"), _("Clock stopped")])
    for line in [*seen.lines, seen.total]:
        counts = [line.stages.get(state, 0) for state in seen.states]
        write.writerow([line.number, harmless(line.name), *counts, line.open, line.late, line.stopped])
    return answer


def _seen(request: HttpRequest, officer: Officer) -> Overview:
    """Counts of the officer's areas. Raises NotAllowed for whoever has none."""
    held = [
        one for one in held_by(request) if one.scope_kind == ScopeKind.AREA and one.role not in SITE_ROLES
    ]
    if not held:
        acting(officer, set(Role) - SITE_ROLES, "")
    areas = list(Area.objects.filter(within_any(sorted({one.scope_code for one in held}), "number")))
    streets = [area for area in areas if area.level == Level.STREET]
    filters = PlaceFilter(request, street=[(area.number, area.name) for area in streets])
    street = filters.value("street")
    if len(streets) < 2 and not street:
        del filters.fields["street"]
    scopes = [street] if street else sorted({one.scope_code for one in held})
    by_street = len(streets) > 1 and not street
    places = streets if by_street else [area for area in areas if area.level == Level.COMMUNITY]
    places = [area for area in places if any(contains(scope, area.number) for scope in scopes)]
    lines, total = _lines(places, cells(scopes, digits=STREET if by_street else COMMUNITY), held)
    total.number = street or DISTRICT
    return Overview(filters, [state for state in State if state in total.stages], lines, total, scopes)


def _lines(
    places: Iterable[Area], counted: Iterable[Cell], held: Iterable[Appointment]
) -> tuple[list[Line], Line]:
    reads = [one.scope_code for one in held if one.role not in NO_CASES]
    lines = {
        area.number: Line(area.number, area.name, linked=any(contains(scope, area.number) for scope in reads))
        for area in places
    }
    total = Line("", _("Together"), linked=all(line.linked for line in lines.values()))
    for cell in counted:
        if cell.place in lines:
            lines[cell.place].add(cell)
        total.add(cell)
    return list(lines.values()), total


def _drawn(line: Line, states: Iterable[State]) -> dict[str, Any]:
    return {
        "name": line.name,
        "cells": [
            {"label": state.label, "count": line.stages.get(state, 0), "url": line.url(stage=state.value)}
            for state in states
        ],
        "open": line.open,
        "open_url": line.url(),
        "late": line.late,
        "late_url": line.url(mark="late"),
        "stopped": line.stopped,
        "stopped_url": line.url(mark="stopped"),
    }
