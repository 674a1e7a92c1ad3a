"""Gather what the rules judge: rows with their pages and lists as they stand today, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, Subquery
from django.utils.timezone import localtime
from django.utils.translation import get_language
from wagtail.models import Locale, Page

from portal.attachments.models import PortalDocument
from portal.catalogue.fed import found_by, listings_of
from portal.catalogue.links import Known, broken, known_now
from portal.catalogue.models import CatalogueItem, CatalogueRow, Statement
from portal.catalogue.rows import BY_KEY, FILED_TYPES, ROWS, Row
from portal.catalogue.rules import Item, Report, RowFacts, Said, check
from portal.pages.finding import listable_types, specifics
from portal.pages.policy import PolicyPage
from portal.pages.relations import GONE, validity_of
from portal.publicity.addresses import list_path
from portal.publishing.links import linked_by
from portal.publishing.models import PageRecord, PageState
from portal.publishing.queries import current, readable, records_of
from relief.publicity.queries import published
from relief.standards.calendar import read_calendar
from relief.trail import clock

NOTICE = "noticepage"


def report() -> Report:
    """The check of today, in the active language."""
    rows, filed = read_facts()
    return check(rows, filed, clock.today(), read_calendar().working_days)


def read_facts(only: str = "", *, links: bool = True) -> tuple[list[RowFacts], list[Item]]:
    """(rows, pages that belong into one). `only` one row; without `links` none is followed."""
    wanted = [row for row in ROWS if only in ("", row.key)]
    tracked = {one.key: one for one in CatalogueRow.objects.all()}
    put = _put_by_hand(wanted)
    pages = _pages(wanted, {key for one in put.values() for key in one})
    items = _items(pages, known_now(PortalDocument) if links else None)
    said, lists = _said(), _lists()
    rows = [
        _row(row, tracked.get(row.key), put.get(row.key, {}), pages, items, said, lists.get(row.key, []))
        for row in wanted
    ]
    filed = [items[page.translation_key] for page in pages if _type(page) in FILED_TYPES]
    return rows, filed


def _row(
    row: Row,
    tracked: CatalogueRow | None,
    put: dict[UUID, CatalogueItem],
    pages: list[Any],
    items: dict[UUID, Item],
    said: dict[str, Said],
    lists: list[Any],
) -> RowFacts:
    feeding = listings_of(row, put, pages, items)
    fed = found_by(feeding)
    own = [page for page in pages if page not in feeding and _belongs(page, row, put, fed)]
    found = [replace(items[page.translation_key], dated=_stands_in(page, row)) for page in own]
    there = {page.translation_key for page in pages}
    gone = [one for key, one in put.items() if one.attached and key not in there]
    found += [Item(str(one.page_key), one.title, public=False) for one in gone]
    checked = localtime(tracked.checked_at).date() if tracked and tracked.checked_at else None
    return RowFacts(
        row,
        tuple(sorted(found, key=lambda item: item.published or date.min, reverse=True))
        + tuple(_list_item(one) for one in lists[:1]),
        said.get(row.key),
        checked,
        tracked.checked_by if tracked else "",
        localtime(lists[-1].published_at).date() if lists else None,
        tuple(items[one.translation_key] for one in feeding),
    )


def _belongs(page: Any, row: Row, put: dict[UUID, CatalogueItem], fed: set[UUID]) -> bool:
    """An editor's word counts first; else what a listing finds, and public pages of the row's topics."""
    if by_hand := put.get(page.translation_key):
        return by_hand.attached
    if _type(page) not in row.types:
        return False
    if page.translation_key in fed:
        return True
    files_itself = _type(page) != NOTICE
    return bool(page.live and files_itself and getattr(page, "topic", "") in row.topics)


def _stands_in(page: Any, row: Row) -> bool:
    return row.by_notice and _type(page) == NOTICE


def _put_by_hand(rows: list[Row]) -> dict[str, dict[UUID, CatalogueItem]]:
    found: dict[str, dict[UUID, CatalogueItem]] = defaultdict(dict)
    for item in CatalogueItem.objects.filter(row__key__in=[row.key for row in rows]).select_related("row"):
        found[item.row.key][item.page_key] = item
    return found


def _said() -> dict[str, Said]:
    """The newest statement of each row that nobody has ended."""
    english = get_language() == "en"
    return {
        one.row.key: Said(one.until, one.made_by, one.why_en if english else one.why_zh)
        for one in Statement.objects.filter(ended_at=None).select_related("row").order_by("pk")
        if one.row.key in BY_KEY
    }


def _pages(rows: list[Row], by_hand: set[UUID]) -> list[Any]:
    """Public pages of the types that these rows name, and those put into one; always the Chinese page."""
    known = listable_types()
    types = [known[name] for name in sorted({name for row in rows for name in row.types}) if name in known]
    source = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    public = current(source.type(*types)) if types else source.none()
    wanted = Q(pk__in=public.values("pk")) | Q(translation_key__in=by_hand)
    return specifics(source.filter(wanted).order_by("-first_published_at", "-pk"))


def _items(pages: list[Any], known: Known | None) -> dict[UUID, Item]:
    titles, records = _titles(pages, known), records_of(pages)
    ended = _ended(pages, records)
    return {
        page.translation_key: _item(page, titles, known, page.pk in ended, records.get(page.pk))
        for page in pages
    }


def _item(
    page: Any, titles: dict[UUID, Page], known: Known | None, ended: bool, kept: PageRecord | None
) -> Item:
    shown = titles.get(page.translation_key, page)
    public = page.live and (kept is None or kept.state != PageState.REMOVED)
    published_at, updated_at = (kept.first_published_at, kept.published_at) if kept else (None, None)
    return Item(
        key=str(page.translation_key),
        title=shown.title,
        url=shown.get_url() or "",
        type=str(page._meta.verbose_name),
        signed=getattr(page, "signed_on", None),
        published=localtime(published_at).date() if published_at else None,
        updated=localtime(updated_at).date() if updated_at else None,
        public=public,
        ended=ended,
        broken=broken(linked_by(page), known) if known and public else (),
        number=getattr(page, "document_number", "") or "",
    )


def _ended(pages: Iterable[Any], records: Mapping[int, PageRecord]) -> set[int]:
    """The keys of policies that hold no more today, and of other texts withdrawn as superseded."""
    gone = {key for key, one in records.items() if one.state in GONE}
    held = validity_of([page for page in pages if isinstance(page, PolicyPage)], gone)
    superseded = {key for key, one in records.items() if one.state == PageState.SUPERSEDED}
    return superseded | {key for key, one in held.items() if one.ended}


def _titles(pages: Iterable[Any], known: Known | None) -> dict[UUID, Page]:
    """What the pages are called in the reader's language, where they are translated."""
    if get_language() == settings.LANGUAGE_CODE:
        return {}
    keys = {page.translation_key for page in pages}
    public: Iterable[Page] = (
        known.public if known else readable(Page.objects.filter(translation_key__in=keys))
    )
    ours = Locale.get_active().pk
    return {
        one.translation_key: one for one in public if one.locale_id == ours and one.translation_key in keys
    }


def _lists() -> dict[str, list[Any]]:
    """By row, its public lists that count: the first and the newest; one query whatever their number."""
    rows = [row for row in ROWS if row.lists]
    ends = Q(pk=None)
    for row in rows:
        public = published(*row.lists).filter(benefit=row.benefit).values("pk")
        ends |= Q(pk=Subquery(public[:1])) | Q(pk=Subquery(public.reverse()[:1]))
    kinds = {kind: row.key for row in rows for kind in row.lists}
    found: dict[str, list[Any]] = defaultdict(list)
    for one in published(*kinds).filter(ends):
        found[kinds[one.kind]].append(one)
    return found


def _list_item(one: Any) -> Item:
    day = localtime(one.published_at).date()
    return Item(
        one.number,
        one.title,
        list_path(one),
        str(one.get_kind_display()),
        published=day,
        updated=day,
        number=one.number,
    )


def _type(page: Any) -> str:
    return str(page._meta.model_name)
