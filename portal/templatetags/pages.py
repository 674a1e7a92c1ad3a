"""What templates of editors' pages ask for (`{% load pages %}`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.attachments.lines import kind_in_words
from portal.attachments.shown import version_shown
from portal.finder.unread import why_unread
from portal.pages.addresses import absolute
from portal.pages.languages import lang_of
from portal.pages.phrases import phrased_html
from portal.publicity.qr import qr_svg

register = template.Library()


@dataclass(frozen=True)
class FileFacts:
    """What a link to a file says: type in capitals, size in bytes, name; `there` is False when it is lost."""

    type: str
    size: int
    name: str
    there: bool


@register.filter
def lookup(table: Mapping[str, Any], key: str) -> Any:
    """The value of `key`, or None."""
    return table.get(key)


@register.filter
def unread_of(lines: Iterable[Any]) -> dict[str, str]:
    """Of the lines of a document's versions: by digest why the search can't read it."""
    return why_unread(line.version for line in lines)


@register.filter
def file_facts(document: Any) -> FileFacts:
    """Of the version that is shown here (`portal.attachments.shown`): a newer one may not be public yet."""
    version = version_shown(document) if document is not None else None
    if version is None:
        return FileFacts("", 0, "", False)
    there = bool(version.file.storage.exists(str(version.file.name)))
    return FileFacts(kind_in_words(version), version.size, version.filename, there)


@register.simple_tag
def public_url(page: Any) -> str:
    """A page's address as the public knows it, in the page's own language."""
    return absolute(page.get_url() or "")


@register.filter
def phrased(page: Any) -> SafeString:
    """A page's title, with `<wbr>` where its editor lets it break; whole phrases stay together then."""
    return phrased_html(page)


@register.filter
def own_lang(page: Any) -> SafeString:
    """The `lang` attribute of a page's words where they are not in the reader's language."""
    return lang_of(page)


@register.filter
def qr(address: str) -> SafeString:
    return qr_svg(address)


@register.filter
def json_ld(facts: Mapping[str, Any]) -> SafeString:
    """A data block for search engines; it runs nothing, so the content policy doesn't concern it."""
    text = json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return format_html('<script type="application/ld+json">{}</script>', SafeString(safe))
