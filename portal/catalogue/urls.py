"""Addresses of the catalogue: ordinary views before the CMS's catch-all, so no page can take them."""

from django.urls import path

from portal.catalogue import views

app_name = "catalogue"
ROW = "disclosure/catalogue/<slug:key>/"

urlpatterns = [
    path("disclosure/catalogue/", views.catalogue, name="index"),
    path(ROW, views.row_page, name="row"),
    path(f"{ROW}data.csv", views.row_csv, name="csv"),
    path(f"{ROW}data.xlsx", views.row_xlsx, name="xlsx"),
    path(f"{ROW}data.json", views.row_data, name="json"),
    path("disclosure/check/", views.check_page, name="check"),
    path("disclosure/check.json", views.check_data, name="check-json"),
]
