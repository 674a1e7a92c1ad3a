"""What the screens of publishing share: the page asked for, the officer, refusals told in words."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from portal.pages.base import PortalPage
from portal.publishing.authority import held_on, officer_behind
from relief.errors import NotAllowed, Reason, Refused
from relief.officers.models import Officer


def page_or_404(page_id: int) -> Any:
    """A page of ours as its own type. Raises Http404."""
    page = Page.objects.filter(pk=page_id, depth__gte=2).specific().first()
    if not isinstance(page, PortalPage):
        raise Http404
    return page


def officer_on(request: HttpRequest, page: Page) -> Officer:
    """The signed-in officer, who holds some role of the site over this page. Raises NotAllowed."""
    officer = officer_behind(request.user)
    if not held_on(officer, page):
        raise NotAllowed(Reason("not-your-section", _("You have no role in this section of the site.")))
    return officer


def number_in(request: HttpRequest, name: str) -> int:
    """A number that a form carries unseen; 0, which nothing has, where it is missing or none."""
    sent = request.POST.get(name, "")
    return int(sent) if re.fullmatch(r"[0-9]{1,18}", sent) else 0


def told(request: HttpRequest, refused: Refused) -> None:
    """Show the reasons of a refusal as messages."""
    for reason in refused.reasons:
        messages.error(request, str(reason))
