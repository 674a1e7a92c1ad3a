"""Pages that an editor chose, as the reader of a language finds them; one query, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from portal.publishing.queries import readable


@dataclass(frozen=True)
class ChosenPage:
    """A link to a chosen page. `foreign`: its words are not in the reader's language."""

    title: str
    url: str
    foreign: bool


def chosen_pages(keys: Iterable[int], locale_id: int) -> dict[int, ChosenPage]:
    """By the key that was chosen: the translation, else the page itself; what isn't public is left out."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    keys = Page.objects.filter(pk__in=wanted).values("translation_key")
    here = Q(translation_key__in=keys, locale_id=locale_id)
    found = list(readable(Page.objects.filter(Q(pk__in=wanted) | here).select_related("locale")))
    own = {page.translation_key: page for page in found if page.locale_id == locale_id}
    return {
        page.pk: _link(own.get(page.translation_key, page), locale_id) for page in found if page.pk in wanted
    }


def raw_items(stream: Any, kind: str) -> list[Any]:
    """The raw values of the blocks of one kind, before any page or file is looked up."""
    return [block["value"] for block in stream.raw_data if block["type"] == kind]


def raw_keys(items: Iterable[Any]) -> list[int]:
    """Keys of a list block's items, in both forms in which Wagtail keeps them."""
    found = [item["value"] if isinstance(item, dict) else item for item in items]
    return [key for key in found if isinstance(key, int)]


def _link(page: Page, locale_id: int) -> ChosenPage:
    return ChosenPage(page.title, page.get_url() or "", page.locale_id != locale_id)
