"""Who may do what on which part of the site: appointments over the whole district or over one section."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry, Revision

from portal.publishing.models import PublicChange
from relief.errors import NotAllowed, Reason
from relief.officers.authority import appointments_of, officer_of
from relief.officers.models import SITE_ROLES, Appointment, Officer, Role, ScopeKind
from relief.places.models import DISTRICT, Area, Level
from relief.trail import clock
from relief.trail.actor import Actor


def held_on(officer: Officer, page: Page, roles: Collection[str] = SITE_ROLES) -> list[Appointment]:
    """The officer's appointments of today, in one of `roles`, that reach `page`."""
    found = [one for one in appointments_of(officer) if one.role in roles]
    return [one for one in found if reaches(one, page)] if found else []


def reaches(appointment: Appointment, page: Page) -> bool:
    """Whether an appointment covers a page: over the district the whole site, else the section and below."""
    if appointment.scope_kind == ScopeKind.AREA:
        return Area.objects.filter(number=appointment.scope_code, level=Level.DISTRICT).exists()
    return appointment.scope_code in keys_above(page)


def keys_above(page: Page) -> set[str]:
    """Translation keys of the page and of all pages above it."""
    keys = page.get_ancestors(inclusive=True).values_list("translation_key", flat=True)
    return {str(key) for key in keys}


@dataclass
class Reach:
    """Where an officer may do what today, read once for many pages: roles by the path they begin at."""

    roles: dict[str, set[str]] = field(default_factory=dict)

    def on(self, page: Page) -> set[str]:
        """The roles held on a page; without a query."""
        return {role for path, held in self.roles.items() if page.path.startswith(path) for role in held}

    def within(self, roles: Collection[str] = SITE_ROLES) -> Q:
        """Condition of pages on which one of `roles` is held."""
        found = Q(pk__in=[])
        for path, held in self.roles.items():
            if held & set(roles):
                found |= Q(path__startswith=path)
        return found


def reach_of(officer: Officer) -> Reach:
    """The officer's reach: three queries, whatever it covers."""
    reach = Reach()
    held = [one for one in appointments_of(officer) if one.role in SITE_ROLES]
    district = set(Area.objects.filter(level=Level.DISTRICT).values_list("number", flat=True))
    keys = [one.scope_code for one in held if one.scope_kind == ScopeKind.SECTION]
    sections = list(Page.objects.filter(translation_key__in=keys).values_list("translation_key", "path"))
    for one in held:
        if one.scope_kind == ScopeKind.SECTION:
            paths = [path for key, path in sections if str(key) == one.scope_code]
        else:
            paths = [""] if one.scope_code in district else []
        for path in paths:
            reach.roles.setdefault(path, set()).add(one.role)
    return reach


def acting_on(officer: Officer, roles: Collection[str], page: Page) -> Actor:
    """Snapshot of the officer in one of `roles` over `page`. Raises NotAllowed."""
    held = held_on(officer, page, roles)
    if held:
        return held[0].actor()
    raise NotAllowed(not_here(roles))


def not_here(roles: Collection[str]) -> Reason:
    """Why somebody without one of `roles` may not act on a page."""
    names = "、".join(str(Role(role).label) for role in roles)
    words = _("In this section of the site this is done by: %(roles)s.")
    return Reason("not-your-section", words % {"roles": names})


def acting_on_site(officer: Officer, roles: Collection[str]) -> Actor:
    """Snapshot of the officer in one of `roles` over the whole site. Raises NotAllowed."""
    for held in appointments_of(officer):
        if held.role in roles and held.scope_kind == ScopeKind.AREA and held.scope_code == DISTRICT:
            return held.actor()
    names = "、".join(str(Role(role).label) for role in roles)
    words = _("For the whole site this is done by: %(roles)s.")
    raise NotAllowed(Reason("not-your-site", words % {"roles": names}))


def releases_whole_site(officer: Officer) -> bool:
    """Whether the officer releases texts everywhere on the site today."""
    try:
        acting_on_site(officer, (Role.PUBLISHER,))
    except NotAllowed:
        return False
    return True


def may(user: object, roles: Collection[str], page: Page) -> bool:
    """Whether a signed-in account may act in one of `roles` on `page`."""
    officer = officer_of(user)
    return officer is not None and bool(held_on(officer, page, roles))


def officer_behind(user: object) -> Officer:
    """The officer of a signed-in account. Raises NotAllowed."""
    officer = officer_of(user)
    if officer is None:
        raise NotAllowed(Reason("no-officer", _("Only an officer in office may do this.")))
    return officer


def touched_by(page: Page, live_revision_id: int | None) -> set[int]:
    """Accounts that wrote the text since the live version: they may not approve it (four eyes).

    So did who wrote an older version that was brought back since, as the text of an overtaken plan is.
    """
    revisions = Revision.objects.for_instance(page).exclude(user=None)
    if live_revision_id is None:
        found = set(revisions.values_list("user_id", flat=True))
        return found if page.owner_id is None else found | {page.owner_id}
    found = set(revisions.filter(pk__gt=live_revision_id).values_list("user_id", flat=True))
    for first, last in _brought_back(page, live_revision_id):
        found |= set(revisions.filter(pk__gt=first, pk__lte=last).values_list("user_id", flat=True))
    return found


def _brought_back(page: Page, live_revision_id: int) -> list[tuple[int, int]]:
    """Spans of older versions whose text came back since: from what was public before it, to the version."""
    spans: list[tuple[int, int]] = []
    reverts = PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.revert")
    todo = list(reverts.filter(revision_id__gt=live_revision_id).values_list("data", flat=True))
    while todo:
        last = (todo.pop().get("revision") or {}).get("id", 0)
        public = PublicChange.objects.filter(record__page_id=page.pk, revision_id__lte=last)
        first = public.aggregate(Max("revision_id"))["revision_id__max"] or 0
        if last <= live_revision_id and first < last and (first, last) not in spans:
            spans.append((first, last))
            todo += reverts.filter(revision_id__gt=first, revision_id__lte=last).values_list(
                "data", flat=True
            )
    return spans


def rights_on(page: Page) -> list[Appointment]:
    """Everybody who may do something on a page today, and by which appointment."""
    today = Appointment.objects.on(clock.today()).filter(role__in=SITE_ROLES).select_related("officer")
    return [one for one in today if reaches(one, page)]
