"""Addresses of the site (architecture §10): Chinese without prefix, English under /en/."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.urls import serve_pattern
from wagtail.views import serve

from portal.display import display
from portal.health import healthz, readyz, robots_txt

handler403 = "portal.errors.forbidden"


def _site(prefix: str, module: str) -> list[URLResolver]:
    """Addresses of a room that brings its own module."""
    room = module.rpartition(".")[0]
    return [path(prefix, include(module))] if find_spec(room) and find_spec(module) else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots_txt, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("display/", display, name="display"),
    *_site("desk/", "portal.desk.urls"),
    *_site("", "portal.cms.urls"),
    # A list's address comes from its number and stands before the CMS, so no page can take it.
    *i18n_patterns(
        path("", include("portal.publicity.urls")),
        re_path(serve_pattern, serve, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]
