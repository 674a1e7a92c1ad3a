"""Addresses of the stock site: those of Wagtail's project template, and Wagtail's sitemap."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.models import Page


def search(request: HttpRequest) -> HttpResponse:
    """The template's search view: titles of `Page.objects.live().search(…)`."""
    found = Page.objects.live().search(request.GET.get("query", ""))
    return HttpResponse("\n".join(page.title for page in found))


urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("search/", search, name="search"),
    path("sitemap.xml", sitemap),
    *i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False),
]
