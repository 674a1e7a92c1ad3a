"""Addresses of the site (architecture §10)."""

from django.urls import URLPattern, URLResolver, path

from portal.display import display

urlpatterns: list[URLPattern | URLResolver] = [
    path("display/", display, name="display"),
]
