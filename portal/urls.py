"""Addresses of the site (architecture §10): Chinese without prefix, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.urls import serve_pattern

from portal.display import display
from portal.health import healthz, readyz, robots_txt
from portal.pages.direct import serve_page
from portal.sitemap import sitemap

handler403 = "portal.errors.forbidden"


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots_txt, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("display/", display, name="display"),
    path("desk/", include("portal.desk.urls")),
    path("", include("portal.cms.urls")),
    # A list's address comes from its number and stands before the CMS, so no page can take it.
    *i18n_patterns(
        path("", include("portal.publicity.urls")),
        path("", include("portal.catalogue.urls")),
        path("", include("portal.finder.urls")),
        path("", include("portal.pages.urls")),
        re_path(serve_pattern, serve_page, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]
