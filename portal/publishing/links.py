"""What a text links to, and who links to a page: chosen or typed, in what is public and in drafts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.urls import Resolver404, resolve
from django.utils import translation
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex, Revision

PAGE = re.compile(r'<a[^>]*linktype="page"[^>]*>')
DOCUMENT = re.compile(r'<a[^>]*linktype="document"[^>]*>')
IDENT = re.compile(r'\bid="(\d+)"')
TYPED = re.compile(r'<a[^>]*\bhref="([^"]+)"')
IMAGE = re.compile(r"<embed[^>]*embedtype=\"image\"[^>]*>")
ALT = re.compile(r'\balt="([^"]*)"')


@dataclass
class Linked:
    """What the texts of one page point to."""

    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    #: pictures without words for who can't see them
    wordless: int = 0


def linked_by(page: Any) -> Linked:
    """The links in rich texts and blocks of a page of its own type."""
    found = Linked()
    for text in texts_of(page):
        found.pages |= _idents(PAGE, text)
        found.documents |= _idents(DOCUMENT, text)
        found.typed |= set(TYPED.findall(text))
        found.wordless += sum(not _says(tag) for tag in IMAGE.findall(text))
    return found


def texts_of(page: Any) -> Iterator[str]:
    """Every rich text of a page and of its rows, also those inside blocks, as stored."""
    for row in (page, *_rows(page)):
        for column in row._meta.concrete_fields:
            if isinstance(column, RichTextField):
                yield getattr(row, column.attname) or ""
            elif isinstance(column, StreamField):
                yield from _strings(column.get_prep_value(getattr(row, column.attname)))


def path_here(url: str) -> str:
    """The path of an address of this site; empty for other hosts', mail, and places within the same page."""
    parts = urlsplit(url)
    own = urlsplit(settings.PUBLIC_BASE_URL).netloc
    if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc != own):
        return ""
    return parts.path


def slashed(path: str) -> str:
    """The path as pages have it; who types an address forgets the slash at its end."""
    return path if path.endswith("/") else f"{path}/"


def is_view(path: str) -> bool:
    """Whether the address is one of the site's own views; the CMS's catch-all answers for pages only."""
    language = "en" if path.startswith("/en/") else settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def links_to(page: Page) -> list[Any]:
    """Pages whose live or newest text links here: who withdraws sees them first.

    Wagtail's index knows the chosen links of what is live; typed addresses and drafts are read from versions.
    """
    chosen = {reference.object_id for reference in ReferenceIndex.get_references_to(page)}
    numbers = {int(number) for number in chosen if str(number).isdigit()} | _typing(page) | _drafting(page)
    return list(Page.objects.filter(pk__in=numbers - {page.pk}).order_by("path").specific())


def _typing(page: Page) -> set[int]:
    """Pages whose live or newest text names the page's address."""
    address = slashed(urlsplit(page.get_url() or "").path)
    live, newest = Page.objects.values("live_revision"), Page.objects.values("latest_revision")
    named = _versions(Q(pk__in=live) | Q(pk__in=newest), address.rstrip("/"))
    return {
        int(version.object_id)
        for version in named
        if address in {slashed(path_here(url)) for url in linked_by(version.as_object()).typed}
    }


def _drafting(page: Page) -> set[int]:
    """Pages whose draft chooses the page, in a text, a block or a field."""
    kind = ContentType.objects.get_for_model(Page).pk
    drafts = Page.objects.exclude(latest_revision=F("live_revision")).values("latest_revision")
    unseen = Page.objects.filter(live_revision=None).values("latest_revision")
    named = _versions(Q(pk__in=drafts) | Q(pk__in=unseen), str(page.pk))
    return {
        int(version.object_id)
        for version in named
        if any(
            (found[0], found[1]) == (kind, str(page.pk))
            for found in ReferenceIndex._extract_references_from_object(version.as_object())
        )
    }


def _versions(which: Q, words: str) -> Iterable[Revision]:
    """Versions of pages that hold these words anywhere: a sieve before they are read as pages."""
    of_pages = Revision.objects.filter(which, base_content_type=ContentType.objects.get_for_model(Page))
    text = Cast("content", models.TextField())
    return of_pages.alias(text=text).filter(text__contains=words).select_related("content_type")


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
