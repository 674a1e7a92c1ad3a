"""The address of a page, which several parts of it and of its neighbours name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from wagtail.models import Page

#: so many addresses are kept by a process, by all that they are made of, so that none is ever stale
KEPT = 10_000
_kept: dict[tuple[Any, ...], Any] = {}


class Addressed(Page):
    """A page whose address Wagtail puts together once in a process."""

    class Meta:
        abstract = True

    def get_url_parts(self, request: Any = None) -> Any:
        """Wagtail's own; among several sites it also asks on which of them the reader is."""
        roots = tuple(self._get_site_root_paths(request))
        if len({root.site_id for root in roots}) != 1:
            return super().get_url_parts(request)
        made_of = (self.url_path, get_language(), roots)
        if made_of not in _kept:
            if len(_kept) >= KEPT:
                _kept.clear()
            _kept[made_of] = super().get_url_parts(request)
        return _kept[made_of]
