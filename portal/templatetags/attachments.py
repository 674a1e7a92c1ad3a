"""The files that a live page carries, with a word where a newer version took their place."""

from __future__ import annotations

from typing import Any

from django import template

from portal.attachments.lines import attachment_lines
from portal.attachments.public import code_of, shown_on

register = template.Library()


@register.inclusion_tag("components/attachments.html")
def attachments(page: Any) -> dict[str, Any]:
    """Draws `components/attachments.html` for the versions with which the page was published."""
    shown = shown_on(code_of(page.pk))
    return {"attachments": attachment_lines(shown) if shown else []}
