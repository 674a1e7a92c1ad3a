"""A page that every site has, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portal.pages.base import PortalPage


@dataclass(frozen=True)
class Leaf:
    """One page to be: its type, address and words in both languages."""

    page_type: type[PortalPage]
    slug: str
    zh: dict[str, str]
    en: dict[str, str]
    more: dict[str, Any] = field(default_factory=dict)
