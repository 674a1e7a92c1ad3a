"""Addresses of the catalogue below `/cms/`."""

from django.urls import path

from portal.catalogue import admin

app_name = "catalogue_admin"

urlpatterns = [
    path("catalogue/", admin.rows, name="rows"),
    path("catalogue/<slug:key>/", admin.row, name="row"),
    path("reports/columns/", admin.columns, name="columns"),
]
