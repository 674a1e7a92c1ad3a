"""The Chinese page behind a translation: what is no language (numbers, dates, tables) is read from it."""

from __future__ import annotations

from typing import Any

from django.conf import settings


def chinese_of(page: Any) -> Any:
    """The Chinese page of the same content; the page itself where it is Chinese or has none.

    At most one query, once a page, besides its locale.
    """
    if "_chinese" not in page.__dict__:
        keep_chinese(page, None if _is_chinese(page) else _find(page))
    return page.__dict__["_chinese"]


def _is_chinese(page: Any) -> bool:
    return page.locale_id is None or page.locale.language_code == settings.LANGUAGE_CODE


def _find(page: Any) -> Any | None:
    twins = type(page).objects.filter(translation_key=page.translation_key)
    return twins.filter(locale__language_code=settings.LANGUAGE_CODE).first()


def keep_chinese(page: Any, found: Any | None) -> None:
    """Remember the Chinese page of `page`, where it was read anyway."""
    page.__dict__["_chinese"] = page if found is None or found.pk == page.pk else found
