"""What a stock site holds before anybody writes: home, languages, persons, groups, a workflow."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowTask,
)

from tests.stock.models import IndexPage

ENTER = "access_admin"
ON_ACCOUNTS = ("add_user", "change_user", "delete_user")
ON_PAGES = ("add_page", "change_page", "publish_page")
MEMBERS = {
    "Editors": ("editor",),
    "Moderators": ("publisher", "editor2"),
    "Reviewers": ("reviewer", "reviewer2"),
}


def seed() -> Page:
    """The home page, made now with English beside Chinese and with the persons whom the traps name."""
    Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node()
    home = root.add_child(instance=IndexPage(title="首页", slug="main", locale=Locale.objects.get(pk=1)))
    site = Site.objects.get()
    site.root_page, site.hostname = home, "testserver"
    site.save()
    _reviewers(root)
    users = get_user_model().objects
    for group, names in MEMBERS.items():
        for name in names:
            users.create_user(name).groups.add(Group.objects.get(name=group))
    users.create_superuser("superuser", password="kept-by-the-bureau")
    keeper = users.create_user("accounts")
    keeper.user_permissions.set(Permission.objects.filter(codename__in=(ENTER, *ON_ACCOUNTS)))
    return home


def _reviewers(root: Page) -> None:
    """A group that may approve: for that it must hold the publish right."""
    group = Group.objects.create(name="Reviewers")
    group.permissions.set(Permission.objects.filter(codename=ENTER))
    for permission in Permission.objects.filter(codename__in=ON_PAGES, content_type__app_label="wagtailcore"):
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    task = GroupApprovalTask.objects.create(name="Review by reviewers")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task)
