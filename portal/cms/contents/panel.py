"""On the start page: texts whose check is due, in the officer's sections and among their own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from portal.publishing.authority import reach_of
from portal.publishing.care import CARERS, due_for_check, with_care
from relief.officers.authority import officer_of
from relief.officers.models import Officer


class ChecksPanel(Component):
    """Nothing is shown while nothing is due."""

    name = "checks_due"
    order = 30

    def __init__(self, officer: Officer) -> None:
        self.officer = officer

    def render_html(self, parent_context: Any = None) -> str:
        pages = Page.objects.filter(reach_of(self.officer).within(CARERS), pk__in=due_for_check())
        owners = list(with_care(pages).values_list("carer", flat=True))
        if not owners:
            return ""
        found = {"due": len(owners), "mine": owners.count(self.officer.pk), "who": self.officer.pk}
        return render_to_string("cms/contents/panel.html", found)


@hooks.register("construct_homepage_panels")
def checks_on_start_page(request: HttpRequest, panels: list[Any]) -> None:
    officer = officer_of(request.user)
    if officer is not None:
        panels.append(ChecksPanel(officer))
