"""A page that nobody has translated yet is shown in Chinese under a notice (ux C9)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

CHINESE_TEXT = SafeString(' lang="zh-CN"')


def is_foreign(page: Any) -> bool:
    """Whether this Chinese page is read under the address of another language."""
    here = get_language()
    return here not in (None, settings.LANGUAGE_CODE) and page.locale.language_code == settings.LANGUAGE_CODE


def lang_of(page: Any) -> SafeString:
    """The `lang` attribute of a page's words where they are not in the reader's language."""
    return CHINESE_TEXT if is_foreign(page) else SafeString("")


def in_source_order(pages: Any) -> Any:
    """A queryset of pages in the order in which their Chinese pages stand; the others follow."""
    chinese = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE
    )
    placed = pages.alias(source_path=Subquery(chinese.values("path")[:1]))
    return placed.order_by(F("source_path").asc(nulls_last=True), "path")


def in_reader_language(pages: list[Any]) -> list[Any]:
    """These pages, each replaced by its live translation where there is one; one query."""
    twins = Page.objects.filter(
        translation_key__in=[page.translation_key for page in pages],
        locale__language_code=get_language(),
        live=True,
    ).select_related("locale")
    named = {twin.translation_key: twin for twin in twins}
    return [named.get(page.translation_key, page) for page in pages]
