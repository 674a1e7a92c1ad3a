"""Addresses that belong to pages and are none."""

from django.urls import path

from portal.pages.feeds import page_feed

app_name = "pages"

urlpatterns = [path("feeds/pages-<uuid:key>.atom", page_feed, name="feed")]
