"""The files that a live page carries, with a word where a newer version took their place."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.blocks import StreamValue

from portal.attachments.lines import attachment_lines
from portal.attachments.public import code_of
from portal.attachments.shown import carried_by

register = template.Library()


@register.inclusion_tag("components/attachments.html")
def attachments(page: Any) -> dict[str, Any]:
    """Draws `components/attachments.html` for the versions with which the page was, or would be, published.

    What the text lists itself is named again only where a newer version took its place.
    """
    shown = carried_by(code_of(page.pk))
    listed = _listed_in_text(page)
    lines = zip(shown, attachment_lines(shown), strict=True) if shown else ()
    return {
        "attachments": [line for version, line in lines if line.replaced or version.document_id not in listed]
    }


def _listed_in_text(page: Any) -> set[int]:
    """Keys of the documents that blocks of attachments in the page's text name."""
    values = (getattr(page, name, None) for name in ("body", "blocks"))
    blocks = [block for value in values if isinstance(value, StreamValue) for block in value]
    items = [item for block in blocks if block.block_type == "attachments" for item in block.value["items"]]
    return {item["document"].pk for item in items if item["document"] is not None}
