"""Who answers for the demo's texts, and when they were looked at; two guides are left for later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wagtail.models import Page

from portal.catalogue.models import CatalogueRow
from portal.catalogue.verbs import give_row
from portal.demo.play import Script
from portal.demo.stage import Stage
from portal.demo.text_acts import one
from portal.publishing.care import check_unchanged, set_next_check, set_owner
from portal.publishing.models import PageRecord, PageState
from relief.officers.models import Officer, Role
from relief.trail import clock

#: by the address of the section: the section editor's own; elsewhere the editor answers
OWNERS = {"policies": Role.SECTION_EDITOR, "profile": Role.PUBLISHER}
WHY = "内容责任分工"
#: asked to be looked at within the week: nothing of the demo is overdue, for column health would say so
LEFT, LEFT_UNTIL, LEFT_WHY = ("guides/temporary-relief", "guides/destitute"), 5, "窗口调整后核查办理地点"
#: asked to be looked at soon
COMING, COMING_IN, COMING_WHY = "notices/re-declaration", 12, "申报期结束后核查"
#: the round looks at what falls due within so many days
AHEAD = timedelta(days=60)


def care_script(stage: Stage) -> Script:
    """Owners six weeks ago, the round of checks a month ago, single dates between."""
    today = stage.calendar.today
    yield clock.at(stage.calendar.ago(30), 9, 30)
    publisher = one(stage, Role.PUBLISHER)
    for page, kept in _of_records(PageState.PUBLIC, PageState.SUPERSEDED, PageState.REMOVED):
        owner = one(stage, OWNERS.get(_section(page), Role.EDITOR))
        set_owner(page, by=publisher, owner=owner, why=WHY, version=kept.version)
    for row in CatalogueRow.objects.order_by("pk"):
        give_row(row, by=publisher, owner=one(stage, Role.EDITOR), why=WHY, version=row.version)
    yield clock.at(stage.calendar.ago(28), 15)
    for page, kept in _named(*LEFT):
        day = today + timedelta(days=LEFT_UNTIL)
        set_next_check(page, by=publisher, on=day, why=LEFT_WHY, version=kept.version)
    yield clock.at(stage.calendar.ago(20), 9, 50)
    for page, kept in _of_records(PageState.PUBLIC):
        due = kept.next_check_on is not None and kept.next_check_on <= clock.today() + AHEAD
        if due and kept.care_note != LEFT_WHY:
            check_unchanged(page, by=_keeper(kept, publisher), version=kept.version)
    yield clock.at(stage.calendar.ago(10), 16, 20)
    for page, kept in _named(COMING):
        day = today + timedelta(days=COMING_IN)
        set_next_check(page, by=_keeper(kept, publisher), on=day, why=COMING_WHY, version=kept.version)


def _of_records(*states: PageState) -> Iterator[tuple[Page, PageRecord]]:
    """Pages in these states, in the order of their records."""
    records = list(PageRecord.objects.filter(state__in=states).select_related("owner").order_by("pk"))
    pages = Page.objects.in_bulk([kept.page_id for kept in records])
    return ((pages[kept.page_id], kept) for kept in records)


def _named(*names: str) -> Iterator[tuple[Page, PageRecord]]:
    """Public pages at these addresses, in both languages."""
    ends = tuple(f"/{name}/" for name in names)
    return ((page, kept) for page, kept in _of_records(PageState.PUBLIC) if page.url_path.endswith(ends))


def _keeper(kept: PageRecord, publisher: Officer) -> Officer:
    """Who answers for the text; the publisher where it went public after the owners were named."""
    return kept.owner or publisher


def _section(page: Page) -> str:
    """`policies` of `/site/policies/guarantee-rules/`."""
    parts = page.url_path.strip("/").split("/")
    return parts[1] if len(parts) > 1 else ""
