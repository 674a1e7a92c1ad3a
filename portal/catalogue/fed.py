"""Listings that feed a row: what they find today, of the row's types, belongs to the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from portal.catalogue.models import CatalogueItem
from portal.catalogue.rows import Row
from portal.catalogue.rules import Item
from portal.pages.finding import shown
from portal.pages.listing import ListingPage

#: the kind of page that may feed every row that pages satisfy
LISTING = "listingpage"


def listings_of(
    row: Row, put: Mapping[UUID, CatalogueItem], pages: Iterable[Any], items: Mapping[UUID, Item]
) -> list[ListingPage]:
    """The public listings that an editor put into the row; one that was withdrawn feeds nothing."""
    chosen = {key for key, one in put.items() if one.attached} if row.types else set()
    listings = [page for page in pages if isinstance(page, ListingPage) and page.translation_key in chosen]
    return [one for one in listings if (item := items[one.translation_key]).public and not item.ended]


def found_by(listings: Iterable[ListingPage]) -> set[UUID]:
    """Keys of what these listings show today; a query or two for each."""
    found = (shown(one.criteria, one).values_list("translation_key", flat=True) for one in listings)
    return {key for keys in found for key in keys}
