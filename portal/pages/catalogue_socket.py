"""The catalogue's place on the disclosure platform: whoever keeps the catalogue registers what fills it.

The room of the catalogue stands above the pages, so pages can't ask it by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

#: takes the request and the DisclosurePage; gives the variables of `template`, or None for nothing to show
Fill = Callable[[HttpRequest, Any], "dict[str, Any] | None"]
_FILL: list[Fill] = []


def register_catalogue(fill: Fill) -> None:
    """Fill the part 法定主动公开内容: `fill` names its `template` among its variables."""
    _FILL[:] = [fill]


def catalogue_of(request: HttpRequest, page: Any) -> dict[str, Any] | None:
    """What the template's block draws; None while nobody fills it."""
    return _FILL[0](request, page) if _FILL else None
