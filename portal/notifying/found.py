"""What happened lately: acts of publishing from the trail, and days that came. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.catalogue.models import CheckRun, Statement
from portal.catalogue.rows import BY_KEY
from portal.catalogue.rules import Level
from portal.gate.rules import private_numbers
from portal.notifying.models import Happening, Occurrence
from portal.pages.above import HOME_DEPTH
from portal.publishing.authority import keys_above
from portal.publishing.models import PageRecord, PageState
from portal.publishing.plan import open_plan
from portal.publishing.steps import steps_of
from relief.confidential.private_kinds import Allowed
from relief.officers.models import Officer
from relief.places.set_up import SETUP
from relief.trail import clock
from relief.trail.models import Event

#: what is older is no news: the queues of the CMS show it all the same
NEWS = timedelta(days=2)
#: a statement is told of so long before its end
AHEAD = timedelta(days=7)
ACTS = {
    "submit-text": Happening.HANDED_IN,
    "approve-text": Happening.APPROVED,
    "send-back-text": Happening.RETURNED,
    "plan-text": Happening.PLANNED,
    "publish-text": Happening.PUBLISHED,
    "plan-failed": Happening.PLAN_FAILED,
    "withdraw-text": Happening.WITHDRAWN,
}


@dataclass(frozen=True)
class Found:
    """Something that happened. `keys` are those of the page and of all above it."""

    key: str
    event: Happening
    at: datetime
    title: str
    path: str
    page: Page | None = None
    keys: frozenset[str] = frozenset()
    author: Officer | None = None
    section: str = ""

    @property
    def page_type(self) -> str:
        return str(self.page.specific_class._meta.model_name) if self.page is not None else ""


def untold() -> list[Found]:
    """What no rule has looked at yet, oldest first."""
    found = [*_acts(), *_checks(), *_statements(), *_red_rows()]
    known = set(Occurrence.objects.filter(key__in=[one.key for one in found]).values_list("key", flat=True))
    fresh = {one.key: one for one in found if one.key not in known}
    return sorted(fresh.values(), key=lambda one: one.at)


def public_title(title: str) -> str:
    """A title that may travel by mail: one line, and none that holds a number of a person."""
    line = " ".join(title.split())
    return _("(title withheld: look in the CMS)") if any(private_numbers(line, Allowed())) else line


def _acts() -> Iterator[Found]:
    since = clock.now() - NEWS
    known = set(Occurrence.objects.filter(at__gte=since).values_list("key", flat=True))
    events = Event.objects.filter(at__gte=since, act__in=ACTS, subject_kind=PageRecord._meta.model_name)
    for event in events.exclude(actor_kind="robot", actor_name=SETUP.name).order_by("pk"):
        if f"event:{event.pk}" in known:
            continue
        record = PageRecord.objects.filter(code=event.subject_code).first()
        page = Page.objects.filter(pk=record.page_id).select_related("locale").first() if record else None
        if record is None or page is None or _ends_the_review(event, page):
            continue
        happening, key = ACTS[event.act], f"event:{event.pk}"
        if event.act == "plan-failed":  # a failed plan is tried every minute: told once a day
            overtaken = event.reason == "plan-overtaken"
            happening = Happening.PLAN_OVERTAKEN if overtaken else Happening.PLAN_FAILED
            key = f"{event.reason}:{record.code}:{event.at.astimezone(clock.SHANGHAI):%Y-%m-%d}"
        found = about_page(page, happening, key=key, at=event.at, author=author_of(record))
        waiting = open_plan(record) if event.act == "plan-failed" else None
        # the screen of a plan shows both texts and takes the planned one up
        yield replace(found, path=reverse("publishing:planned", args=[waiting.pk])) if waiting else found


def _ends_the_review(event: Event, page: Page) -> bool:
    """The last approval publishes or plans the text at once: that is told, not the approval."""
    return event.act == "approve-text" and steps_of(page.specific_class)[-1].code == event.reason


def author_of(record: PageRecord) -> Officer | None:
    """Who handed the newest text of a page in."""
    submission = record.submissions.exclude(officer_id=None).last()
    number = submission.officer_id if submission is not None else None
    return Officer.objects.filter(pk=number).first() if number is not None else None


def about_page(
    page: Page, event: Happening, *, key: str, at: datetime, author: Officer | None = None
) -> Found:
    """Something that happened to a page, with what a mail says of it."""
    return Found(
        key=key,
        event=event,
        at=at,
        title=public_title(page.draft_title or page.title),
        path=reverse("publishing:review", args=[page.pk]),
        page=page,
        keys=frozenset(keys_above(page)),
        author=author,
        section=_section_of(page),
    )


def _section_of(page: Page) -> str:
    """The title of the section that the page stands in; its own for a section."""
    above = list(
        page.get_ancestors(inclusive=True).filter(depth__gt=HOME_DEPTH).values_list("title", flat=True)
    )
    return above[0] if above else ""


def _checks() -> Iterator[Found]:
    due = PageRecord.objects.filter(state=PageState.PUBLIC, next_check_on__lte=clock.today())
    pages = Page.objects.in_bulk(due.values_list("page_id", flat=True))
    for record in due:
        if page := pages.get(record.page_id):
            key = f"check:{record.code}:{record.next_check_on}"
            yield about_page(page, Happening.CHECK_DUE, key=key, at=clock.now(), author=author_of(record))


def _statements() -> Iterator[Found]:
    last = clock.today() + AHEAD
    for said in Statement.objects.filter(ended_at=None, until__lte=last).select_related("row"):
        key = f"statement:{said.pk}:{said.until}"
        yield _about_row(said.row.key, Happening.STATEMENT_EXPIRING, key)


def _red_rows() -> Iterator[Found]:
    """Rows that the newest nightly check found red: told once a week as long as they are."""
    run = CheckRun.objects.last()
    findings: list[dict[str, Any]] = run.findings if run is not None else []
    week = f"{clock.today():%G-%V}"
    for key in sorted({one["row"] for one in findings if one["row"] and one["level"] == Level.RED}):
        yield _about_row(key, Happening.ROW_RED, f"row-red:{key}:{week}")


def _about_row(row: str, event: Happening, key: str) -> Found:
    path = reverse("catalogue_admin:row", args=[row])
    return Found(key=key, event=event, at=clock.now(), title=f"{BY_KEY[row].level2}", path=path)
