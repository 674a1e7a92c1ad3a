"""Every address that leads somewhere today, and what many new ones would do; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import unquote

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.actors import who
from portal.publishing.addresses import pages_at, path_of, redirects_at
from portal.publishing.authority import Reach, not_here, reach_of
from portal.publishing.lead import check_free, check_reason, plain_path, public_once
from portal.publishing.links import path_here
from portal.publishing.models import AddressChange, AddressKind, PageRecord
from portal.publishing.queries import records_of
from portal.publishing.steps import RELEASERS
from relief.errors import Reason, Refused
from relief.officers.models import Officer
from relief.trail.models import Event

#: rows that are read from the database at once
AT_ONCE = 500


@dataclass(frozen=True)
class Leading:
    """An address that leads to a page: where the page stands today, and how it came about.

    `change` is None for what was brought in without its history.
    """

    path: str
    page: Page
    address: str
    change: AddressChange | None
    by: str


@dataclass(frozen=True)
class Wanted:
    """One row of a table of new addresses, as it was written; `row` as a spreadsheet counts."""

    row: int
    path: str
    page: str
    reason: str


@dataclass
class Looked:
    """What a wanted address would do: lead to `page`, whose record stands at `version`; or what stops it."""

    wanted: Wanted
    path: str = ""
    page: Page | None = None
    version: int = 0
    reasons: list[Reason] = field(default_factory=list)


def leading(reach: Reach) -> Any:
    """Redirects to public pages within reach, with `change` and `kind` of how each began; by address."""
    began = AddressChange.objects.filter(
        path=OuterRef("old_path"), record__page_id=OuterRef("redirect_page_id")
    )
    newest = began.exclude(kind=AddressKind.ENDED).order_by("-pk")
    pages = Page.objects.filter(reach.within(), live=True)
    found = Redirect.objects.filter(redirect_page__in=pages).select_related("redirect_page__locale")
    return found.annotate(
        change=Subquery(newest.values("pk")[:1]), kind=Subquery(newest.values("kind")[:1])
    ).order_by("old_path", "pk")


def told(redirects: Iterable[Any]) -> list[Leading]:
    """These rows of `leading` in full; two queries."""
    rows = list(redirects)
    changes = AddressChange.objects.in_bulk([one.change for one in rows if one.change])
    events = Event.objects.in_bulk({one.event_id for one in changes.values()})
    return [
        Leading(
            one.old_path,
            one.redirect_page,
            path_of(one.redirect_page),
            change := changes.get(one.change),
            who(events[change.event_id]) if change else "",
        )
        for one in rows
    ]


def all_told(redirects: Any) -> Iterator[Leading]:
    """All of them, some hundred at a time."""
    rows = redirects.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        yield from told(some)


def look_at(rows: Sequence[Wanted], *, by: Officer) -> list[Looked]:
    """What each of these addresses would do if `by` added it now, by the rules of `add_address`.

    The queries are the same for few rows and for many.
    """
    looked = [Looked(one) for one in rows]
    for one in looked:
        with _noting(one):
            one.path = plain_path(one.wanted.path)
    paths = {one.path for one in looked if one.path}
    own, old = pages_at(paths), redirects_at(paths)
    targets = pages_at({at for one in rows if (at := _place(one.page))})
    records, reach = records_of(targets.values()), reach_of(by)
    first: dict[str, int] = {}
    for one in looked:
        if one.path:
            with _noting(one):
                check_free(one.path, own.get(one.path), old.get(one.path))
            _look_above(one, first)
        one.page = targets.get(_place(one.wanted.page))
        _look_at_page(one, records, reach)
        with _noting(one):
            check_reason(one.wanted.reason)
    return looked


@contextmanager
def _noting(looked: Looked) -> Iterator[None]:
    """A refusal within is one more thing that stops the row."""
    try:
        yield
    except Refused as refused:
        looked.reasons += refused.reasons


def _place(typed: str) -> str:
    """The path of the page that a row names; empty where that is none of this site's."""
    path = unquote(path_here(typed.strip()))
    return path if not path or path.startswith("/") else f"/{path}"


def _look_above(looked: Looked, first: dict[str, int]) -> None:
    above = first.setdefault(looked.path, looked.wanted.row)
    if above != looked.wanted.row:
        words = _("The same address stands in row %(row)d too.") % {"row": above}
        looked.reasons.append(Reason("row-twice", words))


def _look_at_page(looked: Looked, records: dict[int, PageRecord], reach: Reach) -> None:
    if looked.page is None:
        words = _("No page of this site stands at the address “%(address)s”.")
        looked.reasons.append(Reason("no-page", words % {"address": looked.wanted.page}))
    elif not reach.on(looked.page) & set(RELEASERS):
        looked.reasons.append(not_here(RELEASERS))
    else:
        with _noting(looked):
            looked.version = public_once(records.get(looked.page.pk)).version
