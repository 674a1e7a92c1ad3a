"""All forms of a list in one place: the publish gate draws and reads every one of them.

Whoever adds a form of a list (a page, a file, a poster, a feed) adds its line to FORMS.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, QueryDict
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.freshness import release
from portal.particulars.current import current
from portal.publicity import addresses
from portal.publicity.feeds import feed_path
from portal.publicity.list_page import PER_PAGE
from relief.errors import Refused
from relief.places.models import Area, Board, Level, Station
from relief.publicity.forms import Document, NotDrawn
from relief.publicity.models import ListKind, PublicList
from relief.publicity.queries import names_visible

BOTH = ("zh-hans", "en")


def once(public_list: PublicList) -> list[str]:
    """One document, without anything behind its address."""
    return [""]


def page_by_page(public_list: PublicList) -> list[str]:
    pages = max(-(-public_list.entry_count // PER_PAGE), 1)
    return ["", *(f"page={page}" for page in range(2, pages + 1))]


def in_both_sizes(public_list: PublicList) -> list[str]:
    return ["size=a4", "size=a3"]


def feed_of_the_street(public_list: PublicList, act: str) -> str:
    """The feed or calendar that will tell of the list."""
    return feed_path(act, public_list.area_id if public_list.area.level == Level.STREET else "")


@dataclass(frozen=True)
class ListForm:
    """One form: its address (of the list by `act`), its languages, the queries to ask it with.

    `rows_only`: there is none of it when the list shows no rows (too few households). `kinds`: the kinds of
    list that have it. `spare`: where it can't be made (a character outside the font), the page that says so
    stands in its place and is read instead; the list may be published all the same.
    """

    key: str
    label: Any
    act: str
    languages: tuple[str, ...] = BOTH
    queries: Callable[[PublicList], Sequence[str]] = once
    rows_only: bool = False
    kinds: tuple[str, ...] = tuple(ListKind.values)
    spare: bool = False
    path: Callable[[PublicList, str], str] = addresses.list_path


FORMS: tuple[ListForm, ...] = (
    ListForm("page", _("web page"), "list", queries=page_by_page),
    ListForm("history", _("page of its history"), "history"),
    ListForm("csv", _("table (CSV)"), "csv", rows_only=True),
    ListForm("json", _("data to check (JSON)"), "json", languages=("zh-hans",)),
    ListForm("xlsx", _("workbook (XLSX)"), "xlsx", rows_only=True),
    ListForm("poster", _("poster (PDF)"), "poster", queries=in_both_sizes, rows_only=True, spare=True),
    ListForm("slip", _("slip (PDF)"), "slip", kinds=("gs",), rows_only=True, spare=True),
    ListForm("loudspeaker", _("text to read aloud"), "loudspeaker", rows_only=True),
    ListForm("screen", _("big screen"), "screen"),
    ListForm("screen-data", _("data of the big screen"), "screen-data"),
    ListForm("feed", _("feed (Atom)"), "atom", path=feed_of_the_street),
    ListForm("calendar", _("calendar (iCalendar)"), "ics", path=feed_of_the_street),
)


class AllForms:
    """What the web answers to `relief.publicity.forms`."""

    def release(self) -> str:
        return release()

    def particulars(self) -> list[str]:
        """The bureau's own values in every language, and the offices' and boards' names and addresses."""
        texts: list[str] = [settings.PUBLIC_BASE_URL, *current().values()]
        for model, fields in (
            (Station, ("name_zh", "name_en", "address_zh", "address_en", "phone")),
            (Board, ("name_zh", "name_en")),
            (Area, ("name_zh", "name_en")),
        ):
            for row in model._default_manager.values_list(*fields):
                texts += row
        return texts

    def draw(self, public_list: PublicList) -> Iterator[Document]:
        """Raises NotDrawn for a form that doesn't answer 200."""
        shows_rows = names_visible(public_list)
        for form in FORMS:
            if public_list.kind not in form.kinds or (form.rows_only and not shows_rows):
                continue
            for language in form.languages:
                with translation.override(language):
                    for part, query in enumerate(form.queries(public_list), start=1):
                        answer = _asked(form, public_list, query)
                        yield Document(
                            f"{form.key}.{language[:2]}", answer["Content-Type"], _bytes_of(answer), part
                        )


def _asked(form: ListForm, public_list: PublicList, query: str) -> HttpResponseBase:
    """The form's own view, asked as a stranger would."""
    path = form.path(public_list, form.act)
    match = resolve(path)
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {"QUERY_STRING": query, "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.GET = QueryDict(query)
    request.resolver_match = match
    try:
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except Refused as refused:
        raise NotDrawn(form.key, str(refused)) from refused
    if answer.status_code != 200 and not (form.spare and answer.status_code == 503):
        raise NotDrawn(form.key, str(answer.status_code))
    return answer


def _bytes_of(answer: HttpResponseBase) -> bytes:
    # the answer's own close() would end the request that asks here
    if isinstance(answer, FileResponse) and answer.file_to_stream:
        with contextlib.closing(answer.file_to_stream):
            return b"".join(answer)
    if isinstance(answer, StreamingHttpResponse):
        return b"".join(answer)
    return bytes(answer.content)  # type: ignore[attr-defined]
