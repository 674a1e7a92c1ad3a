"""The sitemap: editors' pages of both languages. Lists are no pages, so none with a name stands in it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Page

from portal.publishing.queries import readable


class BothLanguages(Sitemap):
    """Wagtail's own sitemap ends at the tree of one language."""

    def items(self) -> Any:
        trees = Q(pk=None)
        for home in self.get_wagtail_site().root_page.get_translations(inclusive=True):
            trees |= Q(path__startswith=home.path)
        return readable(Page.objects.filter(trees)).order_by("path").specific()


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`."""
    return wagtail_sitemap(request, sitemaps={"pages": BothLanguages})
