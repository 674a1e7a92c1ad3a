"""Data for search engines inside a page (`{% load structured %}`)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def data_blocks(documents: Iterable[dict[str, Any]]) -> SafeString:
    """JSON-LD blocks; they run nothing, so the content policy doesn't concern them."""
    return format_html_join("\n", "{}", ((_block(document),) for document in documents))


def _block(document: dict[str, Any]) -> SafeString:
    text = json.dumps(document, ensure_ascii=False)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return format_html('<script type="application/ld+json">{}</script>', SafeString(safe))
