"""What the screens of publishing share: the page asked for, the officer, refusals told in words."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from portal.cms.publishing.rule_words import acts_since
from portal.pages.base import PortalPage
from portal.publishing.authority import held_on, officer_behind
from portal.writable import Writable, refuse_unwritable
from relief.errors import Invalid, NotAllowed, Reason, Refused, Stale
from relief.officers.models import Officer

log = logging.getLogger(__name__)


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


def text_in(request: HttpRequest, name: str) -> str:
    """A text that a small form carries. Raises Invalid for a sign that can't be stored."""
    typed = request.POST.get(name, "")
    try:
        refuse_unwritable(typed)
    except ValidationError as wrong:
        raise Invalid({name: [Reason("unwritable", wrong.messages[0])]}) from wrong
    return typed


class Refusable(Writable):
    """A form that shows a verb's refusal beside its fields; nothing that was typed is lost."""

    status = 422
    #: what was done since the form was shown, where it was refused for that
    meanwhile: list[dict[str, Any]] = []

    def add_refusal(self, refused: Refused) -> None:
        """The reasons stand beside their fields, all others above the form."""
        fields = refused.fields if isinstance(refused, Invalid) else {}
        for name, reasons in fields.items():
            self.add_error(name if name in self.fields else None, [str(one) for one in reasons])
        if not fields:
            self.add_error(None, [str(one) for one in refused.reasons])
        self.renew(refused)
        self.status = status_of(refused)

    def renew(self, refused: Refused) -> None:
        """After a stale form the next press is a change of what stands now, which the page shows."""
        if isinstance(refused, Stale) and refused.current is not None and "version" in self.fields:
            self.meanwhile = acts_since(refused.current, self.cleaned_data["version"] or 0)
            typed: Any = self.data
            self.data = {**typed.dict(), "version": str(refused.current.version)}


def status_of(refused: Refused) -> int:
    """403 for who may not, 409 where somebody was first, 422 for the rest."""
    return 403 if isinstance(refused, NotAllowed) else 409 if isinstance(refused, Stale) else 422


def told(request: HttpRequest, refused: Refused) -> None:
    """Show the reasons of a refusal as messages."""
    for reason in refused.reasons:
        messages.error(request, str(reason))


def carried_out(request: HttpRequest, form: Refusable, act: Callable[[dict[str, Any]], object]) -> bool:
    """Do it with what was typed; reasons against it stand beside their fields, or are told as messages."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Invalid as refused:
        for name, reasons in refused.fields.items():
            form.add_error(name, [str(reason) for reason in reasons])
    except Refused as refused:
        told(request, refused)
        form.renew(refused)
    else:
        return True
    return False


def tried(what: str, act: Callable[[], str]) -> tuple[bool, str]:
    """Do one of many, in its verb's own transaction: whether it was done, and what is told of it.

    What stops it stops nobody else; `what` names it in the server's log when that was an error of ours.
    """
    try:
        return True, act()
    except Refused as refused:
        return False, str(refused)
    except Exception:
        log.exception("one of many: %s", what)
        return False, _("An error inside the system; see its log.")
