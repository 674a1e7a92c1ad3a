"""The one socket into the CMS: what we add to Wagtail's screens, and what we take away."""

from __future__ import annotations

from importlib import import_module

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.search import SearchView
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

import portal.cms.contents.panel
import portal.cms.publishing.menu
import portal.cms.publishing.panel
import portal.cms.publishing.words
import portal.cms.searching.panel  # noqa: F401  they register their hooks
from portal.cms.documents import DeleteUnseen
from portal.registers.group import Registers

modeladmin_register(Registers)
# after Wagtail's own of the same name, whose place it takes
hooks.register("register_bulk_action", DeleteUnseen, order=100)
import_module("portal.catalogue.hooks")

SearchView.verbose_name_plural = Page._meta.verbose_name_plural  # Wagtail counts "None" there

#: pages about Wagtail itself, on other hosts
NOT_OURS = {"help"}


@hooks.register("insert_global_admin_css")
def site_colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/cms.css"))


@hooks.register("insert_editor_js")
def count_of_listings() -> str:
    return format_html('<script src="{}"></script>', static("cms/count.js"))


@hooks.register("construct_main_menu")
def leave_out(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if item.name not in NOT_OURS]
