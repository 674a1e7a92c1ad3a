"""Gather what column health judges, and keep the newest result of the whole check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from wagtail.models import Page

from portal.attachments.models import PortalDocument
from portal.catalogue.facts import report
from portal.catalogue.health_rules import COLUMN_LIMIT, YEARLY, YEARLY_LIMIT, Column, Site, Text, health
from portal.catalogue.links import broken, known_now
from portal.catalogue.models import CheckRun
from portal.catalogue.rules import Finding, Level
from portal.finder.unread import unread_files
from portal.pages.above import HOME_DEPTH
from portal.pages.finding import SIGNPOSTS, find, listable_types, specifics
from portal.pages.interpretation import InterpretedPolicy
from portal.pages.listing import ListingPage
from portal.pages.policy import PolicyPage
from portal.pages.relations import validity_of
from portal.publishing.links import linked_by
from portal.publishing.models import PageRecord, PageState
from portal.publishing.queries import readable, records_of
from relief.publicity.models import ListKind
from relief.publicity.queries import published
from relief.trail import clock

#: a result older than this says that the nightly run doesn't run
OLD_HOURS = 36
#: the day of the newest public text, by page
Days = Mapping[int, date]
#: columns that lists of relief fill, and the home page, which has a limit of its own
LISTS_OF_RELIEF = {"homepage", "publicityindexpage", "announcementindexpage"}


def site_health() -> list[Finding]:
    """What is wrong on the site today, catalogue aside."""
    return health(read_site(), clock.today())


def read_site() -> Site:
    """Both languages; queries by page types, not by pages."""
    pages = specifics(readable(Page.objects.filter(depth__gt=HOME_DEPTH - 1)).order_by("path"))
    known = known_now(PortalDocument)
    bare = _uninterpreted(pages)
    kept = records_of(pages)
    unread = unread_files()
    texts = tuple(
        replace(_text(page, kept.get(page.pk), known, page.pk in bare), unread=tuple(unread.get(page.pk, ())))
        for page in pages
    )
    days = {key: localtime(one.published_at).date() for key, one in kept.items() if one.published_at}
    checked = {key: localtime(one.checked_at).date() for key, one in kept.items() if one.checked_at}
    looked_at = {key: max(day, checked.get(key, day)) for key, day in days.items()}
    return Site(_newest_on_home(pages, days), tuple(_columns(pages, looked_at)), texts)


def run_check() -> CheckRun:
    """The whole check; the newest result alone is kept."""
    found = [*report().findings, *site_health()]
    kept = [
        {"code": one.code, "level": int(one.level), "row": one.row, "subject": one.subject, "url": one.url,
         "day": one.day.isoformat() if one.day else None, "number": one.number, "file": one.file,
         "why": one.why}
        for one in found
    ]  # fmt: skip
    red, amber = (sum(one.level == level for one in found) for level in (Level.RED, Level.AMBER))
    with transaction.atomic():
        CheckRun.objects.all().delete()
        return CheckRun.objects.create(at=clock.now(), red=red, amber=amber, findings=kept)


def findings_of(run: CheckRun) -> list[Finding]:
    """What a kept result found."""
    return [
        Finding(
            **one
            | {"level": Level(one["level"]), "day": date.fromisoformat(one["day"]) if one["day"] else None}
        )
        for one in run.findings
    ]


def _text(page: Any, kept: PageRecord | None, known: Any, uninterpreted: bool) -> Text:
    linked = linked_by(page)
    check_by = kept.next_check_on if kept is not None and kept.state == PageState.PUBLIC else None
    found = broken(linked, known)
    return Text(page.title, page.get_url() or "", found, linked.wordless, uninterpreted, check_by)


def _uninterpreted(pages: Iterable[Any]) -> set[int]:
    """Keys of policies that hold and that no public interpretation explains; two queries."""
    policies = [page for page in pages if isinstance(page, PolicyPage) and page.states_facts]
    explained = set(
        InterpretedPolicy.objects.filter(page__live=True).values_list("policy_id", flat=True).distinct()
    )
    held = validity_of(policies)
    return {one.pk for one in policies if held[one.pk].holds and one.pk not in explained}


def _newest_on_home(pages: Iterable[Any], published_on: Days) -> date | None:
    """The newest page or list: what a visitor of the home page sees change."""
    types = set(listable_types())
    days = [published_on.get(page.pk) for page in pages if page._meta.model_name in types]
    newest = published(*ListKind.values).first()
    if newest is not None:
        days.append(localtime(newest.published_at).date())
    return max((day for day in days if day), default=None)


def _columns(pages: list[Any], looked_at: Days) -> Iterable[Column]:
    """Sections by the pages below them, listings by what they find; "checked, unchanged" counts as new,
    for a guide that still holds needs no edit."""
    types = set(listable_types())
    below: dict[str, list[Any]] = defaultdict(list)
    for page in pages:
        if page._meta.model_name in types:
            below[page.path[: -Page.steplen]].append(page)
    for page in pages:
        if isinstance(page, ListingPage):
            found = list(find(page.criteria, page))
            yield _column(page, found, looked_at)
        elif page._meta.model_name in SIGNPOSTS - LISTS_OF_RELIEF:
            inside = [one for path, some in below.items() if path.startswith(page.path) for one in some]
            yield _column(page, inside, looked_at)


def _column(page: Any, found: list[Any], looked_at: Days) -> Column:
    newest = max((day for one in found if (day := looked_at.get(one.pk))), default=None)
    yearly = any(one._meta.model_name in YEARLY for one in found)
    return Column(
        page.title, page.get_url() or "", len(found), newest, YEARLY_LIMIT if yearly else COLUMN_LIMIT
    )
