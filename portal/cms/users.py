"""Wagtail's own screens for users and groups are not registered: accounts follow the appointments."""

from __future__ import annotations

from wagtail.admin.viewsets.base import ViewSet
from wagtail.users.apps import WagtailUsersAppConfig


class NoScreens(ViewSet):
    """A set of views without any: no address, no menu entry."""


class ClosedUsersConfig(WagtailUsersAppConfig):
    """`wagtail.users` with its tables (language and theme of a user), without its editor of accounts."""

    user_viewset = "portal.cms.users.NoScreens"
    group_viewset = "portal.cms.users.NoScreens"
