"""Which links of a page lead nowhere (死链): pages, documents and typed addresses of this site.

Other hosts are never asked: the site sends nothing out, and a check that hangs on them says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.publishing.links import Linked, is_view, path_here, slashed, texts_of
from portal.publishing.queries import readable


@dataclass(frozen=True)
class Known:
    """What the public can reach today: keys and addresses of pages.

    Documents, and old and short addresses, are read when the first link leads there.
    """

    pages: frozenset[int]
    addresses: frozenset[str]
    documents: Callable[[], frozenset[int]]
    leading: Callable[[], frozenset[str]]
    public: tuple[Page, ...] = ()


def broken(linked: Linked, known: Known) -> tuple[str, ...]:
    """The targets that lead nowhere: an address, else what it was."""
    return (
        *(f"page {key}" for key in sorted(linked.pages - known.pages)),
        *(f"document {key}" for key in sorted(linked.documents) if key not in known.documents()),
        *(url for url in sorted(linked.typed) if not leads_somewhere(url, known)),
    )


def leads_somewhere(url: str, known: Known) -> bool:
    """Whether a typed address is another host's, no page at all, or there."""
    path = path_here(url)
    if not path or slashed(path) in known.addresses or is_view(path) or is_view(slashed(path)):
        return True
    return slashed(path) in known.leading()


def words_of(page: Any) -> str:
    """Its texts without tags: whether a page says anything."""
    return "".join(strip_tags(text) for text in texts_of(page)).strip()


def known_now(documents: type[models.Model]) -> Known:
    """What there is now; one query, and one each for documents and old addresses."""
    public = tuple(readable(Page.objects.all()))
    keys = frozenset(page.pk for page in public)

    @cache
    def files() -> frozenset[int]:
        return frozenset(documents._default_manager.values_list("pk", flat=True))

    @cache
    def leading() -> frozenset[str]:
        rows = Redirect.objects.values_list("old_path", "redirect_page_id")
        return frozenset(slashed(path) for path, key in rows if key in keys)

    addresses = frozenset(url for page in public if (url := page.get_url()))
    return Known(keys, addresses, files, leading, public)
