"""What each role may do in the CMS. One group per role; membership follows the appointments.

Read-only registers need `view_…`; whether a row is seen is then a matter of area (portal.registers.reader).
Nobody gets the right to add or change a row of `relief` here: those are written by verbs only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.publishing.steps import WRITERS
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
    Role.EDITOR: (ENTER,),
    Role.SECTION_EDITOR: (ENTER,),
    Role.REVIEWER: (ENTER,),
    Role.PUBLISHER: (ENTER,),
    Role.AUDITOR: (ENTER, *CASEWORK, OFFICERS),
}

#: nobody holds `publish`: what is public changes by review alone. `lock` opens the tree to who reads it only
ON_PAGES: dict[str, tuple[str, ...]] = {
    Role.EDITOR: ("add_page", "change_page"),
    Role.SECTION_EDITOR: ("add_page", "change_page", "lock_page", "unlock_page"),
    Role.REVIEWER: ("lock_page",),
    Role.PUBLISHER: ("lock_page", "unlock_page"),
}
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
    """Give the roles that reach the whole site exactly the rights of the table below these home pages."""
    homes = list(homes)
    for role, codes in ON_PAGES.items():
        group, _created = Group.objects.get_or_create(name=role)
        _only_these(group, homes, codes)
    _give_files(Group.objects.filter(name__in=WRITERS))


def give_section(group: Group) -> None:
    """Give the group of a role in one section (`editor@<translation key>`) its rights there."""
    role, _at, key = group.name.partition("@")
    if role not in ON_PAGES or not key:
        return
    group.permissions.set(_permissions(RIGHTS[Role(role)]))
    _only_these(group, list(Page.objects.filter(translation_key=key)), ON_PAGES[role])
    if role in WRITERS:
        _give_files([group])


def follow_new_group(sender: type[Group], instance: Group, created: bool, **kwargs: Any) -> None:
    """Receiver of `post_save`: appointments make the group of a section, its rights come from here."""
    if created:
        give_section(instance)


def _only_these(group: Group, pages: list[Page], codes: Iterable[str]) -> None:
    wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codes)
    GroupPagePermission.objects.filter(group=group).exclude(permission__in=wanted).delete()
    for page in pages:
        for permission in wanted:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _give_files(groups: Iterable[Group]) -> None:
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=EDITOR_ON_FILES
    ):
        for group in groups:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )


def _permissions(rights: Iterable[str]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for right in rights:
        app, code = right.split(".")
        wanted |= Q(content_type__app_label=app, codename=code)
    found = list(Permission.objects.filter(wanted))
    if len(found) != len(set(rights)):
        raise LookupError(f"permissions missing: {sorted(set(rights) - {p.codename for p in found})}")
    return found
