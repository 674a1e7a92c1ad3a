"""Draws a body of blocks: a fixed number of queries, whatever it holds, in the language of its page.

A body of headings, articles and paragraphs without links looks the same until its words change: it is drawn
once in a process.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from portal.context import Bureau
from portal.pages import standards

#: blocks that show nothing but their own words
OF_WORDS = {"heading", "article", "paragraph"}
#: how rich text marks what is looked up when it is drawn: pages and files move, pictures are replaced
LOOKED_UP = ("linktype=", "embedtype=")
#: bodies that a process keeps; a long policy takes 100 KB
KEPT = 256


@dataclass(frozen=True)
class Words:
    """A body that is known by its words."""

    text: str
    body: Any = field(compare=False)


def body_html(body: Any, language: str) -> SafeString:
    """All blocks as HTML. Links and pictures in texts are looked up together, not block by block."""
    raw = body.get_prep_value() if body else []
    if all(block["type"] in OF_WORDS for block in raw):
        text = json.dumps([(block["type"], block["value"]) for block in raw], ensure_ascii=False)
        if not any(mark in text for mark in LOOKED_UP):
            return _of_words(Words(text, body), language)
    return _drawn(body, language)


@functools.lru_cache(KEPT)
def _of_words(words: Words, language: str) -> SafeString:
    return _drawn(words.body, language)


def _drawn(body: Any, language: str) -> SafeString:
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
