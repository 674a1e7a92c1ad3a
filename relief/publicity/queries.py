"""Read published lists as the public may see them today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

from relief.officers.authority import appointments_of
from relief.officers.models import SITE_ROLES, Officer, ScopeKind
from relief.places.models import DISTRICT
from relief.places.scope import within_any
from relief.publicity.editions import CURRENT, current_entries, current_rows, only_late_rows
from relief.publicity.models import Entry, ListKind, ListState, PublicList, PublicRow
from relief.trail import clock

PUBLISHED = (ListState.RUNNING, ListState.CLOSED, ListState.ANNOUNCED)
EVER_PUBLIC = Q(state__in=PUBLISHED) | Q(state=ListState.WITHDRAWN, number__isnull=False)


@dataclass(frozen=True)
class Period:
    """Where a list stands today. `day` counts from 1; `left` includes today."""

    phase: str
    day: int = 0
    days: int = 0
    left: int = 0


def published(*kinds: str) -> QuerySet[PublicList]:
    """Lists of these kinds that are or were public, newest first."""
    return (
        PublicList.objects.filter(kind__in=kinds, state__in=PUBLISHED)
        .select_related("area")
        .order_by("-published_at", "-pk")
    )


def lists_of(officer: Officer) -> QuerySet[PublicList]:
    """All lists of the officer's areas, compiled ones too; community staff see those of their street.

    Leaders see them too: a list shows no more of a name than the public sees.
    """
    scopes = [
        held.scope_code
        for held in appointments_of(officer)
        if held.scope_kind == ScopeKind.AREA and held.role not in SITE_ROLES
    ]
    mine = within_any(scopes, "area__number")
    if DISTRICT not in scopes:
        mine |= Q(area__number__in={scope[:3] for scope in scopes})
    return PublicList.objects.filter(mine).select_related("area")


def entry_of(application_id: int) -> QuerySet[Entry]:
    """The places of a case in lists as they stand now, newest first."""
    return (
        Entry.objects.filter(CURRENT, application_id=application_id)
        .select_related("public_list__area")
        .order_by("-pk")
    )


def running() -> QuerySet[PublicList]:
    """Pre-approval lists to which the public may respond today, the one that ends first first."""
    today = clock.today()
    lists = published(ListKind.PRE_APPROVAL).filter(state=ListState.RUNNING)
    return (lists.filter(ends_on__gte=today) | lists.filter(ends_on=None)).order_by("ends_on", "pk")


def period_of(public_list: PublicList, today: date | None = None) -> Period:
    """Phase of a list: `waiting` (boards missing), `before`, `running`, `over` or `shown` (announcement)."""
    today = today or clock.today()
    if public_list.kind != ListKind.PRE_APPROVAL:
        return Period("shown" if in_names_time(public_list, today) else "over")
    if public_list.starts_on is None or public_list.ends_on is None:
        return Period("waiting", days=public_list.days or 0)
    days = (public_list.ends_on - public_list.starts_on).days + 1
    if today > public_list.ends_on or public_list.state != ListState.RUNNING:
        return Period("over", day=days, days=days)
    if today < public_list.starts_on:
        return Period("before", days=days)
    return Period(
        "running", (today - public_list.starts_on).days + 1, days, (public_list.ends_on - today).days + 1
    )


def names_visible(public_list: PublicList, today: date | None = None) -> bool:
    """Whether a name may be shown today, in any form. Asked at every reading.

    Never on a list that is too small to show rows (counts only).
    """
    return not public_list.counts_only and in_names_time(public_list, today)


def in_names_time(public_list: PublicList, today: date | None = None) -> bool:
    """Whether the time in which the list may show names is not over yet."""
    today = today or clock.today()
    if public_list.state not in PUBLISHED or public_list.names_deleted_on is not None:
        return False
    if public_list.names_until is None:
        return public_list.state == ListState.RUNNING
    return today <= public_list.names_until


def row_visible(row: PublicRow) -> bool:
    """Whether this one row may be shown today: in its list's time, or in days of its own."""
    public_list, today = row.public_list, clock.today()
    if not row.current or not names_visible(public_list, today):
        return False
    own = row.entry.ends_on
    return not only_late_rows(public_list, today) or (own is not None and own >= today)


def visible_rows(public_list: PublicList) -> QuerySet[PublicRow]:
    """Rows that may be shown today; none when the names' time is over."""
    rows, today = current_rows(public_list), clock.today()
    if not names_visible(public_list, today):
        return rows.none()
    return rows.filter(entry__ends_on__gte=today) if only_late_rows(public_list, today) else rows


def visible_entries(public_list: PublicList) -> QuerySet[Entry]:
    """Every place of the current edition that may be shown today; one without a public row has left the list.

    Once the list's own period is over only rows with days of their own are left.
    """
    entries, today = current_entries(public_list), clock.today()
    if not names_visible(public_list, today):
        return entries.none()
    return entries.filter(ends_on__gte=today) if only_late_rows(public_list, today) else entries


def ever_public(*kinds: str) -> QuerySet[PublicList]:
    """The same, with lists that were withdrawn after they were published: none vanishes silently."""
    lists = PublicList.objects.filter(EVER_PUBLIC, kind__in=kinds)
    return lists.select_related("area").order_by("-published_at", "-pk")


def ended_or_withdrawn(kind: str) -> QuerySet[PublicList]:
    """What an index keeps under "ended": lists whose time in public is over, withdrawn ones too."""
    over = Q(state=ListState.WITHDRAWN) | Q(pk__in=ended(kind).order_by().values("pk"))
    return ever_public(kind).filter(over)


def ended(kind: str = ListKind.PRE_APPROVAL) -> QuerySet[PublicList]:
    """Lists of a kind whose time in public is over, newest first."""
    today = clock.today()
    lists = published(kind)
    if kind == ListKind.PRE_APPROVAL:
        return lists.exclude(state=ListState.RUNNING, ends_on=None).exclude(
            state=ListState.RUNNING, ends_on__gte=today
        )
    return lists.filter(names_until__lt=today)


def find(kind: str, number: str) -> PublicList | None:
    """A list of a kind by its number, also one that was withdrawn after it was published."""
    lists = PublicList.objects.filter(kind=kind, state__in=(*PUBLISHED, ListState.WITHDRAWN))
    return lists.select_related("area").filter(number=number).first()


def communities_of(public_list: PublicList) -> list[str]:
    """Numbers of the communities with a row that may be shown today, in order."""
    rows = visible_rows(public_list).annotate(place=KT("row__community"))
    return sorted(filter(None, rows.order_by().values_list("place", flat=True).distinct()))


def linked_lists(public_list: PublicList) -> list[PublicList]:
    """The announcements of a pre-approval list's cases; for an announcement, the lists before it."""
    if public_list.kind == ListKind.PRE_APPROVAL:
        entries = Entry.objects.filter(pre_approval__public_list=public_list)
        keys = entries.values_list("public_list", flat=True)
    else:
        entries = Entry.objects.filter(public_list=public_list, pre_approval__isnull=False)
        keys = entries.values_list("pre_approval__public_list", flat=True)
    return list(PublicList.objects.filter(pk__in=keys, state__in=PUBLISHED).order_by("pk"))


def newer_version(public_list: PublicList) -> PublicList | None:
    """The published list that took the place of a withdrawn one."""
    same = PublicList.objects.filter(
        kind=public_list.kind,
        benefit=public_list.benefit,
        area_id=public_list.area_id,
        batch=public_list.batch,
        revision__gt=public_list.revision,
        state__in=PUBLISHED,
    )
    return same.order_by("-revision").first()
