"""What templates of editors' pages ask for (`{% load pages %}`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template

register = template.Library()


@dataclass(frozen=True)
class FileFacts:
    """What a link to a file says: type in capitals, size in bytes; `there` is False when it is lost."""

    type: str
    size: int
    there: bool


@register.filter
def lookup(table: Mapping[str, Any], key: str) -> Any:
    """The value of `key`, or None."""
    return table.get(key)


@register.filter
def file_facts(document: Any) -> FileFacts:
    """Type and size of a PortalDocument, measured where its row doesn't say it; nothing is written."""
    if document is None:
        return FileFacts("", 0, False)
    try:
        size = document.file_size or document.file.size
    except OSError:
        return FileFacts("", 0, False)
    return FileFacts(document.file_extension.upper(), size, document.file.storage.exists(document.file.name))
