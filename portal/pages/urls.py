"""Addresses that belong to pages and are none."""

from django.urls import path, re_path

from portal.pages.disclosure_index import disclosure_index
from portal.pages.feeds import page_feed
from portal.pages.history import page_history
from portal.pages.report_serve import annual_report_data
from portal.pages.section_feeds import section_atom
from portal.pages.shared_draft import shared_draft, shared_file
from portal.pages.site_map import site_map

app_name = "pages"

urlpatterns = [
    path("feeds/pages-<uuid:key>.atom", page_feed, name="feed"),
    path("disclosure/index/", disclosure_index, name="disclosure-index"),
    path("sitemap/", site_map, name="site-map"),
    path("page-history/<uuid:code>/", page_history, name="page-history"),
    path("preview/<str:token>/", shared_draft, name="shared-draft"),
    path("preview/<str:token>/files/<uuid:file>/<str:filename>", shared_file, name="shared-file"),
    re_path(
        r"^annual-reports/(?P<year>20\d{2})/data\.(?P<form>csv|json)$",
        annual_report_data,
        name="annual-report-data",
    ),
    re_path(r"^feeds/(?P<section>[a-z-]+)\.atom$", section_atom, name="section-feed"),
]
