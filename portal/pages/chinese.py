"""The Chinese page behind a translation: what is no language (numbers, dates, tables) is read from it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction


def chinese_of(page: Any) -> Any:
    """The Chinese page of the same content; the page itself where it is Chinese or has none.

    One query, once a page.
    """
    if "_chinese" not in page.__dict__:
        twins = type(page).objects.filter(
            translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        found = twins.exclude(pk=page.pk).first() if page.translation_key else None
        keep_chinese(page, found)
    return page.__dict__["_chinese"]


def keep_chinese(page: Any, found: Any | None) -> None:
    """Remember the Chinese page of `page`, where it was read anyway."""
    page.__dict__["_chinese"] = page if found is None or found.pk == page.pk else found


def open_to_all(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Of these pages those that are live and behind no restriction, in the same query.

    Wagtail's `public()` asks for all restrictions first.
    """
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.alias(here=here).filter(here__startswith=F("page__path"))
    return pages.filter(live=True).exclude(Exists(above))
