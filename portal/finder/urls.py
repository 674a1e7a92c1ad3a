"""Addresses of the search page: before the CMS's catch-all, so no page can take them."""

from django.urls import path

from portal.finder.feed import search_feed
from portal.finder.opened import opened
from portal.finder.page import search_page
from portal.finder.suggest import suggestions

app_name = "finder"

urlpatterns = [
    path("search/", search_page, name="page"),
    path("search/feed.atom", search_feed, name="feed"),
    path("search/suggest.json", suggestions, name="suggest"),
    path("search/opened/", opened, name="opened"),
]
