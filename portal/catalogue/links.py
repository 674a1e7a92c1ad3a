"""Which links of a page lead nowhere (死链): pages, documents and typed addresses of this site.

Other hosts are never asked: the site sends nothing out, and a check that hangs on them says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.publishing.links import Linked, is_view, path_here, slashed, texts_of
from portal.publishing.queries import readable


@dataclass(frozen=True)
class Known:
    """What there is: keys of public pages and of documents, addresses of public pages."""

    pages: frozenset[int]
    documents: frozenset[int]
    addresses: frozenset[str]


def broken(linked: Linked, known: Known) -> tuple[str, ...]:
    """The targets that lead nowhere: an address, else what it was."""
    return (
        *(f"page {key}" for key in sorted(linked.pages - known.pages)),
        *(f"document {key}" for key in sorted(linked.documents - known.documents)),
        *(url for url in sorted(linked.typed) if not leads_somewhere(url, known.addresses)),
    )


def leads_somewhere(url: str, addresses: frozenset[str]) -> bool:
    """Whether a typed address is another host's, no page at all, or there."""
    path = path_here(url)
    if not path:
        return True
    return slashed(path) in addresses or is_view(path) or is_view(slashed(path))


def words_of(page: Any) -> str:
    """Its texts without tags: whether a page says anything."""
    return "".join(strip_tags(text) for text in texts_of(page)).strip()


def known_now(documents: type[models.Model]) -> Known:
    """What the public can reach today, also by old and short addresses. Three queries."""
    pages = list(readable(Page.objects.all()))
    keys = frozenset(page.pk for page in pages)
    old = Redirect.objects.values_list("old_path", "redirect_page_id")
    leading = frozenset(slashed(path) for path, key in old if key in keys)
    return Known(
        keys,
        frozenset(documents._default_manager.values_list("pk", flat=True)),
        frozenset(url for page in pages if (url := page.get_url())) | leading,
    )
