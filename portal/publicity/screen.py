"""Big screens (大屏幕): one list, or all lists of a street or community one after another; page and data."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from portal.freshness import fresh_answer
from portal.publicity import addresses, sheet
from portal.publicity.finding import found_list
from portal.publicity.screen_data import Row, cut, item_of, milliseconds, rows_of
from portal.publicity.screen_notices import list_notice, playlist_notice
from portal.publicity.screen_options import ScreenOptions
from portal.publicity.screen_words import screen_words
from relief.places.models import Area, Level
from relief.places.scope import within
from relief.publicity.models import ListKind, ListState, PublicList
from relief.publicity.queries import names_visible, published, running
from relief.publicity.screens import place_named
from relief.trail import clock

#: what a browser could take for the end of the script element that holds the data
ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
Data = dict[str, Any]


@require_safe
def list_screen(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """The screen of one list, cut to a community where the address says so."""
    options, one = ScreenOptions(request), found_list(kind, number)
    if _is_elsewhere(one, options.value("community")):
        return choose(request, wrong=options.value("community"))
    rows = rows_of([one])
    url = addresses.list_path(one, "screen-data") + options.data_query
    return _page(request, options, [one], rows, _list_data(one, rows, options), url)


@require_safe
def list_screen_data(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Its data, to be asked for again and again: 304 while nothing has changed in public."""
    options, one = ScreenOptions(request), found_list(kind, number)
    return _data(request, one, lambda: _list_data(one, rows_of([one]), options))


@require_safe
def playlist(request: HttpRequest) -> HttpResponse:
    """The screen of a street or community; without one, or with a wrong one, the page that offers them."""
    options = ScreenOptions(request)
    place = _place(options)
    if place is None:
        return choose(request, wrong=_asked(request))
    lists = _lists(place, options)
    rows = rows_of(lists)
    url = reverse("publicity:screen-data") + options.data_query
    return _page(request, options, lists, rows, _playlist_data(place, lists, rows), url)


@require_safe
def playlist_data(request: HttpRequest) -> HttpResponse:
    """The playlist's data; 404 in words for a wrong street."""
    options = ScreenOptions(request)
    place = _place(options)
    if place is None:
        return choose(request, wrong=_asked(request) or "—")

    def build() -> Data:
        lists = _lists(place, options)
        return _playlist_data(place, lists, rows_of(lists))

    return _data(request, None, build)


def choose(request: HttpRequest, *, wrong: str = "") -> HttpResponse:
    """Streets with their communities, each with the address of its screen; 404 when a wrong one was asked."""
    streets: dict[str, dict[str, Any]] = {}
    for area in Area.objects.exclude(level=Level.DISTRICT).order_by("number"):
        if area.level == Level.STREET:
            streets[area.number] = {"street": area, "communities": []}
        elif area.street_number in streets:
            streets[area.street_number]["communities"].append(area)
    context = {"streets": list(streets.values()), "wrong": wrong[:40]}
    return render(request, "screen/choose.html", context, status=404 if wrong else 200)


def _asked(request: HttpRequest) -> str:
    return request.GET.get("community") or request.GET.get("street") or ""


def _place(options: ScreenOptions) -> Area | None:
    """The community if one is named and lies in the street named, else the street."""
    street, community = options.value("street"), options.value("community")
    if "street" in options.errors or "community" in options.errors or not (street or community):
        return None
    if community and not (len(community) == 5 and community.startswith(street)):
        return None
    place = place_named(community or street)
    return place if place and (community or place.level == Level.STREET) else None


def _is_elsewhere(one: PublicList, community: str) -> bool:
    return bool(community) and (len(community) != 5 or community not in one.labels["communities"])


def _lists(place: Area, options: ScreenOptions) -> list[PublicList]:
    """Lists of the place whose names may be shown today, in the order of `kinds`."""
    found: list[PublicList] = []
    for kind in options.chosen_kinds:
        lists = running() if kind == ListKind.PRE_APPROVAL else published(kind)
        here = lists.filter(within(place.street_number, "area__number"))
        found += [one for one in here if names_visible(one)]
    return found


def _list_data(one: PublicList, rows: dict[int, list[Row]], options: ScreenOptions) -> Data:
    community = str(options.value("community"))
    item = item_of(one, rows[one.pk], community)
    return {"items": [item] if item["rows"] else [], "notice": list_notice(one, community)}


def _playlist_data(place: Area, lists: list[PublicList], rows: dict[int, list[Row]]) -> Data:
    community = place.number if place.level == Level.COMMUNITY else ""
    items = [item_of(one, rows[one.pk], community) for one in lists]
    ended = published(ListKind.PRE_APPROVAL).filter(state=ListState.CLOSED)
    waiting = ended.filter(within(place.street_number, "area__number"))
    return {
        "items": [item for item in items if item["rows"]],
        "notice": playlist_notice(place.name, waiting.exists()),
    }


def _page(
    request: HttpRequest,
    options: ScreenOptions,
    lists: list[PublicList],
    rows: dict[int, list[Row]],
    data: Data,
    url: str,
) -> HttpResponse:
    """The page with its first data; kept nowhere, so that its time is always the server's."""
    community = str(options.value("community"))
    shown = [item["number"] for item in data["items"]]
    context = {
        "options": options,
        "title": lists[0].title if len(lists) == 1 else data["notice"]["head"],
        "data": embedded(data),
        "words": embedded(screen_words()),
        "url": url,
        "now": milliseconds(clock.now()),
        "notice": data["notice"],
        "tables": [_table(one, rows[one.pk], community) for one in lists if one.number in shown],
    }
    answer = render(request, "screen/screen.html", context)
    patch_cache_control(answer, no_store=True, private=True)
    answer["X-Robots-Tag"] = "noindex, noarchive"
    return answer


def _table(one: PublicList, rows: list[Row], community: str) -> dict[str, Any]:
    """The list as a plain table, for a browser without JavaScript."""
    heads = sheet.heads_of(one)
    lines = [sheet.cells(one, heads, row[0], row[3]) for row in cut(one, rows, community)]
    return {"list": one, "heads": heads, "rows": lines, "url": addresses.list_path(one)}


def _data(request: HttpRequest, one: PublicList | None, build: Callable[[], Data]) -> HttpResponse:
    """The data with their ETag, and the server's time even on a 304: by it the screen ends the names."""

    def answer() -> HttpResponse:
        text = json.dumps(build(), ensure_ascii=False, separators=(",", ":"))
        return HttpResponse(text.encode(), content_type="application/json; charset=utf-8")

    response = fresh_answer(request, one, answer)
    response["X-Server-Time"] = str(milliseconds(clock.now()))
    return response


def embedded(data: Data) -> SafeString:
    """JSON that may stand in a script element: data, never run, so no policy forbids it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.translate(ESCAPED))
