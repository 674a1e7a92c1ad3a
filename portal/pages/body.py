"""Draws a body of blocks: a fixed number of queries, whatever it holds, in the language of its page."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from portal.context import Bureau
from portal.pages import standards


def body_html(body: Any, language: str) -> SafeString:
    """All blocks as HTML. Links and pictures in texts are looked up together, not block by block."""
    blocks = list(body or ())
    images = [block.value["image"] for block in blocks if block.block_type == "figure"]
    prefetch_related_objects([image for image in images if image], "renditions")
    names = [block.value["name"] for block in blocks if block.block_type == "standard"]
    with translation.override(language):
        context: dict[str, Any] = {
            "standards": standards.tables(names),
            "bureau": Bureau(),
            "article_level": 2,
        }
        parts = []
        for block in blocks:
            if block.block_type == "heading":
                context["article_level"] = 3
            parts.append(block.render(context))
        return SafeString(expand_db_html("\n".join(parts)))
