"""On the start page: that the search doesn't answer as it should."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks
from wagtail.admin.ui.components import Component

from relief.officers.authority import officer_of
from search.engine import in_trouble


class SearchPanel(Component):
    """Nothing is shown while the chosen engine answers."""

    name = "search"
    order = 5

    def render_html(self, parent_context: Any = None) -> str:
        trouble = in_trouble()
        return render_to_string("cms/search_panel.html", {"trouble": trouble}) if trouble else ""


@hooks.register("construct_homepage_panels")
def search_on_start_page(request: HttpRequest, panels: list[Any]) -> None:
    if officer_of(request.user) is not None:
        panels.append(SearchPanel())
