"""What each role may do in the CMS. One group per role; membership follows the appointments.

Read-only registers need `view_…`; whether a row is seen is then a matter of area (portal.registers.reader).
Nobody gets the right to add or change a row of `relief` here: those are written by verbs only.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.registers.reader import SEE_NAMES
from relief.officers.models import Role

ENTER = "wagtailadmin.access_admin"
CASEWORK = tuple(
    f"relief.view_{model}" for model in ("household", "person", "application", "publiclist", "award")
)
OFFICERS = "relief.view_officer"

RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.COMMUNITY_CLERK: (),
    Role.COMMUNITY_EXAMINER: (),
    Role.STREET_ACCEPTOR: (ENTER, *CASEWORK, SEE_NAMES),
    Role.STREET_REVIEWER: (ENTER, *CASEWORK, SEE_NAMES),
    Role.STREET_PUBLISHER: (ENTER, *CASEWORK, SEE_NAMES),
    Role.STREET_APPROVER: (ENTER, *CASEWORK, SEE_NAMES),
    Role.STREET_LEADER: (ENTER, *CASEWORK),
    Role.DISTRICT_CHECKER: (ENTER, *CASEWORK, SEE_NAMES),
    Role.DISTRICT_APPROVER: (ENTER, *CASEWORK, OFFICERS, SEE_NAMES),
    Role.DISTRICT_ANNOUNCER: (ENTER, *CASEWORK, OFFICERS, SEE_NAMES),
    Role.DISTRICT_LEADER: (ENTER, *CASEWORK, OFFICERS),
    Role.EDITOR: (ENTER, "simple_translation.submit_translation"),
    Role.AUDITOR: (ENTER, *CASEWORK, OFFICERS),
}

EDITOR_ON_PAGES = ("add_page", "change_page", "publish_page")
EDITOR_ON_FILES = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)


def set_rights() -> None:
    """Give each role's group exactly the rights of the table; Wagtail's own two groups go."""
    Group.objects.filter(name__in=("Moderators", "Editors"), user=None).delete()
    for role, rights in RIGHTS.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set(_permissions(rights))


def give_pages(homes: Iterable[Page]) -> None:
    """Let editors write, change and publish below these home pages and upload files."""
    editors = Group.objects.get(name=Role.EDITOR)
    for home in homes:
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=EDITOR_ON_PAGES
        ):
            GroupPagePermission.objects.get_or_create(group=editors, page=home, permission=permission)
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=EDITOR_ON_FILES
    ):
        GroupCollectionPermission.objects.get_or_create(group=editors, collection=root, permission=permission)


def _permissions(rights: Iterable[str]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for right in rights:
        app, code = right.split(".")
        wanted |= Q(content_type__app_label=app, codename=code)
    found = list(Permission.objects.filter(wanted))
    if len(found) != len(set(rights)):
        raise LookupError(f"permissions missing: {sorted(set(rights) - {p.codename for p in found})}")
    return found
