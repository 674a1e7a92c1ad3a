"""The pages above a page, as its reader meets them: for the way back (面包屑)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

from portal.pages.languages import in_reader_language, is_foreign
from portal.pages.read import FOR_LINKS, PreparedPages, page_at, words

HOME_DEPTH = 2


def pages_above(page: Any) -> list[Page]:
    """From the section down to the parent, in the reader's language where they are translated."""
    if page.depth <= HOME_DEPTH + 1:
        return []
    if not is_foreign(page):
        return _above(page)
    known = _translated(page) if page.depth == HOME_DEPTH + 2 else []
    return known or in_reader_language(_above(page))


def _above(page: Any) -> list[Page]:
    """The parent is known already when the page was found by its address, section by section."""
    if page.depth == HOME_DEPTH + 2:
        return [getattr(page, "found_below", None) or page_at.first(path=page.path[: -page.steplen])]
    return list(page.get_ancestors().filter(depth__gt=HOME_DEPTH))


def _translated(page: Any) -> list[Page]:
    """The live translation of the section that a page stands in, in one query; empty where there is none."""
    return _parent_there(path=page.path[: -page.steplen], language=get_language())


def _there() -> QuerySet:
    above = Page.objects.filter(path=words("path")).values("translation_key")
    there = Page.objects.filter(translation_key__in=above, locale__language_code=words("language"))
    return there.filter(live=True).order_by("pk")[:1]


_parent_there = PreparedPages(_there, FOR_LINKS)
