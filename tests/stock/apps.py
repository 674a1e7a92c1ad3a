"""The one app of the stock site."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """Pages and settings of the stock site."""

    name = "tests.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"
