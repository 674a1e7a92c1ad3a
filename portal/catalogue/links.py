"""Which links of a page lead nowhere (死链): pages, documents and typed addresses of this site.

Other hosts are never asked: the site sends nothing out, and a check that hangs on them says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.html import strip_tags
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from portal.publishing.queries import readable

PAGE = re.compile(r'<a[^>]*linktype="page"[^>]*>')
DOCUMENT = re.compile(r'<a[^>]*linktype="document"[^>]*>')
IDENT = re.compile(r'\bid="(\d+)"')
TYPED = re.compile(r'<a[^>]*\bhref="([^"]+)"')
IMAGE = re.compile(r"<embed[^>]*embedtype=\"image\"[^>]*>")
ALT = re.compile(r'\balt="([^"]*)"')
ENGLISH = "/en/"


@dataclass
class Linked:
    """What the texts of one page point to."""

    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    #: pictures without words for who can't see them
    wordless: int = 0


@dataclass(frozen=True)
class Known:
    """What there is: keys of public pages and of documents, addresses of public pages."""

    pages: frozenset[int]
    documents: frozenset[int]
    addresses: frozenset[str]


def linked_by(page: Any) -> Linked:
    """The links in rich texts and blocks of a page of its own type."""
    found = Linked()
    for text in texts_of(page):
        found.pages |= _idents(PAGE, text)
        found.documents |= _idents(DOCUMENT, text)
        found.typed |= set(TYPED.findall(text))
        found.wordless += sum(not _says(tag) for tag in IMAGE.findall(text))
    return found


def broken(linked: Linked, known: Known) -> tuple[str, ...]:
    """The targets that lead nowhere: an address, else what it was."""
    return (
        *(f"page {key}" for key in sorted(linked.pages - known.pages)),
        *(f"document {key}" for key in sorted(linked.documents - known.documents)),
        *(url for url in sorted(linked.typed) if not leads_somewhere(url, known.addresses)),
    )


def leads_somewhere(url: str, addresses: frozenset[str]) -> bool:
    """Whether a typed address is another host's, no page at all, or there."""
    parts = urlsplit(url)
    own = urlsplit(settings.PUBLIC_BASE_URL).netloc
    if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc != own):
        return True
    path = parts.path
    if not path:
        return True
    slashed = path if path.endswith("/") else f"{path}/"
    return slashed in addresses or _is_view(path) or _is_view(slashed)


def texts_of(page: Any) -> Iterator[str]:
    """Every rich text of a page and of its rows, also those inside blocks, as stored."""
    for row in (page, *_rows(page)):
        for column in row._meta.concrete_fields:
            if isinstance(column, RichTextField):
                yield getattr(row, column.attname) or ""
            elif isinstance(column, StreamField):
                yield from _strings(column.get_prep_value(getattr(row, column.attname)))


def words_of(page: Any) -> str:
    """The same without tags: whether a page says anything."""
    return "".join(strip_tags(text) for text in texts_of(page)).strip()


def known_now(documents: type[models.Model]) -> Known:
    """What the public can reach today. Two queries."""
    pages = list(readable(Page.objects.all()))
    return Known(
        frozenset(page.pk for page in pages),
        frozenset(documents._default_manager.values_list("pk", flat=True)),
        frozenset(url for page in pages if (url := page.get_url())),
    )


def _rows(page: Any) -> Iterable[Any]:
    """Inline rows of our own that hold texts."""
    for relation in page._meta.related_objects:
        own = relation.related_model._meta.app_label == page._meta.app_label
        if own and isinstance(relation.field, ParentalKey) and _has_texts(relation.related_model):
            yield from getattr(page, relation.get_accessor_name()).all()


def _has_texts(model: type[models.Model]) -> bool:
    return any(isinstance(column, RichTextField | StreamField) for column in model._meta.concrete_fields)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _idents(kind: re.Pattern[str], text: str) -> set[int]:
    return {int(found.group(1)) for tag in kind.findall(text) if (found := IDENT.search(tag))}


def _says(tag: str) -> bool:
    found = ALT.search(tag)
    return bool(found and found.group(1).strip())


def _is_view(path: str) -> bool:
    """Whether the address is one of the site's own views; the CMS's catch-all answers for pages only."""
    language = "en" if path.startswith(ENGLISH) else settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False
