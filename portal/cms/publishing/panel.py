"""On the start page: the reviews that wait for the officer, and plans that need somebody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel

from portal.cms.publishing.waiting import what_waits
from relief.officers.authority import officer_of
from relief.officers.models import Officer

OF_WAGTAIL = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)
#: titles that stand on the start page; the queue holds all
MOST = 5


class ReviewsPanel(Component):
    """Nothing is shown while nothing is in review."""

    name = "reviews"
    order = 10

    def __init__(self, officer: Officer) -> None:
        self.officer = officer

    def render_html(self, parent_context: Any = None) -> str:
        waits = what_waits(self.officer)
        if not any(waits.values()):
            return ""
        more = {"first": waits["for_me"][:MOST], "more": len(waits["for_me"]) > MOST}
        return render_to_string("cms/reviews_panel.html", waits | more)


@hooks.register("construct_homepage_panels")
def reviews_on_start_page(request: HttpRequest, panels: list[Any]) -> None:
    """Ours in the place of Wagtail's two: their links lead past our steps, their times are the server's."""
    panels[:] = [panel for panel in panels if not isinstance(panel, OF_WAGTAIL)]
    officer = officer_of(request.user)
    if officer is not None:
        panels.append(ReviewsPanel(officer))
