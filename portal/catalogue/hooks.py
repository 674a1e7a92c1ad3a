"""What the catalogue adds to the CMS: its addresses, two menu entries, a warning on the start page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from portal.catalogue.admin import warning
from portal.cms.publishing.menu import ForTheSite, holds_site_role


class CheckPanel(Component):
    """The newest result of the nightly check, when it found something."""

    name = "disclosure_check"
    order = 40

    def render_html(self, parent_context: Any = None) -> str:
        found = warning()
        return render_to_string("catalogue/cms_warning.html", {"found": found}) if found else ""


@hooks.register("register_admin_urls")
def catalogue_urls() -> list[URLResolver]:
    return [path("", include("portal.catalogue.admin_urls"))]


@hooks.register("register_admin_menu_item")
def catalogue_entry() -> MenuItem:
    return ForTheSite(_("Catalogue"), reverse("catalogue_admin:rows"), icon_name="list-ul", order=310)


@hooks.register("register_reports_menu_item")
def health_entry() -> MenuItem:
    return ForTheSite(_("Column health"), reverse("catalogue_admin:columns"), icon_name="tasks", order=90)


@hooks.register("construct_homepage_panels")
def warn_on_start_page(request: HttpRequest, panels: list[Any]) -> None:
    if holds_site_role(request):
        panels.append(CheckPanel())
